import type { Socket } from 'node:net'
import { connected, type Door, fail, packet, subscribed, text } from './wire.ts'

export type Pattern = 'fan-in' | 'fan-out' | 'pairs'

export interface Shape {
  pattern: Pattern
  qos: 0 | 1
  /** Of the payload; at least 8. */
  payloadBytes: number
  clients: number
  /** Deliveries on their way at a time, over all publishers. */
  window: number
}

/** Every so many-th delivery is timed. */
const SAMPLE = 8

/** All topics of a run have the same length, and so have all messages. */
const topicOf = (publisher: number) => `bench/${publisherId(publisher)}/temperature`
const publisherId = (publisher: number) => `p${String(publisher).padStart(5, '0')}`

/**
 * Publishers and subscribers of one broker, in a closed loop: each publisher has at most so many messages on their way,
 * so that nothing is dropped and the delay is that of a busy broker, not of an endless queue.
 */
export class Traffic {
  received = 0
  /** Delays in milliseconds since they were last taken. */
  delays: number[] = []
  readonly #publishers: Publisher[]
  #isRunning = false

  private constructor(publishers: Publisher[]) {
    this.#publishers = publishers
  }

  /** Connects everyone; nothing is published yet. */
  static async connect(door: Door, shape: Shape): Promise<Traffic> {
    const { pattern, qos, clients, window } = shape
    const publisherCount = pattern === 'fan-out' ? 1 : clients
    const subscriberCount = pattern === 'fan-in' ? 1 : clients
    const deliveries = pattern === 'fan-out' ? clients : 1
    const subscribers: Socket[] = []
    for (let index = 0; index < subscriberCount; index++) {
      subscribers.push(await subscribed(door, `s${index}`, pattern === 'pairs' ? topicOf(index) : 'bench/#', qos))
    }
    const publishers: Publisher[] = []
    for (let index = 0; index < publisherCount; index++) {
      const socket = await connected(door, publisherId(index))
      const credit = Math.max(deliveries, Math.floor(window / publisherCount))
      publishers.push(new Publisher(socket, topicOf(index), shape, credit, deliveries))
    }
    const traffic = new Traffic(publishers)
    for (const [index, socket] of subscribers.entries()) traffic.#receive(socket, index, shape)
    return traffic
  }

  start(): void {
    this.#isRunning = true
    for (const publisher of this.#publishers) publisher.send()
  }

  /** Ends once everything that was sent is there; returns how many messages were lost. */
  async stop(): Promise<number> {
    this.#isRunning = false
    const untilMs = performance.now() + 1000
    const missing = () => this.#publishers.reduce((sum, publisher) => sum + publisher.missing, 0)
    while (missing() > 0 && performance.now() < untilMs) await new Promise((resolve) => setTimeout(resolve, 2))
    const lost = missing()
    for (const publisher of this.#publishers) publisher.settle()
    return lost
  }

  /** Reads messages of one length, whoever sent them. */
  #receive(socket: Socket, index: number, { pattern, qos }: Shape): void {
    const [first] = this.#publishers
    if (!first) throw new Error('No publishers')
    const own = this.#publishers[index] ?? first
    const { frameBytes, timeAt } = own
    // The five digits of the publisher's number, in `bench/p00042/…` behind the header.
    const digitsAt = frameBytes >= 130 ? 3 + 2 + 7 : 2 + 2 + 7
    const byTopic = (data: Buffer, at: number) => {
      let number = 0
      for (let digit = 0; digit < 5; digit++) number = number * 10 + (data[at + digitsAt + digit] ?? 0) - 48
      return this.#publishers[number] ?? first
    }
    const publisherOf = pattern === 'fan-in' ? byTopic : () => own
    const packetIdAt = timeAt - 2
    let rest: Buffer = Buffer.alloc(0)
    let counter = 0
    socket.on('data', (bytes: Buffer) => {
      const data = rest.length > 0 ? Buffer.concat([rest, bytes]) : bytes
      const count = Math.floor(data.length / frameBytes)
      const acknowledgements = qos === 1 ? Buffer.allocUnsafe(count * 4) : undefined
      const now = performance.now()
      const woken = new Set<Publisher>()
      for (let index = 0; index < count; index++) {
        const at = index * frameBytes
        if ((data[at] ?? 0) >> 4 !== 3) fail(`Not a PUBLISH: ${data.subarray(at, at + 8).toString('hex')}`)
        const publisher = publisherOf(data, at)
        publisher.credit++
        woken.add(publisher)
        counter++
        if (counter % SAMPLE === 0) this.delays.push(now - data.readDoubleLE(at + timeAt))
        if (!acknowledgements) continue
        acknowledgements[index * 4] = 0x40
        acknowledgements[index * 4 + 1] = 2
        acknowledgements[index * 4 + 2] = data[at + packetIdAt] ?? 0
        acknowledgements[index * 4 + 3] = data[at + packetIdAt + 1] ?? 0
      }
      rest = data.subarray(count * frameBytes)
      this.received += count
      if (acknowledgements && count > 0) socket.write(acknowledgements)
      if (this.#isRunning) for (const publisher of woken) publisher.send()
    })
  }
}

class Publisher {
  /** Deliveries that may be on their way, less those that are. */
  credit: number
  readonly frameBytes: number
  /** Where in a frame the time is at which it was sent. */
  readonly timeAt: number
  readonly #socket: Socket
  readonly #frame: Buffer
  readonly #qos: 0 | 1
  readonly #fullCredit: number
  readonly #deliveries: number
  #packetId = 0
  /** PUBACKs that are outstanding. */
  #unacknowledged = 0
  #carry = 0

  constructor(socket: Socket, topic: string, { qos, payloadBytes }: Shape, credit: number, deliveries: number) {
    this.#socket = socket
    this.#qos = qos
    this.credit = credit
    this.#fullCredit = credit
    this.#deliveries = deliveries
    const packetId = Buffer.alloc(qos === 1 ? 2 : 0)
    this.#frame = packet(0x30 | (qos << 1), text(topic), packetId, Buffer.alloc(payloadBytes))
    this.frameBytes = this.#frame.length
    this.timeAt = this.#frame.length - payloadBytes
    socket.on('data', (bytes: Buffer) => this.#onPubacks(bytes))
  }

  /** Deliveries and PUBACKs that did not come yet. */
  get missing(): number {
    return this.#fullCredit - this.credit + this.#unacknowledged
  }

  /** Forgets what is missing. */
  settle(): void {
    this.credit = this.#fullCredit
    this.#unacknowledged = 0
  }

  /** Sends as many messages as the credit allows, in one write. */
  send(): void {
    const count = Math.floor(this.credit / this.#deliveries)
    if (count <= 0) return
    this.credit -= count * this.#deliveries
    const batch = Buffer.allocUnsafe(count * this.#frame.length)
    const now = performance.now()
    for (let index = 0; index < count; index++) {
      const at = index * this.#frame.length
      this.#frame.copy(batch, at)
      batch.writeDoubleLE(now, at + this.timeAt)
      if (this.#qos === 0) continue
      this.#packetId = this.#packetId === 0xffff ? 1 : this.#packetId + 1
      batch.writeUInt16BE(this.#packetId, at + this.timeAt - 2)
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
