import type { TransportInfo } from '@thingdeck/broker'
import type { Stranger } from '../foundation/admissions.ts'
import type { Peer } from '../foundation/peer.ts'
import type { Actor } from '../foundation/traffic.ts'
import type { LiveSession } from './live-sessions.ts'

/** Those who were not let in, from the decision until the broker has told of it. */
export class RefusedConnects {
  readonly #sessions = new WeakMap<TransportInfo, LiveSession>()

  add(transport: TransportInfo, session: LiveSession): void {
    this.#sessions.set(transport, session)
  }

  get(transport: TransportInfo): LiveSession | undefined {
    return this.#sessions.get(transport)
  }

  take(transport: TransportInfo): LiveSession | undefined {
    const session = this.#sessions.get(transport)
    this.#sessions.delete(transport)
    return session
  }
}

/** What the listener said about the peer: doors make a `Peer` of each, and the broker hands it on as it is. */
export function peerOf({ identity }: TransportInfo): Peer | undefined {
  const isPeer = typeof identity === 'object' && identity !== null && 'principal' in identity
  return isPeer ? (identity as Peer) : undefined
}

/** Somebody of whom the listener said no more than that a function is to be asked. */
export function strangerOf({ identity }: TransportInfo): Stranger | undefined {
  const isStranger = typeof identity === 'object' && identity !== null && 'kind' in identity
  return isStranger ? (identity as Stranger) : undefined // doors hand over a `Peer`, which has no kind, or this
}

/** Who is at the other end of a connection whose CONNECT was not looked at by policies. */
export function actorAt(transport: TransportInfo, clientId: string | undefined): Actor | undefined {
  const peer = peerOf(transport)
  if (!peer) return undefined
  const { principal, sourceIp, sourcePort } = peer
  return { protocol: 'MQTT', principal, clientId, sourceIp, sourcePort }
}
