import { GzipWriter } from '../../../../shared/recording/gzip-writer.ts'
import type { RecordingBatch } from './recording-file.ts'

/** Where the lines of a recording go while it is made. */
export interface RecordingTarget {
  /** Without waiting. */
  append(batch: RecordingBatch): void
  /** Compressed so far; what is under way comes later. */
  readonly fileBytes: number
  /** It takes no more, and why. */
  readonly isFullBecause: string | undefined
  /** Why what comes now would be lost with this tab; undefined while it outlives it. */
  readonly isNotStoredBecause: string | undefined
  /** The recording as one file, with this as its last line. */
  finish(endLine: Uint8Array<ArrayBuffer>): Promise<Blob>
  /** Resolves when all that was appended so far is where it is kept. */
  settled(): Promise<void>
  /** Nobody goes on with it: what is stored stays, and is offered as interrupted. */
  abandon(): void
  discard(): Promise<void>
}

/** In bytes, compressed. */
const MAX_MEMORY_BYTES = 256 * 1024 * 1024

/** Keeps a recording in this tab alone. */
export class MemoryTarget implements RecordingTarget {
  readonly isNotStoredBecause: string
  readonly #writer = new GzipWriter()

  /** @param why a sentence: why it is not stored */
  constructor(why: string) {
    this.isNotStoredBecause = why
  }

  get fileBytes(): number {
    return this.#writer.fileBytes
  }

  get isFullBecause(): string | undefined {
    return this.fileBytes < MAX_MEMORY_BYTES ? undefined : 'The recording reached 256 MB of memory.'
  }

  append({ bytes }: RecordingBatch): void {
    this.#writer.write(bytes)
  }

  async finish(endLine: Uint8Array<ArrayBuffer>): Promise<Blob> {
    this.#writer.write(endLine)
    return await this.#writer.finish()
  }

  async settled(): Promise<void> {}

  abandon(): void {
    void this.#writer.abort()
  }

  async discard(): Promise<void> {
    await this.#writer.abort()
  }
}
