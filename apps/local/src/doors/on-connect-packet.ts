import type { Duplex } from 'node:stream'

/** CONNECT is packet type 1, with no flags [MQTT-2.1.3-1]. */
const CONNECT = 0x10

/**
 * Waits for a client that will be refused to try and connect, and ends the connection whatever it does. AWS registers a
 * certificate just in time, and announces it, when the CONNECT packet comes; a mere handshake leaves nothing behind.
 * @param timeoutMs after which it is ended
 * @param onConnect what there is to do then; the connection is ended when that is done
 */
export function onConnectPacket(stream: Duplex, timeoutMs: number, onConnect: () => Promise<void>): void {
  const timeout = setTimeout(() => stream.destroy(), timeoutMs)
  stream.once('close', () => clearTimeout(timeout))
  stream.once('data', (chunk: Uint8Array) => {
    if (chunk[0] === CONNECT) void onConnect().finally(() => stream.destroy())
    else stream.destroy()
  })
}
