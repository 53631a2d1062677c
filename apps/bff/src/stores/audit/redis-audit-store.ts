import { AuditEntry, type AuditPage, type AuditQuery } from '@thingdeck/contract'
import Value from 'typebox/value'
import type { Redis } from '../redis.ts'
import { matchesQuery, parseEntryId } from './audit-query.ts'
import type { AuditStore, NewAuditEntry } from './audit-store.ts'
import { inTodaysWords } from './earlier-entry.ts'

/** Entries that are read at once, and for one page at the most: a rare one is searched over several pages. */
const CHUNK = 500
const MOST_READ = 10_000
const FIELD = 'entry'

/** The trail in a stream of Redis, which every console behind the same Redis adds to and reads. Ids are the stream's. */
export class RedisAuditStore implements AuditStore {
  readonly #redis: Redis
  readonly #key: string
  readonly #keeps: number

  /** @param keeps about so many entries: Redis lets go of them by the block */
  constructor(redis: Redis, keeps: number) {
    this.#redis = redis
    this.#key = redis.key('audit')
    this.#keeps = keeps
  }

  async add(entry: NewAuditEntry): Promise<AuditEntry> {
    const fields = { [FIELD]: JSON.stringify(entry) }
    const trim = { strategy: 'MAXLEN', strategyModifier: '~', threshold: this.#keeps } as const
    const id = await this.#redis.ask((client) => client.xAdd(this.#key, '*', fields, { TRIM: trim }))
    return { id, time: timeOf(id), ...entry }
  }

  async page(query: AuditQuery, cursor: string | undefined, limit: number): Promise<AuditPage> {
    const oldest = query.from === undefined ? '-' : String(Date.parse(query.from))
    const entries: AuditEntry[] = []
    let before = cursor ?? (query.to === undefined ? undefined : `${Date.parse(query.to)}-0`)
    for (let read = 0; ; ) {
      const end = before === undefined ? '+' : `(${before}`
      const chunk =
        (await this.#redis.ask((client) => client.xRevRange(this.#key, end, oldest, { COUNT: CHUNK }))) ?? []
      for (const { id, message } of chunk) {
        before = id
        const entry = parseEntry(id, message[FIELD])
        if (entry && matchesQuery(entry, query)) entries.push(entry)
        if (entries.length === limit) return this.#page(entries, before)
      }
      read += chunk.length
      if (chunk.length < CHUNK) return this.#page(entries, undefined)
      if (read >= MOST_READ) return this.#page(entries, before)
    }
  }

  #page(entries: AuditEntry[], nextCursor: string | undefined): AuditPage {
    return { entries, ...(nextCursor !== undefined && { nextCursor }), store: 'redis', keeps: this.#keeps }
  }

  async close(): Promise<void> {}
}

const timeOf = (id: string): string => new Date(parseEntryId(id)?.ms ?? 0).toISOString()

function parseEntry(id: string, text: string | undefined): AuditEntry | undefined {
  try {
    const entry = inTodaysWords({ ...JSON.parse(text ?? ''), id, time: timeOf(id) })
    // Written by a release that says more, or by other hands.
    return Value.Check(AuditEntry, entry) ? entry : undefined
  } catch {
    return undefined
  }
}
