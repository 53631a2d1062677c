const FIRST_CHUNK_BYTES = 64 * 1024
const CHUNK_BYTES = 1024 * 1024
/** Chunks kept for reuse. A full ring frees as many as it fills, so a few are enough to allocate no more. */
const MAX_SPARE = 4

interface Chunk {
  readonly bytes: Uint8Array<ArrayBuffer>
  usedBytes: number
}

/**
 * Payload bytes in the order in which they came, in large chunks that are used again when all that is in them has aged
 * out: a stream that is full allocates nothing more. A payload lies whole in one chunk.
 */
export class PayloadStore {
  #chunks: Chunk[] = []
  #spare: Chunk[] = []
  /** Number of `#chunks[0]`. */
  #firstChunk = 0
  /** Where the payload last stored begins in its chunk. */
  lastOffset = 0

  /** Bytes allocated, in use or spare. */
  get allocatedBytes(): number {
    return [...this.#chunks, ...this.#spare].reduce((sum, { bytes }) => sum + bytes.length, 0)
  }

  /** Answers the number of the chunk; the place in it is `lastOffset`. */
  store(payload: Uint8Array): number {
    let chunk = this.#chunks.at(-1)
    if (!chunk || chunk.usedBytes + payload.length > chunk.bytes.length) chunk = this.#add(payload.length)
    chunk.bytes.set(payload, chunk.usedBytes)
    this.lastOffset = chunk.usedBytes
    chunk.usedBytes += payload.length
    return this.#firstChunk + this.#chunks.length - 1
  }

  /** The chunk of that number, whole. */
  bytesOf(chunk: number): Uint8Array<ArrayBuffer> {
    return this.#chunks[chunk - this.#firstChunk]?.bytes ?? NOTHING
  }

  /** Nothing before `chunk` is needed any more. */
  releaseBefore(chunk: number): void {
    while (this.#firstChunk < chunk && this.#chunks.length > 1) this.#release()
  }

  #release(): void {
    const chunk = this.#chunks.shift()
    this.#firstChunk += 1
    if (chunk?.bytes.length !== CHUNK_BYTES || this.#spare.length >= MAX_SPARE) return
    chunk.usedBytes = 0
    this.#spare.push(chunk)
  }

  #add(leastBytes: number): Chunk {
    const isFirst = this.#chunks.length === 0 && this.#firstChunk === 0
    const size = Math.max(leastBytes, isFirst ? FIRST_CHUNK_BYTES : CHUNK_BYTES)
    const spare = size === CHUNK_BYTES ? this.#spare.pop() : undefined
    const chunk = spare ?? { bytes: new Uint8Array(size), usedBytes: 0 }
    this.#chunks.push(chunk)
    return chunk
  }
}

const NOTHING = new Uint8Array()
