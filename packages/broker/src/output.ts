import type { Writable } from 'node:stream'
import { type BudgetShare, ENTRY_BYTES } from './byte-budget.ts'
import type { PublishFrame } from './codec/publish.ts'
import type { KeptFrame } from './delivery.ts'
import { ownCopy } from './own-message.ts'

/** Ranges of buffers before the last one, and packet identifiers after the first one. */
interface More {
  buffers: Buffer[]
  starts: number[]
  ends: number[]
  /** Position in the whole, and identifier, by turns. */
  packetIds: number[]
}

/** What waits for the stream: bytes of this connection's own, or a message that others may wait with, too. */
type Waiting = Buffer | { kept: KeptFrame; packetId: number }

const NOTHING = Buffer.alloc(0)

/** A stream that holds more than this is given nothing further: what it holds are copies for one peer alone. */
const STREAM_BYTES = 262_144

/** With less in the stream, what is written is soon gone. */
const SMALL_BACKLOG_BYTES = 4096

/** What waits is written in pieces of about this size. */
const PIECE_BYTES = 65_536

/**
 * What goes to one connection within a turn of the event loop, written at its end as one piece.
 *
 * Packets are kept as ranges of the buffers they are in, which many connections share, and copied once, when the size
 * of the whole is known. Ranges that follow each other in one buffer become one: a subscriber that gets everything a
 * publisher sent gets it as the piece it came in. Packet identifiers differ from connection to connection, so they are
 * noted beside and put into the copy. One range with one identifier, which is what a connection without a burst has,
 * needs no lists.
 *
 * A peer that does not read gets no copies: what is beyond {@link STREAM_BYTES} waits here, messages as bytes that all
 * who wait with them share, until the stream took what it has.
 */
export class Output {
  readonly #stream: Writable
  readonly #share: BudgetShare
  readonly #onWritten: (() => void) | undefined
  #buffer: Buffer = NOTHING
  #start = 0
  #end = 0
  /** Position in the whole of the first packet identifier, 0 for none. */
  #packetIdAt = 0
  #packetId = 0
  #more: More | undefined
  #bytes = 0
  #waiting: Waiting[] = []
  #waitingHead = 0
  #waitingBytes = 0
  /** What the stream holds, as far as it was counted: until it says that it holds nothing. */
  #countedStreamBytes = 0

  /**
   * `onWritten`: called when the stream has passed on what it was given, if that was more than `noticeBytes`; it may
   * be called for less, too. `share`: where what the peer's slowness keeps is counted.
   */
  constructor(stream: Writable, share: BudgetShare, noticeBytes: number, onWritten: () => void) {
    this.#stream = stream
    this.#share = share
    // What holds more than its high-water mark tells so. To hear of each write costs a tick for each.
    stream.on('drain', () => {
      this.#countStream(0)
      onWritten()
    })
    if (noticeBytes < stream.writableHighWaterMark) this.#onWritten = onWritten
  }

  /** Bytes that wait for the end of the turn. */
  get bytes(): number {
    return this.#bytes
  }

  /** Bytes that the peer's slowness keeps here. */
  get backlogBytes(): number {
    return this.#bytes + this.#waitingBytes + this.#stream.writableLength
  }

  /** Whether something waits for the stream to take what it was given. */
  get isWaiting(): boolean {
    return this.#waitingBytes > 0
  }

  /** Whether a message has to wait, and so should be given to {@link keep}. */
  get isStalled(): boolean {
    return this.#waitingBytes > 0 || this.#isStreamFull
  }

  /** Whether another message may wait, as far as memory goes. */
  get hasRoom(): boolean {
    return this.#share.hasRoom
  }

  push(bytes: Buffer, start = 0, end = bytes.length): void {
    if (this.#buffer === bytes && this.#end === start) this.#end = end
    else {
      if (this.#bytes > 0) this.#setAside()
      this.#buffer = bytes
      this.#start = start
      this.#end = end
    }
    this.#bytes += end - start
  }

  pushPublish(frame: PublishFrame, packetId: number): void {
    if (frame.packetIdOffset > 0) this.#note(this.#bytes + frame.packetIdOffset, packetId)
    this.push(frame.bytes, frame.start, frame.end)
  }

  /** Lets a message wait for the stream, behind all that was pushed so far. */
  keep(kept: KeptFrame, packetId: number): void {
    if (this.#bytes > 0) this.#keepTurn()
    this.#share.take(kept)
    this.#waiting.push({ kept, packetId })
    this.#waitingBytes += kept.sizeBytes
  }

  /** Writes all that the stream should take; the rest waits for it. */
  flush(): void {
    if (this.#stream.destroyed) {
      this.clear()
      return
    }
    if (this.#bytes > 0) {
      if (this.isStalled) this.#keepTurn()
      else this.#write(this.#takeTurn())
    }
    while (this.#waitingBytes > 0 && !this.#isStreamFull) this.#write(this.#nextPiece())
  }

  /** Forgets what was pushed in this turn. */
  discard(): void {
    this.#buffer = NOTHING
    this.#start = 0
    this.#end = 0
    this.#packetIdAt = 0
    this.#more = undefined
    this.#bytes = 0
  }

  /** Forgets everything that the stream was not given. */
  clear(): void {
    this.discard()
    while (this.#waitingHead < this.#waiting.length) this.#shift()
  }

  /** The stream is gone, with all it held. */
  end(): void {
    this.clear()
    this.#countStream(0)
  }

  get #isStreamFull(): boolean {
    const { writableLength } = this.#stream
    if (writableLength === 0 || !this.#stream.writableNeedDrain) return false // no drain would tell
    return writableLength > STREAM_BYTES || !this.#share.hasRoom
  }

  #write(whole: Buffer): void {
    const stream = this.#stream
    const bytes = stream.writableLength > SMALL_BACKLOG_BYTES ? withoutRest(whole) : whole
    if (this.#onWritten) stream.write(bytes, this.#onWritten)
    else stream.write(bytes)
    if (stream.writableNeedDrain) this.#countStream(stream.writableLength)
  }

  #countStream(bytes: number): void {
    if (bytes === this.#countedStreamBytes) return
    this.#share.add(bytes - this.#countedStreamBytes)
    this.#countedStreamBytes = bytes
  }

  #keepTurn(): void {
    const bytes = withoutRest(this.#takeTurn())
    this.#share.add(bytes.length + ENTRY_BYTES)
    this.#waiting.push(bytes)
    this.#waitingBytes += bytes.length
  }

  #shift(): Waiting | undefined {
    const next = this.#waiting[this.#waitingHead++]
    if (next) {
      const bytes = Buffer.isBuffer(next) ? next.length : next.kept.sizeBytes
      this.#waitingBytes -= bytes
      if (Buffer.isBuffer(next)) this.#share.add(-(bytes + ENTRY_BYTES))
      else this.#share.release(next.kept)
    }
    if (this.#waitingHead === this.#waiting.length) {
      this.#waiting = []
      this.#waitingHead = 0
    } else if (this.#waitingHead > 1024 && this.#waitingHead * 2 > this.#waiting.length) {
      this.#waiting = this.#waiting.slice(this.#waitingHead)
      this.#waitingHead = 0
    }
    return next
  }

  /** The next ones that wait, joined by the means that join a turn's, of which nothing may be there. */
  #nextPiece(): Buffer {
    while (this.#waitingBytes > 0 && this.#bytes < PIECE_BYTES) {
      const next = this.#shift()
      if (!next) break
      if (Buffer.isBuffer(next)) this.push(next)
      else this.pushPublish(next.kept.frame, next.packetId)
    }
    return this.#takeTurn()
  }

  #setAside(): void {
    const more = this.#list()
    more.buffers.push(this.#buffer)
    more.starts.push(this.#start)
    more.ends.push(this.#end)
  }

  #note(position: number, packetId: number): void {
    if (this.#packetIdAt > 0) this.#list().packetIds.push(position, packetId)
    else {
      this.#packetIdAt = position
      this.#packetId = packetId
    }
  }

  #list(): More {
    this.#more ??= { buffers: [], starts: [], ends: [], packetIds: [] }
    return this.#more
  }

  #takeTurn(): Buffer {
    const whole = this.#join()
    this.discard()
    return whole
  }

  #join(): Buffer {
    if (!this.#more && this.#packetIdAt === 0) return this.#buffer.subarray(this.#start, this.#end)
    const whole = Buffer.allocUnsafe(this.#bytes)
    let at = 0
    if (this.#more) {
      const { buffers, starts, ends } = this.#more
      for (let index = 0; index < buffers.length; index++) {
        at += buffers[index]?.copy(whole, at, starts[index], ends[index]) ?? 0
      }
    }
    this.#buffer.copy(whole, at, this.#start, this.#end)
    if (this.#packetIdAt > 0) putPacketId(whole, this.#packetIdAt, this.#packetId)
    if (this.#more) {
      const { packetIds } = this.#more
      for (let index = 0; index < packetIds.length; index += 2) {
        putPacketId(whole, packetIds[index] ?? 0, packetIds[index + 1] ?? 0)
      }
    }
    return whole
  }
}

/** What was pushed may be a view on all that was read with it, which it must not keep in memory. */
function withoutRest(bytes: Buffer): Buffer {
  return bytes.length * 2 < bytes.buffer.byteLength ? ownCopy(bytes) : bytes
}

function putPacketId(bytes: Buffer, position: number, packetId: number): void {
  bytes[position] = packetId >> 8
  bytes[position + 1] = packetId & 0xff
}
