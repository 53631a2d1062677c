/**
 * Publishers and subscribers on raw sockets, in a process of their own. They speak just enough MQTT 3.1.1, with packets
 * encoded beforehand, so that the broker is what is measured. A closed loop: each publisher has at most so many messages
 * on their way, so that nothing is dropped and the delay is that of a busy broker, not of an endless queue.
 */
import { readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import type { CertificateFiles } from './certificates.ts'

export interface Load {
  port: number
  certificates: CertificateFiles | undefined
  pattern: 'fan-in' | 'fan-out' | 'pairs'
  qos: 0 | 1
  warmupMs: number
  measureMs: number
  /** Of the payload. */
  payloadBytes: number
  clients: number
  /** Deliveries on their way at a time, over all publishers. */
  window: number
}

export interface Outcome {
  /** Messages that subscribers received. */
  perSecond: number
  p50Ms: number
  p99Ms: number
}

/** Every so many-th delivery is timed. */
const SAMPLE = 8

const load: Load = JSON.parse(process.argv[2] ?? '{}')
const tls = load.certificates && {
  ca: readFileSync(load.certificates.ca),
  cert: readFileSync(load.certificates.clientCert),
  key: readFileSync(load.certificates.clientKey),
}

const delays: number[] = []
let received = 0
let isMeasuring = false

function open(): Promise<Socket> {
  const { port } = load
  return new Promise((resolve, reject) => {
    const socket = tls
      ? connectTls({ ...tls, port, host: '127.0.0.1', servername: 'localhost' })
      : connect(port, '127.0.0.1')
    socket.setNoDelay(true)
    socket.once(tls ? 'secureConnect' : 'connect', () => resolve(socket)).once('error', reject)
  })
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value)
  return Buffer.concat([Buffer.of(bytes.length >> 8, bytes.length & 255), bytes])
}

function packet(firstByte: number, ...parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts)
  const length = body.length < 128 ? [body.length] : [(body.length & 127) | 128, body.length >> 7]
  return Buffer.concat([Buffer.of(firstByte, ...length), body])
}

/** A socket behind CONNACK. */
async function connected(clientId: string): Promise<Socket> {
  const socket = await open()
  socket.write(packet(0x10, text('MQTT'), Buffer.of(4, 2, 0, 60), text(clientId)))
  const answer = await chunk(socket)
  if (answer[0] !== 0x20 || answer[3] !== 0) throw new Error(`CONNECT was answered ${answer.toString('hex')}`)
  socket.on('close', () => fail(`${clientId} was disconnected`))
  return socket
}

function chunk(socket: Socket): Promise<Buffer> {
  return new Promise((resolve) => socket.once('data', resolve))
}

function fail(message: string): never {
  console.error(message)
  process.exit(1)
}

/** All topics of a run have the same length, and so have all messages. */
function topicOf(publisher: number): string {
  return `bench/${publisherId(publisher)}/temperature`
}

function publisherId(publisher: number): string {
  return `p${String(publisher).padStart(5, '0')}`
}

class Publisher {
  readonly #socket: Socket
  readonly #frame: Buffer
  readonly #packetIdAt: number
  readonly #timeAt: number
  #packetId = 0
  /** Deliveries that may be on their way, less those that are. */
  credit: number
  /** PUBACKs that may be outstanding, less those that are. */
  #unacknowledged = 0
  #carry = 0
  readonly #deliveries: number
  isStopped = false

  constructor(socket: Socket, topic: string, credit: number, deliveries: number) {
    this.#socket = socket
    this.credit = credit
    this.#deliveries = deliveries
    const packetId = load.qos === 1 ? Buffer.alloc(2) : Buffer.alloc(0)
    this.#frame = packet(0x30 | (load.qos << 1), text(topic), packetId, Buffer.alloc(load.payloadBytes))
    this.#timeAt = this.#frame.length - load.payloadBytes
    this.#packetIdAt = this.#timeAt - 2
    socket.on('data', (bytes: Buffer) => this.#onPubacks(bytes))
  }

  get frameBytes(): number {
    return this.#frame.length
  }

  get timeAt(): number {
    return this.#timeAt
  }

  /** Sends as many messages as the credit allows, in one write. */
  send(): void {
    if (this.isStopped) return
    const count = Math.floor(this.credit / this.#deliveries)
    if (count <= 0) return
    this.credit -= count * this.#deliveries
    const batch = Buffer.allocUnsafe(count * this.#frame.length)
    const now = performance.now()
    for (let index = 0; index < count; index++) {
      const at = index * this.#frame.length
      this.#frame.copy(batch, at)
      batch.writeDoubleLE(now, at + this.#timeAt)
      if (load.qos === 0) continue
      this.#packetId = this.#packetId === 0xffff ? 1 : this.#packetId + 1
      batch.writeUInt16BE(this.#packetId, at + this.#packetIdAt)
      this.#unacknowledged++
    }
    this.#socket.write(batch)
  }

  #onPubacks(bytes: Buffer): void {
    const total = this.#carry + bytes.length
    this.#carry = total % 4
    this.#unacknowledged -= (total - this.#carry) / 4
    if (this.#unacknowledged < 0) fail('More PUBACKs than messages')
  }
}

/** Reads messages of one length, whoever sent them. */
function receive(socket: Socket, publisherOf: (frame: Buffer, at: number) => Publisher, sample: Publisher): void {
  const { frameBytes, timeAt } = sample
  let rest: Buffer = Buffer.alloc(0)
  let counter = 0
  const packetIdAt = timeAt - 2
  socket.on('data', (bytes: Buffer) => {
    const data = rest.length > 0 ? Buffer.concat([rest, bytes]) : bytes
    const count = Math.floor(data.length / frameBytes)
    const acknowledgements = load.qos === 1 ? Buffer.allocUnsafe(count * 4) : undefined
    const now = performance.now()
    const woken = new Set<Publisher>()
    for (let index = 0; index < count; index++) {
      const at = index * frameBytes
      if ((data[at] ?? 0) >> 4 !== 3) fail(`Not a PUBLISH: ${data.subarray(at, at + 8).toString('hex')}`)
      const publisher = publisherOf(data, at)
      publisher.credit++
      woken.add(publisher)
      counter++
      if (isMeasuring && counter % SAMPLE === 0) delays.push(now - data.readDoubleLE(at + timeAt))
      if (!acknowledgements) continue
      acknowledgements[index * 4] = 0x40
      acknowledgements[index * 4 + 1] = 2
      acknowledgements[index * 4 + 2] = data[at + packetIdAt] ?? 0
      acknowledgements[index * 4 + 3] = data[at + packetIdAt + 1] ?? 0
    }
    rest = data.subarray(count * frameBytes)
    received += count
    if (acknowledgements && count > 0) socket.write(acknowledgements)
    for (const publisher of woken) publisher.send()
  })
}

async function subscriber(index: number, filter: string): Promise<Socket> {
  const socket = await connected(`s${index}`)
  socket.write(packet(0x82, Buffer.of(0, 1), text(filter), Buffer.of(load.qos)))
  const answer = await chunk(socket)
  if (answer[0] !== 0x90 || (answer[4] ?? 0x80) > 1) throw new Error(`SUBSCRIBE was answered ${answer.toString('hex')}`)
  return socket
}

const { pattern, clients } = load
const publisherCount = pattern === 'fan-out' ? 1 : clients
const subscriberCount = pattern === 'fan-in' ? 1 : clients
const deliveries = pattern === 'fan-out' ? clients : 1
const publishers: Publisher[] = []
const subscribers: Socket[] = []
for (let index = 0; index < subscriberCount; index++) {
  subscribers.push(await subscriber(index, pattern === 'pairs' ? topicOf(index) : 'bench/#'))
}
for (let index = 0; index < publisherCount; index++) {
  const socket = await connected(publisherId(index))
  publishers.push(new Publisher(socket, topicOf(index), Math.max(deliveries, load.window / publisherCount), deliveries))
}
const [first] = publishers
if (!first) fail('No publishers')
for (const [index, socket] of subscribers.entries()) {
  const own = publishers[index] ?? first
  // The five digits of the publisher's number, in `bench/p00042/…` behind the header.
  const digitsAt = first.frameBytes >= 130 ? 3 + 2 + 7 : 2 + 2 + 7
  const byTopic = (data: Buffer, at: number) => {
    let number = 0
    for (let digit = 0; digit < 5; digit++) number = number * 10 + (data[at + digitsAt + digit] ?? 0) - 48
    return publishers[number] ?? first
  }
  receive(socket, pattern === 'fan-in' ? byTopic : () => own, own)
}
for (const publisher of publishers) publisher.send()
setTimeout(() => {
  isMeasuring = true
  received = 0
  const startMs = performance.now()
  process.send?.('start')
  setTimeout(() => {
    const perSecond = (received * 1000) / (performance.now() - startMs)
    isMeasuring = false
    delays.sort((a, b) => a - b)
    const percentile = (part: number) => delays[Math.floor(delays.length * part)] ?? Number.NaN
    const outcome: Outcome = { perSecond, p50Ms: percentile(0.5), p99Ms: percentile(0.99) }
    process.send?.(outcome, () => process.exit(0))
  }, load.measureMs)
}, load.warmupMs)
