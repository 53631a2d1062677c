import type { Socket } from 'node:net'
import type { TransportInfo } from '@thingdeck/broker'

/** `::ffff:192.0.2.1`, the form in which a dual-stack socket names an IPv4 peer, as `192.0.2.1`. */
export function plainAddress(address: string | undefined): string {
  return address?.startsWith('::ffff:') ? address.slice('::ffff:'.length) : (address ?? '')
}

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
