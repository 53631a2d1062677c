/** Just enough MQTT 3.1.1 on raw sockets, so that a generator of load costs little itself. */
import { connect, type Socket } from 'node:net'
import { connect as connectTls, type SecureContext } from 'node:tls'

export interface Door {
  port: number
  /** Mutual TLS. */
  tls?: { ca: Buffer; cert: Buffer; key: Buffer; secureContext?: SecureContext } | undefined
}

export function open({ port, tls }: Door): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = tls
      ? connectTls({ ...tls, port, host: '127.0.0.1', servername: 'localhost' })
      : connect(port, '127.0.0.1')
    socket.setNoDelay(true)
    socket.once(tls ? 'secureConnect' : 'connect', () => resolve(socket)).once('error', reject)
  })
}

export function text(value: string): Buffer {
  const bytes = Buffer.from(value)
  return Buffer.concat([Buffer.of(bytes.length >> 8, bytes.length & 255), bytes])
}

export function packet(firstByte: number, ...parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts)
  const length = body.length < 128 ? [body.length] : [(body.length & 127) | 128, body.length >> 7]
  return Buffer.concat([Buffer.of(firstByte, ...length), body])
}

/** A socket behind CONNACK. */
export async function connected(door: Door, clientId: string, keepAliveSeconds = 60): Promise<Socket> {
  const socket = await open(door)
  const keepAlive = Buffer.of(keepAliveSeconds >> 8, keepAliveSeconds & 255)
  socket.write(packet(0x10, text('MQTT'), Buffer.of(4, 2), keepAlive, text(clientId)))
  const answer = await chunk(socket)
  if (answer[0] !== 0x20 || answer[3] !== 0) throw new Error(`CONNECT was answered ${answer.toString('hex')}`)
  socket.on('close', () => fail(`${clientId} was disconnected`))
  return socket
}

export async function subscribed(door: Door, clientId: string, filter: string, qos: 0 | 1): Promise<Socket> {
  const socket = await connected(door, clientId)
  socket.write(packet(0x82, Buffer.of(0, 1), text(filter), Buffer.of(qos)))
  const answer = await chunk(socket)
  if (answer[0] !== 0x90 || (answer[4] ?? 0x80) > 1) throw new Error(`SUBSCRIBE was answered ${answer.toString('hex')}`)
  return socket
}

function chunk(socket: Socket): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const closed = () => reject(new Error('The connection was closed'))
    socket.once('close', closed).once('data', (bytes: Buffer) => {
      socket.off('close', closed)
      resolve(bytes)
    })
  })
}

export function fail(message: string): never {
  console.error(message)
  process.exit(1)
}
