import type { Duplex } from 'node:stream'
import { generate, type IConnectPacket, type Packet, parser } from 'mqtt-packet'

type Version = 4 | 5
/** As mqtt-packet has it, with what is the same in most tests left out. */
export type Sent = { cmd: Packet['cmd'] } & Record<string, unknown>

/** The bytes of a packet. Its types want every member and no wrong one; tests send packets that lack some or have them wrong. */
export function encodePacket(version: Version, packet: Sent): Buffer {
  return generate(packet as unknown as Packet, { protocolVersion: version })
}

export function connectPacket(version: Version, options: Partial<Omit<IConnectPacket, 'cmd'>> = {}): Sent {
  return {
    cmd: 'connect',
    protocolId: 'MQTT',
    protocolVersion: version,
    clean: true,
    clientId: 'client',
    keepalive: 60,
    ...options,
  }
}

/**
 * A client that sends exactly what a test tells it to, over one end of a stream, and hands out what it receives packet
 * by packet. It speaks through mqtt-packet, so that both sides of the protocol have not the same author.
 */
export class PacketClient {
  readonly version: Version
  readonly stream: Duplex
  readonly #received: Packet[] = []
  #waiting: { resolve: (packet: Packet) => void; reject: (error: Error) => void } | undefined
  #isClosed = false
  readonly closed: Promise<unknown>

  constructor(stream: Duplex, version: Version) {
    this.stream = stream
    this.version = version
    const reader = parser({ protocolVersion: version })
    reader.on('packet', (packet) => this.#onPacket(packet))
    stream.on('data', (chunk: Buffer) => reader.parse(chunk))
    stream.on('error', () => {})
    this.closed = new Promise((resolve) => stream.once('close', resolve)) // also after an error
    stream.on('end', () => this.#onEnd())
    stream.on('close', () => this.#onEnd())
  }

  /** Whether the server closed it and everything it sent before was received. */
  get isClosed(): boolean {
    return this.#isClosed && this.#received.length === 0
  }

  send(packet: Sent): void {
    this.write(encodePacket(this.version, packet))
  }

  write(bytes: Uint8Array): void {
    if (!this.stream.destroyed) this.stream.write(bytes)
  }

  /** The next packet; rejects when the connection ends instead. */
  receive(): Promise<Packet> {
    const packet = this.#received.shift()
    if (packet) return Promise.resolve(packet)
    if (this.#isClosed) return Promise.reject(new Error('The server closed the connection'))
    const { promise, resolve, reject } = Promise.withResolvers<Packet>()
    this.#waiting = { resolve, reject }
    return promise
  }

  /** What comes before the answer to a ping: everything that was on its way. */
  async receiveAll(): Promise<Packet[]> {
    this.send({ cmd: 'pingreq' })
    const packets: Packet[] = []
    for (;;) {
      const packet = await this.receive()
      if (packet.cmd === 'pingresp') return packets
      packets.push(packet)
    }
  }

  /** What comes before the end of the connection. */
  async receiveUntilClosed(): Promise<Packet[]> {
    const packets: Packet[] = []
    for (;;) {
      const packet = await this.receive().catch(() => undefined)
      if (!packet) return packets
      packets.push(packet)
    }
  }

  /** Sends CONNECT; resolves with the answer. */
  connect(options: Partial<Omit<IConnectPacket, 'cmd'>> = {}): Promise<Packet> {
    this.sendConnect(options)
    return this.receive()
  }

  sendConnect(options: Partial<Omit<IConnectPacket, 'cmd'>> = {}): void {
    this.send(connectPacket(this.version, options))
  }

  async subscribe(filter: string, options: Record<string, unknown> = {}): Promise<Packet> {
    this.send({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: filter, qos: 1, ...options }] })
    return this.receive()
  }

  publish(topic: string, payload: string, options: Record<string, unknown> = {}): void {
    this.send({ cmd: 'publish', topic, payload, qos: 0, retain: false, dup: false, ...options })
  }

  /** Closes without a word. */
  drop(): Promise<unknown> {
    this.stream.destroy()
    return this.closed
  }

  #onPacket(packet: Packet): void {
    const waiting = this.#waiting
    this.#waiting = undefined
    if (waiting) waiting.resolve(packet)
    else this.#received.push(packet)
  }

  #onEnd(): void {
    this.#isClosed = true
    this.#waiting?.reject(new Error('The server closed the connection'))
    this.#waiting = undefined
  }
}
