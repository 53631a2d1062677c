import type { Writable } from 'node:stream'
import type { PublishFrame } from './codec/publish.ts'

/**
 * What goes to one connection within a turn of the event loop, written at its end as one piece.
 *
 * Packets are kept as ranges of the buffers they are in, which many connections share, and copied once, when the size
 * of the whole is known. Ranges that follow each other in one buffer become one: a subscriber that gets everything a
 * publisher sent gets it as the piece it came in. Packet identifiers differ from connection to connection, so they are
 * noted beside and put into the copy.
 */
export class Output {
  readonly #stream: Writable
  readonly #onWritten: () => void
  #buffers: Buffer[] = []
  #starts: number[] = []
  #ends: number[] = []
  /** Position in the whole, and identifier, by turns. */
  #packetIds: number[] = []
  #bytes = 0

  /** `onWritten`: called after each {@link flush}, when the stream has passed on what it was given. */
  constructor(stream: Writable, onWritten: () => void) {
    this.#stream = stream
    this.#onWritten = onWritten
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
    const last = this.#buffers.length - 1
    if (last >= 0 && this.#buffers[last] === bytes && this.#ends[last] === start) this.#ends[last] = end
    else {
      this.#buffers.push(bytes)
      this.#starts.push(start)
      this.#ends.push(end)
    }
    this.#bytes += end - start
  }

  pushPublish(frame: PublishFrame, packetId: number): void {
    if (frame.packetIdOffset > 0) this.#packetIds.push(this.#bytes + frame.packetIdOffset, packetId)
    this.push(frame.bytes, frame.start, frame.end)
  }

  flush(): void {
    if (this.#bytes === 0) return
    const whole = this.#join()
    this.clear()
    this.#stream.write(whole, this.#onWritten)
  }

  clear(): void {
    this.#buffers = []
    this.#starts = []
    this.#ends = []
    this.#packetIds = []
    this.#bytes = 0
  }

  #join(): Buffer {
    const [first] = this.#buffers
    if (first && this.#buffers.length === 1 && this.#packetIds.length === 0) {
      return first.subarray(this.#starts[0], this.#ends[0])
    }
    const whole = Buffer.allocUnsafe(this.#bytes)
    let at = 0
    for (const [index, buffer] of this.#buffers.entries()) {
      at += buffer.copy(whole, at, this.#starts[index], this.#ends[index])
    }
    const packetIds = this.#packetIds
    for (let index = 0; index < packetIds.length; index += 2) {
      const position = packetIds[index] ?? 0
      const packetId = packetIds[index + 1] ?? 0
      whole[position] = packetId >> 8
      whole[position + 1] = packetId & 0xff
    }
    return whole
  }
}
