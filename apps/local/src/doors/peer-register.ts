import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import type { TLSSocket } from 'node:tls'
import type { Peer } from '../foundation/peer.ts'

/** Who is behind the client certificate of an HTTPS connection. */
export class PeerRegister {
  readonly #peers = new WeakMap<Socket, Peer>()
  readonly #isValid: (peer: Peer) => boolean

  /** @param isValid whether a peer that was good when it connected still is: connections are kept alive */
  constructor(isValid: (peer: Peer) => boolean) {
    this.#isValid = isValid
  }

  set(socket: TLSSocket, peer: Peer): void {
    this.#peers.set(socket, peer)
  }

  of({ socket }: IncomingMessage): Peer | undefined {
    const peer = this.#peers.get(socket)
    return peer && this.#isValid(peer) ? peer : undefined
  }
}
