import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { GetConnectionCommand, IoTDataPlaneClient } from '@aws-sdk/client-iot-data-plane'
import { presignMqttUrl } from '@thingdeck/sigv4'
import fc from 'fast-check'
import { generate, type Packet } from 'mqtt-packet'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type Local, startLocal } from '../src/index.ts'

// Frames as RFC 6455 §5.2 has them, right and wrong, from a client that is no WebSocket library. What a library makes of
// the answers is at the end.

let local: Local

beforeAll(async () => {
  local = await startLocal()
})
afterAll(() => local.close())

const CONTINUATION = 0
const TEXT = 1
const BINARY = 2
const CLOSE = 8
const PING = 9

interface FrameOptions {
  isFinal?: boolean
  isMasked?: boolean
  reservedBits?: number
}

function frame(opcode: number, data: Uint8Array, options: FrameOptions = {}): Buffer {
  const { isFinal = true, isMasked = true, reservedBits = 0 } = options
  const size = data.length
  const length = size < 126 ? Buffer.of(size) : Buffer.of(126, size >> 8, size & 0xff)
  length[0] = (length[0] ?? 0) | (isMasked ? 0x80 : 0)
  const mask = isMasked ? randomBytes(4) : Buffer.alloc(0)
  const body = isMasked ? data.map((byte, index) => byte ^ (mask[index & 3] ?? 0)) : data
  return Buffer.concat([Buffer.of((isFinal ? 0x80 : 0) | (reservedBits << 4) | opcode), length, mask, body])
}

const signed = (url: string): Promise<string> =>
  presignMqttUrl({ url, region: 'us-east-1', credentials: local.sdk.credentials })

/** Asks for an upgrade. */
function ask(url: URL, allowHalfOpen = false): Socket {
  const socket = connect({ port: Number(url.port), host: '127.0.0.1', allowHalfOpen })
  socket.on('error', () => {})
  const lines = [
    `GET ${url.pathname}${url.search} HTTP/1.1`,
    `Host: ${url.host}`,
    'Upgrade: websocket',
    'Connection: Upgrade',
    `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Protocol: mqtt',
  ]
  socket.write(`${lines.join('\r\n')}\r\n\r\n`)
  return socket
}

/** A connection behind its upgrade. */
async function open(allowHalfOpen = false): Promise<Socket> {
  const socket = ask(new URL(await signed(local.urls.ws)), allowHalfOpen)
  const [head] = (await once(socket, 'data')) as [Buffer]
  expect(head.toString()).toMatch(/^HTTP\/1\.1 101 .*\r\n\r\n$/s)
  return socket
}

/** What the server sends until it closes: the payloads of its frames, and the code of its Close frame. */
async function receiveAll(socket: Socket): Promise<{ payload: Buffer; closeCode: number | undefined }> {
  const payloads: Buffer[] = []
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of socket) {
    rest = Buffer.concat([rest, chunk])
    while (rest.length >= 4 || (rest.length >= 2 && rest[1] === 0)) {
      const short = (rest[1] ?? 0) & 0x7f
      const start = short === 126 ? 4 : 2
      const end = start + (short === 126 ? rest.readUInt16BE(2) : short)
      if (rest.length < end) break
      const data = rest.subarray(start, end)
      if (((rest[0] ?? 0) & 0x0f) === CLOSE) {
        socket.destroy()
        return { payload: Buffer.concat(payloads), closeCode: data.length > 0 ? data.readUInt16BE() : undefined }
      }
      payloads.push(data)
      rest = rest.subarray(end)
    }
  }
  throw new Error('The server closed without a Close frame')
}

/** The types of mqtt-packet want every member; it fills in itself what these leave out. */
const packetOf = (packet: Record<string, unknown>) =>
  generate(packet as unknown as Packet, { protocolVersion: 4 }) as Buffer
const connectOf = (clientId: string) =>
  packetOf({ cmd: 'connect', protocolId: 'MQTT', protocolVersion: 4, clean: true, clientId })
const CONNECT = connectOf('framed')
const SESSION = Buffer.concat([
  CONNECT,
  packetOf({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: 'a/b', qos: 0 }] }),
  packetOf({ cmd: 'publish', topic: 'a/b', payload: 'x'.repeat(300), qos: 0, dup: false, retain: false }),
  packetOf({ cmd: 'pingreq' }),
  packetOf({ cmd: 'disconnect' }),
])

test('[MQTT-6.0.0-2] however packets are cut into frames, and frames into fragments, they mean the same', async () => {
  const answer = async (frames: readonly Buffer[]) => {
    const socket = await open()
    socket.write(Buffer.concat(frames))
    return (await receiveAll(socket)).payload
  }
  const whole = await answer([frame(BINARY, SESSION)])
  expect(whole.subarray(0, 4)).toEqual(Buffer.of(0x20, 2, 0, 0))
  expect(whole.subarray(-2)).toEqual(Buffer.of(0xd0, 0))
  const cuts = fc.uniqueArray(fc.tuple(fc.nat(SESSION.length), fc.boolean()), {
    maxLength: 12,
    selector: ([at]) => at,
  })
  await fc.assert(
    fc.asyncProperty(cuts, async (unordered) => {
      const borders = [...unordered.sort(([a], [b]) => a - b), [SESSION.length, true] as const]
      let at = 0
      let isWithin = false
      const frames = borders.map(([end, isFinal]) => {
        const piece = frame(isWithin ? CONTINUATION : BINARY, SESSION.subarray(at, end), { isFinal })
        at = end
        isWithin = !isFinal
        return isWithin ? Buffer.concat([piece, frame(PING, Buffer.of())]) : piece
      })
      expect(await answer(frames)).toEqual(whole)
    }),
    { numRuns: 40 },
  )
})

describe('a frame that may not be', () => {
  test.each<[what: string, closeCode: number, frames: readonly Buffer[]]>([
    ['not masked', 1002, [frame(BINARY, CONNECT, { isMasked: false })]],
    ['with a reserved bit', 1002, [frame(BINARY, CONNECT, { reservedBits: 4 })]],
    ['of a reserved kind', 1002, [frame(3, CONNECT)]],
    ['that continues nothing', 1002, [frame(CONTINUATION, CONNECT)]],
    ['inside another message', 1002, [frame(BINARY, CONNECT, { isFinal: false }), frame(BINARY, CONNECT)]],
    ['a ping of 126 bytes', 1002, [frame(PING, Buffer.alloc(126))]],
    ['a ping in fragments', 1002, [frame(PING, Buffer.of(), { isFinal: false })]],
    ['a Close of one byte', 1002, [frame(CLOSE, Buffer.of(3))]],
    ['of 2^63 - 1 bytes', 1009, [Buffer.from('82ff7fffffffffffffff', 'hex')]],
  ])('%s: Close %i', async (_, closeCode, frames) => {
    const socket = await open()
    socket.write(Buffer.concat(frames))
    expect(await receiveAll(socket)).toMatchObject({ closeCode })
  })

  test('[MQTT-6.0.0-1] nothing is read behind a text frame', async () => {
    const socket = await open()
    socket.write(Buffer.concat([frame(TEXT, Buffer.from('x')), frame(BINARY, connectOf('late'))]))
    expect(await receiveAll(socket)).toEqual({ payload: Buffer.of(), closeCode: 1003 })
    const data = new IoTDataPlaneClient(local.sdk)
    const connection = data.send(new GetConnectionCommand({ clientId: 'late' }))
    await expect(connection).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
    data.destroy()
  })
})

describe('a client hears why it is closed', () => {
  const MUCH = Buffer.alloc(2 * 1024 * 1024)

  test.each([
    ['a text', ['x', MUCH], 1003],
    ['too much', [MUCH], 1009],
  ] as const)('of %s', async (_, messages, code) => {
    const socket = new WebSocket(await signed(local.urls.ws), 'mqtt')
    await once(socket, 'open')
    const closed = once(socket, 'close')
    for (const message of messages) socket.send(message)
    expect(((await closed)[0] as CloseEvent).code).toBe(code)
  })

  test('and is not cut off before it has', async () => {
    const socket = await open(true)
    const onError = vi.fn<() => void>()
    socket.on('error', onError)
    const closed = new Promise((resolve) => socket.once('close', resolve))
    socket.write(frame(TEXT, Buffer.from('x')))
    await once(socket, 'data')
    for (let late = 0; late < 10; late += 1) {
      socket.write(frame(BINARY, CONNECT))
      await setTimeout(5)
    }
    socket.end(frame(CLOSE, Buffer.of(3, 235)))
    await closed
    expect(onError).not.toHaveBeenCalled()
  })
})

test('who is refused, and goes on sending, is let go of', async () => {
  const socket = ask(new URL(local.urls.ws), true)
  socket.resume()
  await once(socket, 'end')
  const sending = setInterval(() => socket.write('x'), 20)
  await new Promise((resolve) => socket.once('close', resolve))
  clearInterval(sending)
})
