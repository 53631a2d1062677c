import type { Message } from '@thingdeck/broker'
import type { Access } from '../foundation/access.ts'
import type { ThingDirectory } from '../foundation/thing-directory.ts'
import type { LiveSession } from './live-sessions.ts'

type UserProperties = readonly (readonly [name: string, value: string])[]

interface Known {
  readonly properties: UserProperties
  /** Of the registry, when they were looked up. */
  readonly generation: number
}

/**
 * Adds what a thing's type propagates to the messages of its things, as MQTT 5 user properties behind those that the
 * publisher gave: whatever version it speaks, where its certificate says which thing it is.
 * @see AWS IoT developer guide, "Propagating attributes: message enrichment"
 */
export class MessageEnrichment {
  readonly #access: Access
  readonly #things: ThingDirectory
  readonly #known = new WeakMap<LiveSession, Known>()
  /** One more with each change of the registry: what was looked up before is looked up again. */
  #generation = 0

  constructor(access: Access, things: ThingDirectory) {
    this.#access = access
    this.#things = things
    things.changes.subscribe(() => this.forget())
  }

  /** What was looked up may not be so. */
  forget(): void {
    this.#generation += 1
  }

  /** @param message that nobody has seen yet */
  enrich(message: Message, session: LiveSession): void {
    if (session.principal.kind !== 'certificate') return
    let known = this.#known.get(session)
    if (known?.generation !== this.#generation) {
      known = { properties: this.#propertiesOf(session), generation: this.#generation }
      this.#known.set(session, known)
    }
    if (known.properties.length === 0) return
    const userProperties = [...(message.properties.userProperties ?? []), ...known.properties]
    message.properties = { ...message.properties, userProperties }
  }

  #propertiesOf({ peer, clientId }: LiveSession): UserProperties {
    const { thing: association } = this.#access.connectionOf(peer, clientId)
    const thing = association && this.#things.thing(association.thingName)
    if (thing?.thingTypeName === undefined) return []
    const values: Readonly<Record<string, string | undefined>> = {
      'iot:ClientId': clientId,
      'iot:Thing.ThingName': thing.thingName,
    }
    return this.#things
      .propagatingAttributesOf(thing.thingTypeName)
      .flatMap(({ userPropertyKey, thingAttribute, connectionAttribute }) => {
        const value =
          thingAttribute === undefined ? values[connectionAttribute ?? ''] : thing.attributes[thingAttribute]
        // An attribute that the thing has not is left out.
        return userPropertyKey === undefined || value === undefined ? [] : [[userPropertyKey, value] as const]
      })
  }
}
