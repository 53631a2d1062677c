import type { Database } from '../../foundation/database.ts'

export interface GroupRow {
  readonly id: number
  readonly name: string
  readonly created_ms: number
  readonly retention_days: number | null
  readonly tags: string
  /** Of the messages, with 26 for each event, as AWS reckons them. */
  readonly stored_bytes: number
}

export interface StreamRow {
  readonly id: number
  readonly group_id: number
  readonly name: string
  readonly created_ms: number
  readonly first_event_ms: number | null
  readonly last_event_ms: number | null
  readonly last_ingestion_ms: number | null
}

export interface EventRow {
  readonly id: number
  readonly stream_id: number
  readonly stream: string
  readonly at_ms: number
  readonly ingested_ms: number
  readonly message: string
}

/** Where an event stands among those of its group: by time, then by arrival. */
export interface EventPlace {
  readonly atMs: number
  readonly id: number
}

export interface EventQuery {
  readonly groupId: number
  /** Undefined: all of the group. */
  readonly streamIds: readonly number[] | undefined
  /** Both inclusive. */
  readonly fromMs: number
  readonly toMs: number
  /** Exclusive; the direction of reading leads away from it. */
  readonly after: EventPlace | undefined
  readonly isForward: boolean
  readonly count: number
  /** Of their messages; one event is read however large it is. */
  readonly maxBytes: number
}

const MIGRATIONS = [
  `CREATE TABLE log_groups (
     id INTEGER PRIMARY KEY AUTOINCREMENT,
     name TEXT NOT NULL UNIQUE,
     created_ms INTEGER NOT NULL,
     retention_days INTEGER,
     tags TEXT NOT NULL,
     stored_bytes INTEGER NOT NULL DEFAULT 0
   ) STRICT;
   CREATE TABLE log_streams (
     id INTEGER PRIMARY KEY AUTOINCREMENT,
     group_id INTEGER NOT NULL REFERENCES log_groups (id) ON DELETE CASCADE,
     name TEXT NOT NULL,
     created_ms INTEGER NOT NULL,
     first_event_ms INTEGER,
     last_event_ms INTEGER,
     last_ingestion_ms INTEGER,
     UNIQUE (group_id, name)
   ) STRICT;
   CREATE TABLE log_events (
     id INTEGER PRIMARY KEY AUTOINCREMENT,
     group_id INTEGER NOT NULL,
     stream_id INTEGER NOT NULL REFERENCES log_streams (id) ON DELETE CASCADE,
     at_ms INTEGER NOT NULL,
     ingested_ms INTEGER NOT NULL,
     message TEXT NOT NULL,
     bytes INTEGER NOT NULL
   ) STRICT;
   CREATE INDEX log_events_of_group ON log_events (group_id, at_ms, id);
   CREATE INDEX log_events_of_stream ON log_events (stream_id, at_ms, id);`,
]

/** Of one statement that takes old events away, so that nothing else waits long for it. */
const REMOVED_AT_ONCE = 1_000

/** The tables of log groups, their streams and events. Every rule is someone else's. */
export class LogTable {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
    database.migrate('cloudwatch-logs', MIGRATIONS)
  }

  transaction<T>(work: () => T): T {
    return this.#database.transaction(work)
  }

  group(name: string): GroupRow | undefined {
    return this.#database.get<GroupRow>('SELECT * FROM log_groups WHERE name = ?', name)
  }

  /** In the order of names behind one, those alone whose name begins with `prefix` or contains `part`. */
  groups(after: string, prefix: string, part: string, count: number): GroupRow[] {
    return this.#database.all<GroupRow>(
      `SELECT * FROM log_groups WHERE name > ? AND substr(name, 1, ?) = ? AND instr(name, ?) > 0
       ORDER BY name LIMIT ?`,
      after,
      prefix.length,
      prefix,
      part,
      count,
    )
  }

  insertGroup(name: string, createdAtMs: number, tags: Readonly<Record<string, string>>): void {
    this.#database.run(
      'INSERT INTO log_groups (name, created_ms, tags) VALUES (?, ?, ?)',
      name,
      createdAtMs,
      JSON.stringify(tags),
    )
  }

  setRetention(group: GroupRow, days: number | undefined): void {
    this.#database.run('UPDATE log_groups SET retention_days = ? WHERE id = ?', days ?? null, group.id)
  }

  setTags(group: GroupRow, tags: Readonly<Record<string, string>>): void {
    this.#database.run('UPDATE log_groups SET tags = ? WHERE id = ?', JSON.stringify(tags), group.id)
  }

  removeGroup(group: GroupRow): void {
    this.#database.run('DELETE FROM log_groups WHERE id = ?', group.id)
  }

  stream(group: GroupRow, name: string): StreamRow | undefined {
    return this.#database.get<StreamRow>('SELECT * FROM log_streams WHERE group_id = ? AND name = ?', group.id, name)
  }

  streamsByName(group: GroupRow, prefix: string, after: string | undefined, isForward: boolean, count: number) {
    const [comparison, order] = isForward ? ['>', 'ASC'] : ['<', 'DESC']
    return this.#database.all<StreamRow>(
      `SELECT * FROM log_streams WHERE group_id = ?1 AND substr(name, 1, ?2) = ?3
       AND (?4 IS NULL OR name ${comparison} ?4) ORDER BY name ${order} LIMIT ?5`,
      group.id,
      prefix.length,
      prefix,
      after ?? null,
      count,
    )
  }

  /** Streams without events count as older than all others. */
  streamsByTime(group: GroupRow, after: EventPlace | undefined, isForward: boolean, count: number) {
    const [comparison, order] = isForward ? ['>', 'ASC'] : ['<', 'DESC']
    return this.#database.all<StreamRow>(
      `SELECT * FROM log_streams WHERE group_id = ?1
       AND (?2 IS NULL OR (coalesce(last_event_ms, -1), id) ${comparison} (?2, ?3))
       ORDER BY coalesce(last_event_ms, -1) ${order}, id ${order} LIMIT ?4`,
      group.id,
      after?.atMs ?? null,
      after?.id ?? null,
      count,
    )
  }

  insertStream(group: GroupRow, name: string, createdAtMs: number): void {
    this.#database.run(
      'INSERT INTO log_streams (group_id, name, created_ms) VALUES (?, ?, ?)',
      group.id,
      name,
      createdAtMs,
    )
  }

  removeStream(stream: StreamRow): void {
    this.transaction(() => {
      const stored = this.#database.get<{ bytes: number | null }>(
        'SELECT sum(bytes) AS bytes FROM log_events WHERE stream_id = ?',
        stream.id,
      )
      this.#addBytes(stream.group_id, -(stored?.bytes ?? 0))
      this.#database.run('DELETE FROM log_streams WHERE id = ?', stream.id)
    })
  }

  insertEvents(
    stream: StreamRow,
    events: readonly { readonly timestamp: number; readonly message: string; readonly bytes: number }[],
    ingestedAtMs: number,
  ): void {
    let bytes = 0
    for (const event of events) {
      bytes += event.bytes
      this.#database.run(
        `INSERT INTO log_events (group_id, stream_id, at_ms, ingested_ms, message, bytes) VALUES (?, ?, ?, ?, ?, ?)`,
        stream.group_id,
        stream.id,
        event.timestamp,
        ingestedAtMs,
        event.message,
        event.bytes,
      )
    }
    const times = events.map(({ timestamp }) => timestamp)
    this.#database.run(
      `UPDATE log_streams SET first_event_ms = min(coalesce(first_event_ms, ?1), ?1),
       last_event_ms = max(coalesce(last_event_ms, ?2), ?2), last_ingestion_ms = ?3 WHERE id = ?4`,
      times[0] ?? ingestedAtMs,
      times.at(-1) ?? ingestedAtMs,
      ingestedAtMs,
      stream.id,
    )
    this.#addBytes(stream.group_id, bytes)
  }

  /** The index leads to where reading begins, so that a page far behind costs no more than the first. */
  events({ groupId, streamIds, fromMs, toMs, after, isForward, count, maxBytes }: EventQuery): EventRow[] {
    const [comparison, order, end, endMs] = isForward ? ['>', 'ASC', '<=', toMs] : ['<', 'DESC', '>=', fromMs]
    const edge = isForward ? { atMs: fromMs, id: 0 } : { atMs: toMs, id: Number.MAX_SAFE_INTEGER }
    const isWithin = after && (isForward ? after.atMs >= fromMs : after.atMs <= toMs)
    const start = isWithin ? after : edge
    const [only] = streamIds?.length === 1 ? streamIds : []
    const [column, value] = only === undefined ? ['group_id', groupId] : ['stream_id', only]
    const among = only === undefined && streamIds ? 'AND e.stream_id IN (SELECT value FROM json_each(?6))' : ''
    const where = `e.${column} = ?1 AND (e.at_ms, e.id) ${comparison} (?2, ?3) AND e.at_ms ${end} ?4 ${among}
       ORDER BY e.at_ms ${order}, e.id ${order} LIMIT ?5`
    const values = (limit: number) => [
      ...[value, start.atMs, start.id, endMs, limit],
      ...(among === '' ? [] : [JSON.stringify(streamIds)]),
    ]
    const sizes = this.#database.all<{ bytes: number }>(
      // Known without reading the message.
      `SELECT octet_length(e.message) AS bytes FROM log_events e WHERE ${where}`,
      ...values(count),
    )
    return this.#database.all<EventRow>(
      `SELECT e.id, e.stream_id, s.name AS stream, e.at_ms, e.ingested_ms, e.message
       FROM log_events e JOIN log_streams s ON s.id = e.stream_id WHERE ${where}`,
      ...values(fitting(sizes, maxBytes)),
    )
  }

  /** Takes away some of a group's events of before a time. @returns whether there may be more */
  removeBefore(group: GroupRow, beforeMs: number): boolean {
    return this.#remove(Number.POSITIVE_INFINITY, 'group_id = ? AND at_ms < ? ORDER BY at_ms, id', group.id, beforeMs)
  }

  /** Takes away some of the events that came first, whatever their group, until `bytes` are free. */
  removeOldest(bytes: number): boolean {
    return this.#remove(bytes, '1 ORDER BY id')
  }

  /** Of all groups. */
  storedBytes(): number {
    return this.#database.get<{ bytes: number | null }>('SELECT sum(stored_bytes) AS bytes FROM log_groups')?.bytes ?? 0
  }

  #remove(bytes: number, where: string, ...values: readonly number[]): boolean {
    return this.transaction(() => {
      const rows = this.#database.all<{ id: number; group_id: number; bytes: number }>(
        `SELECT id, group_id, bytes FROM log_events WHERE ${where} LIMIT ${REMOVED_AT_ONCE}`,
        ...values,
      )
      let freed = 0
      for (const row of rows) {
        if (freed >= bytes) return false
        this.#database.run('DELETE FROM log_events WHERE id = ?', row.id)
        this.#addBytes(row.group_id, -row.bytes)
        freed += row.bytes
      }
      return rows.length === REMOVED_AT_ONCE
    })
  }

  #addBytes(groupId: number, bytes: number): void {
    this.#database.run('UPDATE log_groups SET stored_bytes = stored_bytes + ? WHERE id = ?', bytes, groupId)
  }
}

/** How many of the first fit, at least one. */
function fitting(sizes: readonly { readonly bytes: number }[], maxBytes: number): number {
  let bytes = 0
  const end = sizes.findIndex((size) => {
    bytes += size.bytes
    return bytes > maxBytes
  })
  return end < 0 ? sizes.length : Math.max(1, end)
}
