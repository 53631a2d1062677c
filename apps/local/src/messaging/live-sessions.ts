import type { ConnectionPermissions } from '../foundation/access.ts'
import type { Renewal } from '../foundation/admissions.ts'
import type { Peer } from '../foundation/peer.ts'
import type { Actor, Publisher } from '../foundation/traffic.ts'
import type { EventSubject } from './lifecycle-events.ts'

/** What is kept of one connected client; the broker hands it back with every question. */
export interface LiveSession extends Actor {
  readonly clientId: string
  readonly sessionIdentifier: string
  readonly peer: Peer
  readonly permissions: ConnectionPermissions
  /** The principal's name for attachments; absent for those that nothing can be attached to. */
  readonly target: string | undefined
  /** The very bytes of the will: by them a will is told from a message that its client sends. */
  readonly willPayload: Uint8Array | undefined
  readonly subject: Omit<EventSubject, 'versionNumber'>
  /** How what it may do is asked for again; absent where policies are the account's own. */
  readonly renewal: Renewal | undefined
  /** Known once the client is connected. */
  versionNumber: number
  /** What policies refused last, of which the packet that asked for it is still to be told. */
  refusal: Publisher | undefined
}

/** The refusal that the packet in question is told with. */
export function takeRefusal(session: LiveSession): Publisher | undefined {
  const { refusal } = session
  session.refusal = undefined
  return refusal
}

/** The connected clients by what their permissions rest on, so that a change finds those that it concerns. */
export class LiveSessions {
  readonly #all = new Set<LiveSession>()
  readonly #byTarget = new Map<string, Set<LiveSession>>()
  readonly #byThing = new Map<string, Set<LiveSession>>()
  readonly #byClient = new Map<string, LiveSession>()

  /** The connected client of that id. */
  get(clientId: string): LiveSession | undefined {
    return this.#byClient.get(clientId)
  }

  add(session: LiveSession): void {
    this.#all.add(session)
    this.#byClient.set(session.clientId, session)
    for (const [index, key] of this.#places(session)) {
      const found = index.get(key)
      if (found) found.add(session)
      else index.set(key, new Set([session]))
    }
  }

  remove(session: LiveSession): void {
    this.#all.delete(session)
    if (this.#byClient.get(session.clientId) === session) this.#byClient.delete(session.clientId)
    for (const [index, key] of this.#places(session)) {
      const found = index.get(key)
      found?.delete(session)
      if (found?.size === 0) index.delete(key)
    }
  }

  /** Policies or roles changed, or the hierarchy of groups. */
  invalidateAll(): void {
    for (const session of this.#all) session.permissions.invalidate()
  }

  /** What is attached to a principal changed. */
  invalidateTarget(target: string): void {
    for (const session of this.#byTarget.get(target) ?? []) session.permissions.invalidate()
  }

  /** A thing's attributes, type or groups changed. */
  invalidateThing(thingName: string): void {
    for (const session of this.#byThing.get(thingName) ?? []) session.permissions.invalidate()
  }

  /** A client id may become the name of a thing at any time, and so counts as one. */
  #places({ clientId, target, thingName }: LiveSession): [Map<string, Set<LiveSession>>, string][] {
    const places: [Map<string, Set<LiveSession>>, string][] = [[this.#byThing, clientId]]
    if (thingName !== undefined && thingName !== clientId) places.push([this.#byThing, thingName])
    if (target !== undefined) places.push([this.#byTarget, target])
    return places
  }
}
