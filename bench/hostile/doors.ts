import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { presignMqttUrl } from '@thingdeck/sigv4'
import type { Random } from './random.ts'
import type { Identity, Victim } from './server.ts'

/** How long the server may take to close what is over. */
const PATIENCE_MS = 60_000

/** A connection over which bytes of one protocol go. */
export interface Passage {
  /** The door's name, for what is found. */
  readonly door: string
  readonly socket: Socket
  /** Wraps the bytes as the door has it. */
  readonly wrap: (bytes: Buffer) => Buffer
}

/** Opens a way in. */
export type Door = (server: Victim, identity: Identity) => Promise<Passage>

/** The ways in for MQTT. */
export const MQTT_DOORS: readonly Door[] = [
  async (server, identity) => plain('8883', server.open(server.ready.mqtts, identity)),
  async (server, identity) => plain('443 by ALPN', server.open(server.ready.https, identity, 'x-amzn-mqtt-ca')),
  (server) => webSocket(server),
]

/** The ways in for HTTP. */
export const HTTP_DOORS: readonly Door[] = [
  async ({ ready }) => plain('7400', connect(portOf(ready.http), hostOf(ready.http))),
  async (server) => plain('HTTPS', server.open(server.ready.https)),
  async (server, identity) => plain('HTTPS with a certificate', server.open(server.ready.https, identity)),
  async (server, identity) => plain('443 by ALPN', server.open(server.ready.https, identity, 'x-amzn-http-ca')),
]

export const portOf = (url: string) => Number(new URL(url).port)
const hostOf = (url: string) => new URL(url).hostname

function plain(door: string, socket: Socket): Passage {
  return { door, socket: socket.on('error', () => {}), wrap: (bytes) => bytes }
}

/** Behind its upgrade; bytes are cut into frames of any size (RFC 6455 §5.2). */
async function webSocket({ ready, sdk }: Victim): Promise<Passage> {
  const url = new URL(await presignMqttUrl({ url: ready.ws, region: ready.region, credentials: sdk.credentials }))
  const socket = connect(Number(url.port), url.hostname).on('error', () => {})
  const head = [
    `GET ${url.pathname}${url.search} HTTP/1.1`,
    `Host: ${url.host}`,
    'Upgrade: websocket',
    'Connection: Upgrade',
    `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Protocol: mqtt',
  ]
  socket.write(`${head.join('\r\n')}\r\n\r\n`)
  await once(socket, 'data')
  return { door: 'WebSocket', socket, wrap: frame }
}

/** A binary frame whose mask is 0, so that what is in it is what was chosen. */
export function frame(bytes: Buffer): Buffer {
  const length =
    bytes.length < 126 ? Buffer.of(0x80 | bytes.length) : Buffer.of(0xfe, bytes.length >> 8, bytes.length & 255)
  return Buffer.concat([Buffer.of(0x82), length, Buffer.alloc(4), bytes])
}

/**
 * Sends bytes in pieces, ends the connection, and waits until the server has closed it.
 * @returns what came back
 * @throws {Error} where it does not close
 */
export async function throwAt({ door, socket, wrap }: Passage, bytes: Buffer, random: Random): Promise<Buffer> {
  const answer: Buffer[] = []
  socket.on('data', (chunk: Buffer) => answer.push(chunk))
  const closed = Promise.withResolvers<void>()
  if (socket.closed) closed.resolve()
  socket.once('close', () => closed.resolve())
  const patience = setTimeout(
    () => closed.reject(new Error(`The door ${door} did not close a connection that had ended`)),
    PATIENCE_MS,
  )
  try {
    for (let at = 0; at < bytes.length && !socket.destroyed; ) {
      const size = random.chance(0.3) ? 1 + random.below(20) : bytes.length
      socket.write(wrap(bytes.subarray(at, at + size)))
      at += size
    }
    socket.end()
    await closed.promise
  } finally {
    clearTimeout(patience)
    socket.destroy()
  }
  return Buffer.concat(answer)
}
