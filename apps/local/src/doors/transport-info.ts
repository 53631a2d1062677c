import type { Socket } from 'node:net'
import type { TransportInfo } from '@thingdeck/broker'
import { plainAddress } from '../foundation/plain-address.ts'

/** What is known of a connection before its first MQTT packet. */
export function transportInfo(kind: TransportInfo['kind'], socket: Socket, identity: unknown): TransportInfo {
  return {
    kind,
    remoteAddress: plainAddress(socket.remoteAddress),
    remotePort: socket.remotePort ?? 0,
    localAddress: plainAddress(socket.localAddress),
    localPort: socket.localPort ?? 0,
    identity,
  }
}
