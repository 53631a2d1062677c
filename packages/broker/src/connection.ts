import type { Duplex } from 'node:stream'
import { setImmediate } from 'node:timers'
import type { AcceptedConnection, DisconnectOptions } from './broker-api.ts'
import { BudgetShare, type ByteBudget } from './byte-budget.ts'
import { ConnectError, UnsupportedVersionError } from './codec/decode-connect.ts'
import { encodeConnack, encodeDisconnect } from './codec/encode.ts'
import { PacketError } from './codec/packet-error.ts'
import type { ProtocolVersion } from './codec/packet-type.ts'
import type { Properties } from './codec/properties.ts'
import { REASON, RETURN_CODE, type ReasonCode } from './codec/reason-codes.ts'
import { disconnectCode } from './disconnect-code.ts'
import type { Flushable, FlushQueue } from './flush-queue.ts'
import { FrameReader, type FrameSink } from './frame-reader.ts'
import type { Limits } from './limits.ts'
import type { RateLimit } from './observer.ts'
import { Output } from './output.ts'
import { rateLimit, type TokenBucket } from './token-bucket.ts'
import type { Clock, DisconnectReason, TransportInfo } from './types.ts'

/** Output is written before the end of the turn when there is this much of it. */
const EARLY_FLUSH_BYTES = 65_536

/** So many packets of one connection are handled in a turn of the event loop; then it is the others' turn. */
const PACKETS_PER_TURN = 512
/** Packets that take long, as a message to many stored queues does: this is the time of one connection in a turn. */
const QUANTUM_MS = 5
/** So many packets are handled from one look at that to the next; a power of two. */
const PACKETS_PER_LOOK = 8

/** How a connection ends. */
export interface Closing {
  reason: DisconnectReason
  /** For MQTT 5's DISCONNECT, where it differs from what the reason says. */
  reasonCode?: ReasonCode
  /** For MQTT 5's Reason String. */
  message?: string
  preventWill?: boolean
  cleanSession?: boolean
}

/** What a connection needs of its surroundings. */
export interface ConnectionEnvironment {
  readonly limits: Readonly<Limits>
  readonly clock: Clock
  readonly flushes: FlushQueue
  readonly memory: ByteBudget
  /** Hears of what the code behind a packet throws. */
  report(error: unknown): void
}

/** Whose connection it is, as the connection sees it. */
export interface ConnectionOwner {
  readonly version: ProtocolVersion
  /** Properties of a packet that says why, as far as the client wants to know. */
  reasonString(message: string | undefined): Properties
  /** The socket took what it was given. */
  onWritten(): void
  /** Reading paused because of a rate. */
  onThrottled(limit: RateLimit): void
  /** The connection closed. */
  end(closing: Closing): void
}

/** What a connection does with the packets it reads; see `handlers/`. */
export interface PacketHandlers<Owner extends ConnectionOwner> {
  /** @throws {PacketError} to refuse a packet by its fixed header. */
  checkHeader(connection: Connection<Owner>, firstByte: number, sizeBytes: number): void
  handle(connection: Connection<Owner>, firstByte: number, bytes: Buffer, start: number, end: number): void
  /** A connection ends before it was connected, because of what a packet held or a handler threw. */
  failed(connection: Connection<Owner>, error: unknown): void
}

/** Why reading is paused: a set of bits, since several reasons can hold at once. */
export const PAUSE = { AUTHENTICATING: 1, THROUGHPUT: 2, IN_FLIGHT: 4, OUTPUT: 8, TURN: 16, FILTERS: 32 } as const

/** One transport connection: bytes in, packets to their handlers, packets out, and its end. */
export class Connection<Owner extends ConnectionOwner> implements FrameSink, Flushable, AcceptedConnection {
  readonly transport: TransportInfo
  /** Where what waits for this connection is counted. */
  readonly memory: BudgetShare
  readonly output: Output
  /** There after a successful CONNECT. */
  client: Owner | undefined
  state: 'awaiting-connect' | 'authenticating' | 'connected' | 'closed' = 'awaiting-connect'
  /** When the bytes that are being handled arrived. */
  nowMs: number
  readonly #environment: ConnectionEnvironment
  readonly #stream: Duplex
  readonly #handlers: PacketHandlers<Owner>
  readonly #reader = new FrameReader(this)
  readonly #throughput: TokenBucket | undefined
  /** As {@link nowMs}, by the monotonic clock: a keep-alive is not longer because the clock was put back. */
  #readAtMs: number
  #lastPacketAtMs: number
  /** Packets since the clock was read. */
  #packets = 0
  #paused = 0
  #isFlushPlanned = false
  readonly #timers = new Set<() => void>()
  readonly #cancelConnectTimeout: () => void

  constructor(
    environment: ConnectionEnvironment,
    stream: Duplex,
    transport: TransportInfo,
    handlers: PacketHandlers<Owner>,
  ) {
    const { inboundBytesPerSecond, connectTimeoutMs, outboundBufferBytes } = environment.limits
    this.#environment = environment
    this.transport = transport
    this.memory = new BudgetShare(environment.memory)
    this.output = new Output(stream, this.memory, outboundBufferBytes, () => this.#attempt(() => this.#onWritten()))
    this.nowMs = environment.clock.now()
    this.#readAtMs = environment.clock.monotonicMs()
    this.#lastPacketAtMs = this.#readAtMs
    this.#stream = stream
    this.#handlers = handlers
    this.#throughput = rateLimit(inboundBytesPerSecond, this.nowMs)
    stream.on('data', (chunk: Buffer) => this.#onData(chunk))
    stream.on('end', () => this.close({ reason: 'CONNECTION_LOST' }))
    stream.on('error', () => this.close({ reason: 'CONNECTION_LOST' }))
    stream.on('close', () => {
      this.close({ reason: 'CONNECTION_LOST' })
      this.output.end()
    })
    this.#cancelConnectTimeout = this.after(connectTimeoutMs, () => this.close({ reason: 'CLIENT_ERROR' }))
  }

  disconnect(options: DisconnectOptions = {}): void {
    this.close({ ...options, reason: options.reason ?? 'API_INITIATED_DISCONNECT' })
  }

  /** A timer that ends with the connection; the returned function cancels it before. */
  after(delayMs: number, callback: () => void): () => void {
    if (!Number.isFinite(delayMs)) return () => {}
    const cancelTimer = this.#environment.clock.after(delayMs, () => {
      this.#timers.delete(cancel)
      callback()
    })
    const cancel = () => {
      this.#timers.delete(cancel)
      cancelTimer()
    }
    this.#timers.add(cancel)
    return cancel
  }

  /** CONNECT was accepted. */
  connected(client: Owner, keepAliveSeconds: number): void {
    this.client = client
    this.state = 'connected'
    this.#cancelConnectTimeout()
    this.#watchKeepAlive(keepAliveSeconds)
  }

  /** [MQTT-3.1.2-22]: without a complete packet for one and a half times the keep-alive, the client is gone. */
  #watchKeepAlive(keepAliveSeconds: number): void {
    if (keepAliveSeconds === 0) return
    const limitMs = keepAliveSeconds * 1500
    const check = () => {
      const idleMs = this.#environment.clock.monotonicMs() - this.#lastPacketAtMs
      if ((this.#paused & ~(PAUSE.OUTPUT | PAUSE.TURN)) !== 0)
        this.after(limitMs, check) // it is not the client that is slow
      else if (idleMs < limitMs) this.after(limitMs - idleMs, check)
      else this.close({ reason: 'MQTT_KEEP_ALIVE_TIMEOUT' })
    }
    this.after(limitMs, check)
  }

  checkHeader(firstByte: number, sizeBytes: number): void {
    this.#handlers.checkHeader(this, firstByte, sizeBytes)
  }

  frame(firstByte: number, bytes: Buffer, start: number, end: number): boolean {
    this.#lastPacketAtMs = this.#readAtMs
    this.#handlers.handle(this, firstByte, bytes, start, end)
    this.#packets++
    if (this.#isTurnOver) this.#yield()
    return this.#paused === 0 && this.state !== 'closed'
  }

  get #isTurnOver(): boolean {
    if (this.#packets === PACKETS_PER_TURN) return true
    if (this.#packets % PACKETS_PER_LOOK !== 0) return false
    return this.#environment.clock.monotonicMs() - this.#readAtMs >= QUANTUM_MS
  }

  /** Reads no further packet for that time. */
  pauseFor(reason: number, waitMs: number): void {
    if (waitMs === 0 || (this.#paused & reason) !== 0) return
    this.pause(reason)
    this.after(waitMs, () => this.resume(reason))
  }

  /** Reads no further packet until every reason to pause is gone. */
  pause(reason: number): void {
    if (this.state === 'closed') return // then everything is read, and thrown away
    this.#paused |= reason
    this.#stream.pause()
  }

  resume(reason: number): void {
    if ((this.#paused & reason) === 0) return
    this.#paused &= ~reason
    if (this.#paused !== 0 || this.state === 'closed') return
    this.#readClock()
    this.#attempt(() => this.#reader.resume())
    if (this.#paused === 0) this.#stream.resume()
  }

  /** Sends a packet at the end of the turn. */
  send(bytes: Buffer): void {
    this.output.push(bytes)
    this.wrote()
  }

  /** To be called after writing to {@link output}. */
  wrote(): void {
    if (this.state === 'closed') this.output.discard()
    else if (!this.#isFlushPlanned) this.#planFlush()
    else if (this.output.bytes >= EARLY_FLUSH_BYTES && !this.#environment.flushes.isHeld) {
      if (this.#environment.flushes.commit()) this.#write()
      else this.abort()
    }
  }

  flush(): void {
    this.#isFlushPlanned = false
    this.#write()
  }

  abort(): void {
    this.#isFlushPlanned = false
    this.output.clear()
    this.close({ reason: 'SERVER_ERROR' })
  }

  /** Ends the connection because of what a handler threw. */
  fail(error: unknown): void {
    if (this.state === 'awaiting-connect' || this.state === 'authenticating') this.#handlers.failed(this, error)
    if (!(error instanceof PacketError)) {
      this.#environment.report(error)
      this.close({ reason: 'SERVER_ERROR' })
      return
    }
    if (error instanceof UnsupportedVersionError) this.#refuseVersion(error.level)
    else if (error instanceof ConnectError && error.protocolVersion === 5) {
      this.send(encodeConnack(5, false, error.reasonCode))
    }
    this.close({ reason: 'CLIENT_ERROR', reasonCode: error.reasonCode, message: error.message })
  }

  /** Says why, if there is a client and a way to say it; the rest of its output goes out before. */
  close(closing: Closing): void {
    if (this.state === 'closed') return
    this.state = 'closed'
    for (const cancel of [...this.#timers]) cancel()
    const code = closing.reasonCode ?? disconnectCode(closing.reason)
    if (code !== undefined && this.client?.version === 5) {
      this.output.push(encodeDisconnect(code, this.client.reasonString(closing.message)))
    }
    if (this.#environment.flushes.commit()) this.output.flush()
    else this.output.clear()
    this.#endStream()
    this.client?.end(closing)
  }

  /** Closes at once, whether or not the peer takes what it was sent. */
  destroy(): void {
    this.#stream.destroy()
  }

  #planFlush(): void {
    this.#isFlushPlanned = true
    this.#environment.flushes.add(this)
  }

  #write(): void {
    const { output } = this
    const wasWaiting = output.isWaiting
    output.flush()
    if (this.state === 'closed') this.#endOutput()
    else if (this.#isFlooded) this.pause(PAUSE.OUTPUT)
    if (wasWaiting && !output.isWaiting) this.#attempt(() => this.#onWritten())
  }

  /** Messages stop at the limit, so that what is beyond it are answers to a client that does not read them. */
  get #isFlooded(): boolean {
    const { output } = this
    const { outboundBufferBytes } = this.#environment.limits
    return output.backlogBytes > 2 * outboundBufferBytes || (output.isStalled && !output.hasRoom)
  }

  #onWritten(): void {
    // At the end of the turn, as all that is written: it may acknowledge what is not durable yet.
    if (this.output.isWaiting && !this.#isFlushPlanned) this.#planFlush()
    if (this.#paused & PAUSE.OUTPUT && !this.#isFlooded) this.resume(PAUSE.OUTPUT)
    this.client?.onWritten()
  }

  #refuseVersion(level: number): void {
    if (level > 5) this.send(encodeConnack(5, false, REASON.UNSUPPORTED_PROTOCOL_VERSION))
    else this.send(encodeConnack(4, false, RETURN_CODE.UNACCEPTABLE_PROTOCOL_VERSION)) // [MQTT-3.1.2-2]
  }

  /** What the peer still sends is read and thrown away: a reset would take from it what it was told last. */
  #endStream(): void {
    const cancel = this.#environment.clock.after(this.#environment.limits.closeTimeoutMs, () => this.destroy())
    this.#stream.once('close', cancel)
    this.#endOutput()
    this.#stream.resume()
  }

  /** Ends the stream's writable side, once it was given everything. */
  #endOutput(): void {
    if (!this.output.isWaiting) this.#stream.end()
  }

  #onData(chunk: Buffer): void {
    if (this.state === 'closed') return
    this.#readClock()
    if (this.#throughput) this.#limitThroughput(this.#throughput, chunk.length)
    this.#attempt(() => this.#reader.push(chunk))
  }

  /** Goes on in the next turn, after what others have sent meanwhile. */
  #yield(): void {
    this.pause(PAUSE.TURN)
    setImmediate(() => this.resume(PAUSE.TURN))
  }

  #readClock(): void {
    const { clock } = this.#environment
    this.#packets = 0
    this.nowMs = clock.now()
    this.#readAtMs = clock.monotonicMs()
  }

  /** What the code behind a packet, or behind the end of a write, throws ends this connection and nothing else. */
  #attempt(work: () => void): void {
    try {
      work()
    } catch (error) {
      this.fail(error)
    }
  }

  #limitThroughput(bucket: TokenBucket, bytes: number): void {
    bucket.take(this.nowMs, bytes)
    const waitMs = bucket.waitMs(this.nowMs)
    if (waitMs > 0) this.client?.onThrottled('inboundBytesPerSecond')
    this.pauseFor(PAUSE.THROUGHPUT, waitMs)
  }
}
