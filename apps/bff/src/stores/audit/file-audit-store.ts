import { appendFile, mkdir, open, readFile, rename, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { AuditEntry, type AuditPage, type AuditQuery } from '@thingdeck/contract'
import Value from 'typebox/value'
import type { AuditStore, NewAuditEntry } from './audit-store.ts'
import { inTodaysWords } from './earlier-entry.ts'
import { MemoryAuditStore } from './memory-audit-store.ts'

export interface FileAuditOptions {
  readonly path: string
  /** Entries that can be read through the console; the files may hold more. */
  readonly keeps: number
  /** When the file has grown to this, it becomes `PATH.1`, in place of the one before. */
  readonly rotateBytes?: number
  /** Told of lines of the file that are no entries. */
  readonly onUnreadable: (file: string, lines: number) => void
}

const ROTATE_BYTES = 32 * 1024 * 1024
/** Who else uses the machine need not read who did what. */
const MODE = 0o600

/**
 * The trail in a file of JSON lines: what was added outlives the process, however it ends. For one process alone;
 * several share a Redis.
 */
export class FileAuditStore implements AuditStore {
  readonly #options: FileAuditOptions
  readonly #rotateBytes: number
  readonly #memory: MemoryAuditStore
  #sizeBytes = 0
  /** One write after the other, in the order of the ids. */
  #writing: Promise<unknown> = Promise.resolve()

  private constructor(options: FileAuditOptions) {
    this.#options = options
    this.#rotateBytes = options.rotateBytes ?? ROTATE_BYTES
    this.#memory = new MemoryAuditStore({ keeps: options.keeps })
  }

  /** @throws of the file system: no permission, a folder in its place, … */
  static async open(options: FileAuditOptions): Promise<FileAuditStore> {
    const store = new FileAuditStore(options)
    await mkdir(dirname(options.path), { recursive: true })
    for (const path of [store.#olderPath, options.path]) await store.#load(path)
    await store.#endLastLine()
    return store
  }

  get #olderPath(): string {
    return `${this.#options.path}.1`
  }

  async #load(path: string): Promise<void> {
    const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return ''
      throw error
    })
    let unreadable = 0
    for (const line of text.split('\n')) {
      if (line === '') continue
      const entry = parseLine(line)
      if (entry) this.#memory.keep(entry, Buffer.byteLength(line))
      else unreadable += 1
    }
    if (unreadable > 0) this.#options.onUnreadable(path, unreadable)
  }

  /** A line that was cut off, as by a full disk, must not swallow the next. Finds out, too, that the file can be written. */
  async #endLastLine(): Promise<void> {
    const file = await open(this.#options.path, 'a+', MODE)
    try {
      const { size } = await file.stat()
      const { buffer } = await file.read(Buffer.alloc(1), 0, 1, Math.max(0, size - 1))
      if (size > 0 && buffer.toString() !== '\n') await file.appendFile('\n')
    } finally {
      await file.close()
    }
    this.#sizeBytes = (await stat(this.#options.path)).size
  }

  /** An entry that cannot be written is thrown about, and can be read all the same until the process ends. */
  async add(entry: NewAuditEntry): Promise<AuditEntry> {
    const placed = this.#memory.place(entry)
    const line = `${JSON.stringify(placed)}\n`
    const sizeBytes = Buffer.byteLength(line)
    this.#memory.keep(placed, sizeBytes)
    const written = this.#writing.then(() => this.#write(line, sizeBytes))
    this.#writing = written.catch(() => {}) // told to whoever added it
    await written
    return placed
  }

  async #write(line: string, sizeBytes: number): Promise<void> {
    if (this.#sizeBytes > 0 && this.#sizeBytes + sizeBytes > this.#rotateBytes) {
      await rename(this.#options.path, this.#olderPath)
      this.#sizeBytes = 0
    }
    await appendFile(this.#options.path, line, { mode: MODE })
    this.#sizeBytes += sizeBytes
  }

  async page(query: AuditQuery, cursor: string | undefined, limit: number): Promise<AuditPage> {
    return { ...(await this.#memory.page(query, cursor, limit)), store: 'file' }
  }

  async close(): Promise<void> {
    await this.#writing
  }
}

function parseLine(line: string): AuditEntry | undefined {
  try {
    const stored: unknown = JSON.parse(line)
    const value = typeof stored === 'object' && stored !== null ? inTodaysWords(stored) : stored
    return Value.Check(AuditEntry, value) ? value : undefined
  } catch {
    return undefined
  }
}
