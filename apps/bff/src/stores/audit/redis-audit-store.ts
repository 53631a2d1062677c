import { AuditEntry, type AuditPage, type AuditQuery } from '@thingdeck/contract'
import Value from 'typebox/value'
import type { Redis } from '../redis.ts'
import { matchesQuery, parseEntryId } from './audit-query.ts'
import { type AuditStore, isRefused, keepsRefused, type NewAuditEntry } from './audit-store.ts'
import { chained, type Heads } from './chain.ts'
import { inTodaysWords } from './earlier-entry.ts'

/** Entries that are read at once, and for one page at the most: a rare one is searched over several pages. */
const CHUNK = 500
const MOST_READ = 10_000
const FIELD = 'entry'
/** Entries that are added at once: those that came while the ones before were on their way. */
const MOST_ADDED = 100

/**
 * Adds entries behind the latest of the stream, if that is still the one that their hashes were made behind: another
 * console may have been faster. Answers what is the latest otherwise.
 * KEYS: the stream, the heads of its chains, the ids of what was refused, oldest first.
 * ARGV: the latest id that is known, how many entries are kept in all, and of those refused; the heads afterwards
 * (two hashes, or nothing); then of each entry its id, its text, and `1` where it was refused.
 */
const ADD = `
local latest = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)[1]
local id = latest and latest[1] or '0-0'
local head = redis.call('HMGET', KEYS[2], 'done', 'refused', 'id')
if head[3] and id == '0-0' then id = head[3] end
if id ~= ARGV[1] then return { id, head[1] or '', head[2] or '' } end
for index = 6, #ARGV, 3 do
  redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[2], ARGV[index], '${FIELD}', ARGV[index + 1])
  if ARGV[index + 2] == '1' then redis.call('RPUSH', KEYS[3], ARGV[index]) end
  id = ARGV[index]
end
redis.call('HSET', KEYS[2], 'id', id)
if ARGV[4] ~= '' then redis.call('HSET', KEYS[2], 'done', ARGV[4]) end
if ARGV[5] ~= '' then redis.call('HSET', KEYS[2], 'refused', ARGV[5]) end
local over = redis.call('LLEN', KEYS[3]) - tonumber(ARGV[3])
if over > 0 then
  for _, old in ipairs(redis.call('LPOP', KEYS[3], over)) do redis.call('XDEL', KEYS[1], old) end
end
return {}`

interface Latest {
  readonly id: string
  readonly heads: Heads
}

interface Waiting {
  readonly entry: NewAuditEntry
  readonly added: PromiseWithResolvers<AuditEntry>
}

/** The trail in a stream of Redis, which every console behind the same Redis adds to and reads. */
export class RedisAuditStore implements AuditStore {
  readonly #redis: Redis
  readonly #key: string
  readonly #keys: string[]
  readonly #keeps: number
  #latest: Latest = { id: '0-0', heads: {} }
  #waiting: Waiting[] = []
  #isAdding = false

  /** @param keeps about so many entries: Redis lets go of them by the block */
  constructor(redis: Redis, keeps: number) {
    this.#redis = redis
    this.#key = redis.key('audit')
    this.#keys = [this.#key, redis.key('audit', 'heads'), redis.key('audit', 'refused')]
    this.#keeps = keeps
  }

  add(entry: NewAuditEntry): Promise<AuditEntry> {
    const added = Promise.withResolvers<AuditEntry>()
    this.#waiting.push({ entry, added })
    if (!this.#isAdding) void this.#addWaiting()
    return added.promise
  }

  /** One after the other, as each needs the hash of the one before; all that came meanwhile at once. */
  async #addWaiting(): Promise<void> {
    this.#isAdding = true
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, MOST_ADDED)
      try {
        const entries = await this.#addAll(batch.map(({ entry }) => entry))
        for (const [index, entry] of entries.entries()) batch[index]?.added.resolve(entry)
      } catch (error) {
        for (const { added } of batch) added.reject(error)
      }
    }
    this.#isAdding = false
  }

  async #addAll(batch: readonly NewAuditEntry[]): Promise<readonly AuditEntry[]> {
    for (;;) {
      const { entries, latest } = placedBehind(this.#latest, batch)
      const bounds = [this.#keeps + keepsRefused(this.#keeps), keepsRefused(this.#keeps)]
      const heads = [latest.heads.done ?? '', latest.heads.refused ?? '']
      const texts = entries.flatMap((entry) => [entry.id, JSON.stringify(entry), isRefused(entry) ? '1' : '0'])
      const args = [this.#latest.id, ...bounds.map(String), ...heads, ...texts]
      const answer = await this.#redis.ask((client) => client.eval(ADD, { keys: this.#keys, arguments: args }))
      const [id, done, refused] = answer as string[] // as the script ends
      if (id === undefined) {
        this.#latest = latest
        return entries
      }
      this.#latest = { id, heads: { ...(done && { done }), ...(refused && { refused }) } }
    }
  }

  async page(query: AuditQuery, cursor: string | undefined, limit: number): Promise<AuditPage> {
    const oldest = query.from === undefined ? '-' : String(Date.parse(query.from))
    const entries: AuditEntry[] = []
    let unreadable = 0
    let before = cursor ?? (query.to === undefined ? undefined : `${Date.parse(query.to)}-0`)
    const page = (nextCursor: string | undefined): AuditPage => ({
      entries,
      ...(nextCursor !== undefined && { nextCursor }),
      store: 'redis',
      keeps: this.#keeps,
      ...(unreadable > 0 && { unreadable }),
    })
    for (let read = 0; ; ) {
      const end = before === undefined ? '+' : `(${before}`
      const chunk =
        (await this.#redis.ask((client) => client.xRevRange(this.#key, end, oldest, { COUNT: CHUNK }))) ?? []
      for (const { id, message } of chunk) {
        before = id
        const entry = parseEntry(id, message[FIELD])
        if (!Value.Check(AuditEntry, entry)) unreadable += 1
        else if (matchesQuery(entry, query)) entries.push(entry)
        if (entries.length === limit) return page(before)
      }
      read += chunk.length
      if (chunk.length < CHUNK) return page(undefined)
      if (read >= MOST_READ) return page(before)
    }
  }

  async *stored(): AsyncGenerator<unknown> {
    let after = '-'
    for (;;) {
      const start = after
      const chunk = (await this.#redis.ask((client) => client.xRange(this.#key, start, '+', { COUNT: CHUNK }))) ?? []
      for (const { id, message } of chunk) yield parseEntry(id, message[FIELD])
      const last = chunk.at(-1)
      if (last === undefined || chunk.length < CHUNK) return
      after = `(${last.id}`
    }
  }

  async heads(): Promise<Heads> {
    const [done, refused] = await this.#redis.ask((client) => client.hmGet(this.#keys[1] ?? '', ['done', 'refused']))
    return { ...(done && { done }), ...(refused && { refused }) }
  }

  async close(): Promise<void> {}
}

const timeOf = (ms: number): string => new Date(ms).toISOString()

/** Entries with ids behind the latest, even where the clock of this console is behind. */
function placedBehind(latest: Latest, batch: readonly NewAuditEntry[]) {
  let { ms, number } = parseEntryId(latest.id) ?? { ms: 0, number: 0 }
  let heads = latest.heads
  const entries = batch.map((entry) => {
    const nowMs = Date.now()
    ;({ ms, number } = nowMs > ms ? { ms: nowMs, number: 0 } : { ms, number: number + 1 })
    const placed = chained({ ...entry, id: `${ms}-${number}`, time: timeOf(ms) }, heads)
    heads = placed.heads
    return placed.entry
  })
  return { entries, latest: { id: `${ms}-${number}`, heads } }
}

/** @returns what is no entry as it is; the id of an entry is that of its place in the stream */
function parseEntry(id: string, text: string | undefined): unknown {
  try {
    const stored: unknown = JSON.parse(text ?? '')
    if (typeof stored !== 'object' || stored === null) return { id, stored }
    return inTodaysWords({ time: timeOf(parseEntryId(id)?.ms ?? 0), ...stored, id })
  } catch {
    return { id, text }
  }
}
