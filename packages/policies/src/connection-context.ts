import type { ContextValue } from './policy-context.ts'
import { thingContext } from './thing-context.ts'

/** The thing behind a connection, as far as policies can know of it. */
export interface ConnectionThing {
  readonly thingName: string
  readonly thingTypeName?: string | undefined
  readonly attributes: Readonly<Record<string, string>>
}

/** A thing that a principal is attached to. */
export interface AttachedThing {
  readonly thingName: string
  /** EXCLUSIVE_THING: the principal is of no other thing (AWS IoT API reference, AttachThingPrincipal). */
  readonly isExclusive: boolean
}

/**
 * The name of the thing that a connection belongs to: the one that the principal is exclusively attached to, whatever
 * the client id; or else the one that is named as the client id, if the principal is attached to it.
 * @param clientId absent over HTTP
 * @see AWS IoT Core developer guide, "Associating an AWS IoT thing to an MQTT client connection"
 */
export function thingOfConnection(
  attached: readonly AttachedThing[],
  clientId: string | undefined,
): AttachedThing | undefined {
  return attached.find(({ isExclusive }) => isExclusive) ?? attached.find(({ thingName }) => thingName === clientId)
}

/**
 * The context entries of an MQTT connection: its client id and its thing. Over HTTP there are none of them.
 * @param thing undefined: none, or the principal is not attached to the one of the client id's name
 * @see AWS IoT Core developer guide, "Thing policy variables"
 */
export function connectionContext(clientId: string, thing: ConnectionThing | undefined): Map<string, ContextValue> {
  return new Map<string, ContextValue>([['iot:ClientId', clientId], ...thingContext(thing)])
}

/** What is known of a principal, as far as policies can ask. */
export interface PrincipalFacts {
  readonly principal:
    | { readonly kind: 'certificate'; readonly context: Readonly<Record<string, ContextValue>> }
    | { readonly kind: 'cognito'; readonly identityId: string }
    /** Somebody with keys of IAM, with the values that come with these. */
    | { readonly kind: 'iam'; readonly context: Readonly<Record<string, ContextValue>> }
  /** Of the connection. */
  readonly thing?: ConnectionThing | undefined
}

/** Values that nobody but the one who asks knows: where the client comes from, what a certificate would say. */
export interface GivenValues {
  readonly sourceIp?: string | undefined
  /** By context key, in place of what is known. */
  readonly values?: Readonly<Record<string, string>>
}

/**
 * The context of all requests of a principal.
 * @param clientId undefined over HTTP, where variables of the client and of its thing have no value
 * @see AWS IoT Core developer guide, "AWS IoT Core policy variables"
 */
export function requestContext(
  { principal, thing }: PrincipalFacts,
  clientId: string | undefined,
  { sourceIp, values = {} }: GivenValues = {},
): ReadonlyMap<string, ContextValue> {
  const context = clientId === undefined ? new Map<string, ContextValue>() : connectionContext(clientId, thing)
  if (principal.kind !== 'cognito') {
    for (const [key, value] of Object.entries(principal.context)) context.set(key, value)
  } else context.set('cognito-identity.amazonaws.com:sub', principal.identityId)
  if (sourceIp !== undefined) context.set('aws:SourceIp', sourceIp)
  for (const [key, value] of Object.entries(values)) context.set(key, value)
  return context
}
