import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { peek } from './peek.ts'

/** CONNECT is packet type 1, with no flags [MQTT-2.1.3-1]. */
const CONNECT = 0x10

/**
 * Waits for a client that will be refused to ask for something, and ends the connection whatever it does. AWS registers a
 * certificate just in time, and announces it, when its client tries and connects, with a CONNECT packet or a request of
 * HTTP; a mere handshake leaves nothing behind.
 * @param timeoutMs after which it is ended
 * @param onAsked what there is to do then; the connection is ended when that is done
 */
export function onceAsked(
  stream: Duplex,
  protocol: 'MQTT' | 'HTTP',
  timeoutMs: number,
  onAsked: () => Promise<void>,
): void {
  const timeout = setTimeout(() => stream.destroy(), timeoutMs)
  stream.once('close', () => clearTimeout(timeout))
  stream.once('data', (chunk: Uint8Array) => {
    if ((chunk[0] === CONNECT) === (protocol === 'MQTT')) void onAsked().finally(() => stream.destroy())
    else stream.destroy()
  })
}

/**
 * Whether a client begins with a CONNECT packet; what it said stays in the socket.
 * @param timeoutMs after which a socket that has said nothing is dropped
 */
export function peekMqtt(socket: Socket, timeoutMs: number, onKnown: (isMqtt: boolean) => void): void {
  peek(socket, timeoutMs, ([first]) => first === CONNECT, onKnown)
}
