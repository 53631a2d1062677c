import type { Writable } from 'node:stream'
import type { PublishFrame } from './codec/publish.ts'

/** Ranges of buffers before the last one, and packet identifiers after the first one. */
interface More {
  buffers: Buffer[]
  starts: number[]
  ends: number[]
  /** Position in the whole, and identifier, by turns. */
  packetIds: number[]
}

const NOTHING = Buffer.alloc(0)

/**
 * What goes to one connection within a turn of the event loop, written at its end as one piece.
 *
 * Packets are kept as ranges of the buffers they are in, which many connections share, and copied once, when the size
 * of the whole is known. Ranges that follow each other in one buffer become one: a subscriber that gets everything a
 * publisher sent gets it as the piece it came in. Packet identifiers differ from connection to connection, so they are
 * noted beside and put into the copy. One range with one identifier, which is what a connection without a burst has,
 * needs no lists.
 */
export class Output {
  readonly #stream: Writable
  readonly #onWritten: (() => void) | undefined
  #buffer: Buffer = NOTHING
  #start = 0
  #end = 0
  /** Position in the whole of the first packet identifier, 0 for none. */
  #packetIdAt = 0
  #packetId = 0
  #more: More | undefined
  #bytes = 0

  /**
   * `onWritten`: called when the stream has passed on what it was given, if that was more than `noticeBytes`; it may
   * be called for less, too.
   */
  constructor(stream: Writable, noticeBytes: number, onWritten: () => void) {
    this.#stream = stream
    // What holds more than its high-water mark tells so. To hear of each write costs a tick for each.
    if (noticeBytes >= stream.writableHighWaterMark) stream.on('drain', onWritten)
    else this.#onWritten = onWritten
  }

  /** Bytes that wait for {@link flush}. */
  get bytes(): number {
    return this.#bytes
  }

  /** Bytes that the peer's slowness keeps here. */
  get backlogBytes(): number {
    return this.#bytes + this.#stream.writableLength
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

  flush(): void {
    if (this.#bytes === 0) return
    const whole = this.#join()
    this.clear()
    if (this.#onWritten) this.#stream.write(whole, this.#onWritten)
    else this.#stream.write(whole)
  }

  clear(): void {
    this.#buffer = NOTHING
    this.#start = 0
    this.#end = 0
    this.#packetIdAt = 0
    this.#more = undefined
    this.#bytes = 0
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

function putPacketId(bytes: Buffer, position: number, packetId: number): void {
  bytes[position] = packetId >> 8
  bytes[position + 1] = packetId & 0xff
}
