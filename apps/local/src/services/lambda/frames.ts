// What the server and the process of a function say to each other: a line of JSON, and behind it as many bytes as the
// line says. Payloads pass as they are, and are read as JSON in the process of the function alone.

const NEWLINE = 10

/** A line that is longer is none of ours. */
const MAX_HEAD_BYTES = 64 * 1024

export interface Frame<Head> {
  readonly head: Head
  readonly body: Buffer
}

/** @param head whatever JSON has; `bytes` is added */
export function encodeFrame(head: object, body: Uint8Array = Buffer.alloc(0)): Buffer {
  return Buffer.concat([Buffer.from(`${JSON.stringify({ ...head, bytes: body.length })}\n`), body])
}

/** Puts frames together from the pieces in which they come. */
export class FrameReader<Head> {
  readonly #maxBodyBytes: number
  #pieces: Buffer[] = []
  #length = 0
  #head: (Head & { readonly bytes: number }) | undefined

  constructor(maxBodyBytes: number) {
    this.#maxBodyBytes = maxBodyBytes
  }

  /**
   * @returns the frames that are complete with this piece
   * @throws {Error} for what is no frame, or too large a one: the other end is not what it should be
   */
  read(piece: Buffer): Frame<Head>[] {
    this.#pieces.push(piece)
    this.#length += piece.length
    const frames: Frame<Head>[] = []
    for (;;) {
      if (!this.#head && !this.#readHead()) return frames
      const head = this.#head
      if (!head || this.#length < head.bytes) return frames
      frames.push({ head, body: this.#take(head.bytes) })
      this.#head = undefined
    }
  }

  #readHead(): boolean {
    let end = -1
    let before = 0
    for (const piece of this.#pieces) {
      const at = piece.indexOf(NEWLINE)
      if (at >= 0) {
        end = before + at
        break
      }
      before += piece.length
    }
    if (end < 0) {
      if (this.#length > MAX_HEAD_BYTES) throw new Error('a line of the process of a function has no end')
      return false
    }
    const head = JSON.parse(this.#take(end + 1).toString()) // written by encodeFrame at the other end
    if (!Number.isSafeInteger(head?.bytes) || head.bytes < 0 || head.bytes > this.#maxBodyBytes) {
      throw new Error(`the process of a function sent ${head?.bytes} bytes at once`)
    }
    this.#head = head
    return true
  }

  #take(length: number): Buffer {
    const whole = this.#pieces.length === 1 ? this.#pieces[0] : Buffer.concat(this.#pieces)
    const taken = whole?.subarray(0, length) ?? Buffer.alloc(0)
    const rest = whole?.subarray(length) ?? Buffer.alloc(0)
    this.#pieces = rest.length > 0 ? [rest] : []
    this.#length = rest.length
    return taken
  }
}
