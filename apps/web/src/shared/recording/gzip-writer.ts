const BATCH_CHARACTERS = 64 * 1024
const ENCODER = new TextEncoder()

/** Collects lines into a gzip file, as parts of a Blob, which a browser may hold on disk. */
export class GzipWriter {
  readonly #writer: WritableStreamDefaultWriter<BufferSource>
  readonly #reading: Promise<void>
  #parts: BlobPart[] = []
  #recent: Uint8Array<ArrayBuffer>[] = []
  #recentBytes = 0
  #batch = ''
  #fileBytes = 0

  constructor() {
    const gzip = new CompressionStream('gzip')
    this.#writer = gzip.writable.getWriter()
    this.#reading = this.#read(gzip.readable.getReader())
  }

  /** Compressed so far; what is under way comes later. */
  get fileBytes(): number {
    return this.#fileBytes
  }

  /** Without waiting: what the compressor has not taken yet waits in memory. */
  line(text: string): void {
    this.#batch += `${text}\n`
    if (this.#batch.length >= BATCH_CHARACTERS) this.#flush()
  }

  /** Lines that are bytes already, each with its end. */
  write(bytes: Uint8Array<ArrayBuffer>): void {
    this.#flush()
    this.#take(bytes)
  }

  /** Until the compressor has taken all, for writers that could run ahead of it. */
  async drained(): Promise<void> {
    this.#flush()
    await this.#writer.ready
  }

  async finish(): Promise<Blob> {
    this.#flush()
    await this.#writer.close()
    await this.#reading
    return new Blob([...this.#parts, ...this.#recent], { type: 'application/gzip' })
  }

  async abort(): Promise<void> {
    await this.#writer.abort().catch(() => {})
    await this.#reading.catch(() => {})
    this.#parts = []
    this.#recent = []
  }

  #flush(): void {
    if (this.#batch === '') return
    this.#take(ENCODER.encode(this.#batch))
    this.#batch = ''
  }

  #take(bytes: Uint8Array<ArrayBuffer>): void {
    // A failure is heard at `finish`, by which the reading side has failed too.
    this.#writer.write(bytes).catch(() => {})
  }

  async #read(reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>): Promise<void> {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      this.#recent.push(value)
      this.#recentBytes += value.length
      this.#fileBytes += value.length
      if (this.#recentBytes < 4 * 1024 * 1024) continue
      this.#parts.push(new Blob(this.#recent))
      this.#recent = []
      this.#recentBytes = 0
    }
  }
}
