import type { RecordingBatch } from './recording-file.ts'
import { readStoredRecording, removeStoredRecording, takeRecording } from './recording-store.ts'
import { MemoryTarget, type RecordingTarget } from './recording-target.ts'

/** What the worker that writes a recording is asked. */
export type FileRequest =
  | { readonly kind: 'begin'; readonly owner: string; readonly id: string }
  | { readonly kind: 'append'; readonly batch: RecordingBatch }
  | { readonly kind: 'close'; readonly endLine?: Uint8Array<ArrayBuffer> }

/** One for each request, in order. After a failure nothing more is written: what was before it is good. */
export type FileAnswer =
  | { readonly kind: 'done'; readonly fileBytes: number }
  | { readonly kind: 'failed'; readonly reason: string; readonly isFull: boolean }

/** A recording may not fill the machine: it then ends, and says so. */
const MAX_FILE_BYTES = 1024 * 1024 * 1024
/** Lines that the disk has not taken yet, in bytes. */
const MAX_WAITING_BYTES = 256 * 1024 * 1024

interface Waiting {
  readonly request: FileRequest
  readonly resolve: () => void
}

/**
 * Keeps a recording in the browser's own storage, where it outlives a reload, a crash and the end of the session. When
 * that takes no more, the recording goes on in memory from the very line that did not fit.
 */
export class StoredTarget implements RecordingTarget {
  readonly #owner: string
  readonly #id: string
  readonly #worker: Worker
  readonly #taken: Promise<() => void>
  #waiting: Waiting[] = []
  #waitingBytes = 0
  #fileBytes = 0
  #isBegun = false
  #lastAsked: Promise<void> = Promise.resolve()
  #rest: MemoryTarget | undefined

  constructor(owner: string, id: string) {
    this.#owner = owner
    this.#id = id
    this.#worker = new Worker(new URL('./recording.worker.ts', import.meta.url), { type: 'module', name: 'recording' })
    this.#worker.onmessage = ({ data }: MessageEvent<FileAnswer>) => this.#answered(data)
    this.#worker.onerror = () => this.#failed('its writer could not be started')
    this.#taken = takeRecording(id)
    this.#taken.catch(() => this.#failed('another tab holds it'))
    void this.#ask({ kind: 'begin', owner, id })
  }

  get fileBytes(): number {
    return this.#fileBytes + (this.#rest?.fileBytes ?? 0)
  }

  get isFullBecause(): string | undefined {
    if (this.fileBytes >= MAX_FILE_BYTES) return 'The recording reached 1 GB.'
    if (this.#waitingBytes >= MAX_WAITING_BYTES) return "The browser's storage did not keep up with the messages."
    return this.#rest?.isFullBecause
  }

  get isNotStoredBecause(): string | undefined {
    return this.#rest?.isNotStoredBecause
  }

  append(batch: RecordingBatch): void {
    if (this.#rest) {
      this.#rest.append(batch)
      return
    }
    this.#waitingBytes += batch.bytes.length
    void this.#ask({ kind: 'append', batch })
  }

  async finish(endLine: Uint8Array<ArrayBuffer>): Promise<Blob> {
    await this.#close(endLine) // after a failure the line is not written, and goes to the rest
    const stored = this.#isBegun ? [await readStoredRecording(this.#owner, this.#id)] : []
    const rest = this.#rest ? [await this.#rest.finish(endLine)] : []
    return new Blob([...stored, ...rest], { type: 'application/gzip' })
  }

  async settled(): Promise<void> {
    await this.#lastAsked
  }

  abandon(): void {
    void this.#close().then(async () => (await this.#taken)())
  }

  async discard(): Promise<void> {
    await this.#close()
    await this.#rest?.discard()
    await removeStoredRecording(this.#owner, this.#id)
    ;(await this.#taken)()
  }

  async #close(endLine?: Uint8Array<ArrayBuffer>): Promise<void> {
    if (!this.#rest) await this.#ask({ kind: 'close', ...(endLine && { endLine }) })
    this.#worker.terminate()
  }

  /** Resolves once it is answered, or never will be. */
  #ask(request: FileRequest): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#lastAsked = promise
    this.#waiting.push({ request, resolve })
    void this.#taken.then(
      () => this.#worker.postMessage(request),
      () => {}, // heard by the constructor
    )
    return promise
  }

  #answered(answer: FileAnswer): void {
    const [first] = this.#waiting
    if (!first) return
    if (answer.kind === 'failed') {
      this.#failed(answer.isFull ? 'there is no room left' : answer.reason)
      return
    }
    this.#waiting.shift()
    if (first.request.kind === 'begin') this.#isBegun = true
    if (first.request.kind === 'append') this.#waitingBytes -= first.request.batch.bytes.length
    this.#fileBytes = answer.fileBytes
    first.resolve()
  }

  /** What was not taken goes to memory, in its order, and so does all that comes. */
  #failed(reason: string): void {
    if (this.#rest) return
    this.#worker.terminate()
    this.#rest = new MemoryTarget(`The browser's storage takes no more of it: ${reason}.`)
    const waiting = this.#waiting
    this.#waiting = []
    this.#waitingBytes = 0
    for (const { request, resolve } of waiting) {
      if (request.kind === 'append') this.#rest.append(request.batch)
      resolve()
    }
  }
}
