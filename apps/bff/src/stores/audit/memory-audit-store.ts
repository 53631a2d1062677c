import { AuditEntry, type AuditPage, type AuditQuery } from '@thingdeck/contract'
import Value from 'typebox/value'
import { compareEntryIds, matchesQuery, parseEntryId } from './audit-query.ts'
import { type AuditStore, isRefused, keepsRefused, type NewAuditEntry } from './audit-store.ts'
import { chained, chainOf, type Heads } from './chain.ts'
import { type Kept, newestFirst, Ring } from './ring.ts'

export interface MemoryAuditOptions {
  /** Entries of what was done, at the most. */
  readonly keeps: number
  /** Bytes of JSON at the most: large changes make fewer entries. */
  readonly keepsBytes?: number
  readonly nowMs?: () => number
}

const KEEPS_BYTES = 128 * 1024 * 1024

/** The trail in the memory of this process: it ends with it. */
export class MemoryAuditStore implements AuditStore {
  readonly #keeps: number
  readonly #nowMs: () => number
  readonly #done: Ring
  readonly #refused: Ring
  #last = { ms: 0, number: 0 }
  #heads: Heads = {}

  constructor({ keeps, keepsBytes = KEEPS_BYTES, nowMs = Date.now }: MemoryAuditOptions) {
    this.#keeps = keeps
    this.#nowMs = nowMs
    this.#done = new Ring(keeps, keepsBytes)
    this.#refused = new Ring(keepsRefused(keeps), keepsRefused(keepsBytes))
  }

  async add(entry: NewAuditEntry): Promise<AuditEntry> {
    const placed = this.place(entry)
    this.keep(placed)
    return placed
  }

  /** Gives an entry its id and time, later than every one before, even when the clock was put back, and its hash. */
  place(entry: NewAuditEntry): AuditEntry {
    const nowMs = this.#nowMs()
    const { ms, number } = this.#last
    this.#last = nowMs > ms ? { ms: nowMs, number: 0 } : { ms, number: number + 1 }
    const id = `${this.#last.ms}-${this.#last.number}`
    const placed = chained({ ...entry, id, time: new Date(this.#last.ms).toISOString() }, this.#heads)
    this.#heads = placed.heads
    return placed.entry
  }

  /** Takes an entry that has its place already, the latest of all. */
  keep(entry: AuditEntry, sizeBytes: number = Buffer.byteLength(JSON.stringify(entry))): void {
    const id = parseEntryId(entry.id)
    if (!id || !Value.Check(AuditEntry, entry)) {
      this.keepUnreadable(sizeBytes)
      return
    }
    if (id.ms > this.#last.ms || (id.ms === this.#last.ms && id.number > this.#last.number)) this.#last = id
    if (entry.chain) this.#heads = { ...this.#heads, [chainOf(entry)]: entry.chain.hash }
    this.#ringOf(entry).push({ id: entry.id, entry, sizeBytes })
  }

  /** Something is stored behind the latest entry that is none. */
  keepUnreadable(sizeBytes: number): void {
    this.#done.push({ id: `${this.#last.ms}-${this.#last.number}`, entry: undefined, sizeBytes })
  }

  #ringOf(entry: AuditEntry): Ring {
    return isRefused(entry) ? this.#refused : this.#done
  }

  async page(query: AuditQuery, cursor: string | undefined, limit: number): Promise<AuditPage> {
    const entries: AuditEntry[] = []
    let unreadable = 0
    let nextCursor: string | undefined
    for (const { entry } of this.#before(cursor)) {
      if (entries.length === limit) {
        nextCursor = entries.at(-1)?.id
        break
      }
      if (!entry) unreadable += 1
      else if (matchesQuery(entry, query)) entries.push(entry)
    }
    return {
      entries,
      ...(nextCursor !== undefined && { nextCursor }),
      store: 'memory',
      keeps: this.#keeps,
      ...(unreadable > 0 && { unreadable }),
    }
  }

  *#before(cursor: string | undefined): Generator<Kept> {
    for (const kept of newestFirst(this.#done, this.#refused)) {
      if (cursor === undefined || compareEntryIds(kept.id, cursor) < 0) yield kept
    }
  }

  async *stored(): AsyncGenerator<unknown> {
    for (const ring of [this.#done, this.#refused]) for (const { entry } of ring.oldestFirst()) yield entry
  }

  async heads(): Promise<Heads> {
    return this.#heads
  }

  async close(): Promise<void> {}
}
