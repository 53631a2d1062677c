import { malformed } from './codec/byte-reader.ts'

/** What is done with the packets that a {@link FrameReader} cuts out of a stream. */
export interface FrameSink {
  /**
   * Judges a packet by its fixed header, before its body was read.
   * @throws {PacketError} to refuse it.
   */
  checkHeader(firstByte: number, sizeBytes: number): void
  /** A whole packet; its body lies from `start` to `end`. False stops reading until {@link FrameReader.resume}. */
  frame(firstByte: number, bytes: Buffer, start: number, end: number): boolean
}

const NOTHING = Buffer.alloc(0)

/**
 * Cuts a stream of chunks into packets. It copies only a packet that spans chunks, once, whatever their number; a peer
 * that sends byte by byte costs no more than one that does not.
 */
export class FrameReader {
  readonly #sink: FrameSink
  /** Chunks of a packet that is not complete yet. */
  #pending: Buffer[] = []
  #pendingBytes = 0
  /** As many bytes make the next step possible: the whole packet, or one more byte of its header. */
  #neededBytes = 0
  #stopped = false

  constructor(sink: FrameSink) {
    this.#sink = sink
  }

  /** @throws {PacketError} for a packet that may not be. The reader is of no use afterwards. */
  push(chunk: Buffer): void {
    if (this.#pendingBytes === 0 && !this.#stopped) {
      this.#read(chunk)
      return
    }
    this.#pending.push(chunk)
    this.#pendingBytes += chunk.length
    if (!this.#stopped && this.#pendingBytes >= this.#neededBytes) this.#read(this.#takePending())
  }

  /** Goes on after the sink stopped it. */
  resume(): void {
    this.#stopped = false
    if (this.#pendingBytes > 0) this.#read(this.#takePending())
  }

  #takePending(): Buffer {
    const [only = NOTHING] = this.#pending
    const bytes = this.#pending.length === 1 ? only : Buffer.concat(this.#pending, this.#pendingBytes)
    this.#pending = []
    this.#pendingBytes = 0
    return bytes
  }

  #read(bytes: Buffer): void {
    const available = bytes.length
    let at = 0
    while (at < available) {
      const firstByte = bytes[at] ?? 0
      let bodyLength = 0
      let start = at + 1
      for (let shift = 0; ; shift += 7) {
        const byte = bytes[start++]
        if (byte === undefined) {
          this.#keep(bytes, at, available - at + 1)
          return
        }
        bodyLength |= (byte & 0x7f) << shift
        if (byte < 0x80) {
          if (byte === 0 && shift > 0) throw malformed('The remaining length is longer than needed') // [MQTT-1.5.5-1]
          break
        }
        if (shift === 21) throw malformed('The remaining length has more than four bytes')
      }
      const end = start + bodyLength
      this.#sink.checkHeader(firstByte, end - at)
      if (end > available) {
        this.#keep(bytes, at, end - at)
        return
      }
      at = end
      if (!this.#sink.frame(firstByte, bytes, start, end)) {
        this.#stopped = true
        this.#keep(bytes, at, 0)
        return
      }
    }
  }

  #keep(bytes: Buffer, at: number, neededBytes: number): void {
    if (at < bytes.length) this.#pending.unshift(bytes.subarray(at))
    this.#pendingBytes += bytes.length - at
    this.#neededBytes = neededBytes
  }
}
