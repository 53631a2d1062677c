import type { AuditEntry, AuditPage, AuditQuery } from '@thingdeck/contract'
import { compareEntryIds, matchesQuery, parseEntryId } from './audit-query.ts'
import type { AuditStore, NewAuditEntry } from './audit-store.ts'

export interface MemoryAuditOptions {
  /** Entries at the most. */
  readonly keeps: number
  /** Bytes of JSON at the most: large changes make fewer entries. */
  readonly keepsBytes?: number
  readonly nowMs?: () => number
}

const KEEPS_BYTES = 128 * 1024 * 1024

interface Kept {
  readonly entry: AuditEntry
  readonly sizeBytes: number
}

/** The trail in the memory of this process: it ends with it. */
export class MemoryAuditStore implements AuditStore {
  readonly #keeps: number
  readonly #keepsBytes: number
  readonly #nowMs: () => number
  readonly #kept: Kept[] = []
  /** Those before it are let go of; the array is cut when they are many. */
  #first = 0
  #bytes = 0
  #last = { ms: 0, number: 0 }

  constructor({ keeps, keepsBytes = KEEPS_BYTES, nowMs = Date.now }: MemoryAuditOptions) {
    this.#keeps = keeps
    this.#keepsBytes = keepsBytes
    this.#nowMs = nowMs
  }

  async add(entry: NewAuditEntry): Promise<AuditEntry> {
    const placed = this.place(entry)
    this.keep(placed)
    return placed
  }

  /** Gives an entry its id and time, later than every one before, even when the clock was put back. */
  place(entry: NewAuditEntry): AuditEntry {
    const nowMs = this.#nowMs()
    const { ms, number } = this.#last
    this.#last = nowMs > ms ? { ms: nowMs, number: 0 } : { ms, number: number + 1 }
    return {
      id: `${this.#last.ms}-${this.#last.number}`,
      time: new Date(this.#last.ms).toISOString(),
      ...entry,
    }
  }

  /** Takes an entry that has its place already, the latest of all. */
  keep(entry: AuditEntry, sizeBytes: number = Buffer.byteLength(JSON.stringify(entry))): void {
    const id = parseEntryId(entry.id)
    if (id && (id.ms > this.#last.ms || (id.ms === this.#last.ms && id.number > this.#last.number))) this.#last = id
    this.#kept.push({ entry, sizeBytes })
    this.#bytes += sizeBytes
    while (this.#kept.length - this.#first > this.#keeps || this.#bytes > this.#keepsBytes) {
      this.#bytes -= this.#kept[this.#first]?.sizeBytes ?? 0
      this.#first += 1
    }
    if (this.#first > 1_000 && this.#first > this.#kept.length / 2) {
      this.#kept.splice(0, this.#first)
      this.#first = 0
    }
  }

  async page(query: AuditQuery, cursor: string | undefined, limit: number): Promise<AuditPage> {
    const entries: AuditEntry[] = []
    let index = this.#kept.length - 1
    for (; index >= this.#first && entries.length < limit; index -= 1) {
      const entry = this.#kept[index]?.entry
      if (!entry || (cursor !== undefined && compareEntryIds(entry.id, cursor) >= 0)) continue
      if (matchesQuery(entry, query)) entries.push(entry)
    }
    const last = entries.at(-1)
    const isMore = index >= this.#first && last !== undefined
    return { entries, ...(isMore && { nextCursor: last.id }), store: 'memory', keeps: this.#keeps }
  }

  async close(): Promise<void> {}
}
