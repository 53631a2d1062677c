import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { AuditEntry, type AuditPage, type AuditQuery } from '@thingdeck/contract'
import Value from 'typebox/value'
import { AuditFile } from './audit-file.ts'
import { type AuditStore, isRefused, type NewAuditEntry } from './audit-store.ts'
import type { Heads } from './chain.ts'
import { inTodaysWords } from './earlier-entry.ts'
import { MemoryAuditStore } from './memory-audit-store.ts'

export interface FileAuditOptions {
  /** Of what was done; what was refused is in `PATH.refused`. */
  readonly path: string
  /** Entries that can be read through the console; the files may hold more. */
  readonly keeps: number
  /** When a file has grown to this, it becomes `PATH.1`, in place of the one before. */
  readonly rotateBytes?: number
  /** Told of lines of a file that are no entries. */
  readonly onUnreadable: (file: string, lines: number) => void
}

const ROTATE_BYTES = 32 * 1024 * 1024

/**
 * The trail in files of JSON lines: what was added outlives the process, however it ends. For one process alone;
 * several share a Redis.
 */
export class FileAuditStore implements AuditStore {
  readonly #memory: MemoryAuditStore
  readonly #done: AuditFile
  readonly #refused: AuditFile

  private constructor(memory: MemoryAuditStore, done: AuditFile, refused: AuditFile) {
    this.#memory = memory
    this.#done = done
    this.#refused = refused
  }

  /** @throws of the file system: no permission, a folder in its place, … */
  static async open({ path, keeps, rotateBytes = ROTATE_BYTES, onUnreadable }: FileAuditOptions) {
    await mkdir(dirname(path), { recursive: true })
    const done = await AuditFile.open(path, rotateBytes)
    const refused = await AuditFile.open(`${path}.refused`, rotateBytes)
    const store = new FileAuditStore(new MemoryAuditStore({ keeps }), done, refused)
    for (const [file, lines] of await store.#load()) onUnreadable(file, lines)
    return store
  }

  /** @returns the lines of each file that are no entries */
  async #load(): Promise<ReadonlyMap<string, number>> {
    const unreadable = new Map<string, number>()
    for (const each of [this.#done, this.#refused]) {
      for await (const { file, line } of each.lines()) {
        const [entry, sizeBytes] = [parseLine(line), Buffer.byteLength(line)]
        if (Value.Check(AuditEntry, entry)) this.#memory.keep(entry, sizeBytes)
        else {
          this.#memory.keepUnreadable(sizeBytes)
          unreadable.set(file, (unreadable.get(file) ?? 0) + 1)
        }
      }
    }
    return unreadable
  }

  /** An entry that cannot be written is thrown about, and can be read all the same until the process ends. */
  async add(entry: NewAuditEntry): Promise<AuditEntry> {
    const placed = this.#memory.place(entry)
    const line = JSON.stringify(placed)
    this.#memory.keep(placed, Buffer.byteLength(line))
    await (isRefused(placed) ? this.#refused : this.#done).append(line)
    return placed
  }

  async page(query: AuditQuery, cursor: string | undefined, limit: number): Promise<AuditPage> {
    return { ...(await this.#memory.page(query, cursor, limit)), store: 'file' }
  }

  async *stored(): AsyncGenerator<unknown> {
    for (const file of [this.#done, this.#refused]) for await (const { line } of file.lines()) yield parseLine(line)
  }

  heads(): Promise<Heads> {
    return this.#memory.heads()
  }

  async close(): Promise<void> {
    await Promise.all([this.#done.close(), this.#refused.close()])
  }
}

/** @returns what is no entry as it is */
function parseLine(line: string): unknown {
  try {
    const stored: unknown = JSON.parse(line)
    return typeof stored === 'object' && stored !== null ? inTodaysWords(stored) : stored
  } catch {
    return line
  }
}
