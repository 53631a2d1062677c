import { certificateFacts } from '@thingdeck/certificates'
import { type ContextValue, certificateContext, connectionContext } from '@thingdeck/policies'
import type { Peer, Principal } from '../foundation/peer.ts'
import type { ThingDirectory } from '../foundation/thing-directory.ts'

/** The name under which IoT policies and things are attached to a principal: the ARN of a certificate, an identity id. */
export function attachmentTarget(principal: Principal): string | undefined {
  switch (principal.kind) {
    case 'certificate':
      return principal.arn
    case 'cognito':
      return principal.identityId
    default:
      return undefined
  }
}

/** A thing that stands behind a connection. */
export interface Association {
  readonly thingName: string
  readonly thingTypeName: string | undefined
  readonly attributes: Readonly<Record<string, string>>
  /** By an exclusive attachment, whatever the client id. */
  readonly exclusive: boolean
}

/**
 * The thing of a connection: the one that the certificate is exclusively attached to, or else the one that is named as
 * the client id, if the principal is attached to it.
 * @param target the principal's name for attachments, see {@link attachmentTarget}
 * @see AWS IoT Core developer guide, "Associating an AWS IoT thing to an MQTT client connection"
 */
export function associatedThing(
  things: ThingDirectory,
  target: string | undefined,
  clientId: string | undefined,
): Association | undefined {
  if (target === undefined) return undefined
  const exclusive = things.exclusiveThingOf(target)
  const named = clientId !== undefined && things.isAttached(clientId, target) ? clientId : undefined
  const thingName = exclusive ?? named
  const thing = thingName === undefined ? undefined : things.thing(thingName)
  return thing && { ...thing, exclusive: exclusive !== undefined }
}

/**
 * What policies can know of a request.
 * @param clientId absent over HTTP: there the variables of the client and of its thing have no value
 * @see AWS IoT Core developer guide, "AWS IoT Core policy variables"
 */
export function policyContext(
  { principal, certificate, sourceIp }: Peer,
  clientId: string | undefined,
  thing: Association | undefined,
): Map<string, ContextValue> {
  const context = new Map<string, ContextValue>()
  if (sourceIp !== undefined) context.set('aws:SourceIp', sourceIp)
  if (principal.kind === 'certificate' && certificate) {
    for (const [key, value] of certificateContext(certificateFacts(principal.certificateId, certificate))) {
      context.set(key, value)
    }
  }
  if ('variables' in principal) {
    for (const [key, value] of Object.entries(principal.variables)) context.set(key, value)
  }
  if (principal.kind === 'cognito') context.set('cognito-identity.amazonaws.com:sub', principal.identityId)
  if (clientId === undefined) return context
  for (const [key, value] of connectionContext(clientId, thing)) context.set(key, value)
  return context
}
