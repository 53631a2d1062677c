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
