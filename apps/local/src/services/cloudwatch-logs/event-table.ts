import type { Database } from '../../foundation/database.ts'
import type { EventPlace, StreamRow } from './log-schema.ts'

export interface NewEvent {
  readonly timestamp: number
  readonly message: string
  readonly bytes: number
}

export interface EventRow {
  readonly at_ms: number
  readonly seq: number
  readonly stream_id: number
  readonly ingested_ms: number
  readonly message: string
}

export interface EventQuery {
  /** Of a group, or of one stream. */
  readonly of: { readonly groupId: number } | { readonly streamId: number }
  /** Of a group: those streams alone are meant. */
  readonly isStreamMeant?: ((streamId: number) => boolean) | undefined
  /** Those alone are read that hold this text, or a backslash, with which JSON may spell it otherwise. */
  readonly literal?: string | undefined
  /** Both inclusive. */
  readonly fromMs: number
  readonly toMs: number
  /** Exclusive; the direction of reading leads away from it. */
  readonly after: EventPlace | undefined
  readonly isForward: boolean
  /** How many events are looked at, whatever their stream. */
  readonly count: number
  /** Of the messages that are read; one is read however large it is. */
  readonly maxBytes: number
}

/** Some events that follow each other. */
export interface EventWindow {
  readonly rows: readonly EventRow[]
  /** Of all streams. 0: nothing is left in this direction. */
  readonly examined: number
  /** Where the next one goes on. */
  readonly end: EventPlace | undefined
}

interface Glance {
  readonly at_ms: number
  readonly seq: number
  readonly stream_id: number
  readonly size: number
}

interface Sized {
  readonly at_ms: number
  readonly seq: number
  readonly group_id: number
  readonly stream_id: number
  readonly bytes: number
}

/** Of one statement that takes events away, so that nothing else waits long for it. */
const REMOVED_AT_ONCE = 1_000

/** The table of log events. Every rule is someone else's. */
export class EventTable {
  readonly #database: Database
  #seq = 0
  #storedBytes = 0

  constructor(database: Database) {
    this.#database = database
    this.reload()
  }

  /** To be called when the tables were changed by somebody else. */
  reload(): void {
    const last = this.#database.get<{ last: number }>('SELECT last FROM log_sequence')?.last ?? 0
    this.#seq = Math.max(this.#seq, last) // tokens from before a reset must lead nowhere, not to something else
    this.#storedBytes =
      this.#sum('SELECT sum(stored_bytes) AS bytes FROM log_streams') +
      this.#sum('SELECT sum(bytes) AS bytes FROM log_removals')
  }

  /** Of all that is in the table, what was deleted and is not removed yet included. */
  get storedBytes(): number {
    return this.#storedBytes
  }

  insert(stream: StreamRow, events: readonly NewEvent[], ingestedAtMs: number): void {
    let [bytes, first, last] = [0, Number.MAX_SAFE_INTEGER, 0]
    let seq = this.#seq
    this.#database.transaction(() => {
      for (const event of events) {
        bytes += event.bytes
        first = Math.min(first, event.timestamp)
        last = Math.max(last, event.timestamp)
        seq += 1
        this.#database.run(
          `INSERT INTO log_events (group_id, at_ms, seq, stream_id, ingested_ms, message, bytes)
           VALUES (?, ?, ?, ?, ?, ?, ?)`,
          stream.group_id,
          event.timestamp,
          seq,
          stream.id,
          ingestedAtMs,
          event.message,
          event.bytes,
        )
      }
      this.#database.run('INSERT OR REPLACE INTO log_sequence VALUES (1, ?)', seq)
      this.#database.run(
        `UPDATE log_streams SET first_event_ms = min(coalesce(first_event_ms, ?1), ?1),
         last_event_ms = max(coalesce(last_event_ms, ?2), ?2), last_ingestion_ms = ?3, stored_bytes = stored_bytes + ?4
         WHERE id = ?5`,
        first,
        last,
        ingestedAtMs,
        bytes,
        stream.id,
      )
      this.#database.run('UPDATE log_groups SET stored_bytes = stored_bytes + ? WHERE id = ?', bytes, stream.group_id)
    })
    this.#seq = seq
    this.#storedBytes += bytes
  }

  /** Looks at some events, first without their messages: the index leads to where that begins, however far behind. */
  window(query: EventQuery): EventWindow {
    const { fromMs, toMs, after, isForward, count, maxBytes, isStreamMeant, literal } = query
    const [comparison, order, end, endMs] = isForward ? ['>', 'ASC', '<=', toMs] : ['<', 'DESC', '>=', fromMs]
    const edge = isForward ? { atMs: fromMs, seq: 0 } : { atMs: toMs, seq: Number.MAX_SAFE_INTEGER }
    const isWithin = after && (isForward ? after.atMs >= fromMs : after.atMs <= toMs)
    const start = isWithin ? after : edge
    const [column, value] = 'groupId' in query.of ? ['group_id', query.of.groupId] : ['stream_id', query.of.streamId]
    const found = this.#database.all<Glance>(
      // The size is known without reading the message.
      `SELECT at_ms, seq, stream_id, octet_length(message) AS size FROM log_events
       WHERE ${column} = ? AND (at_ms, seq) ${comparison} (?, ?) AND at_ms ${end} ?
       ORDER BY at_ms ${order}, seq ${order} LIMIT ?`,
      value,
      start.atMs,
      start.seq,
      endMs,
      count,
    )
    const { examined, streams } = fitting(found, maxBytes, isStreamMeant)
    const last = found[examined - 1]
    if (!last) return { rows: [], examined: 0, end: undefined }
    const among = isStreamMeant ? 'AND stream_id IN (SELECT value FROM json_each(?))' : ''
    const holding = literal === undefined ? '' : "AND (instr(message, ?) > 0 OR instr(message, '\\') > 0)"
    const until = isForward ? '<=' : '>='
    const rows =
      isStreamMeant && streams.size === 0
        ? []
        : this.#database.all<EventRow>(
            `SELECT at_ms, seq, stream_id, ingested_ms, message FROM log_events
             WHERE ${column} = ? AND (at_ms, seq) ${comparison} (?, ?) AND (at_ms, seq) ${until} (?, ?)
             ${among} ${holding}
             ORDER BY at_ms ${order}, seq ${order}`,
            ...[value, start.atMs, start.seq, last.at_ms, last.seq],
            ...(isStreamMeant ? [JSON.stringify([...streams])] : []),
            ...(literal === undefined ? [] : [literal]),
          )
    return { rows, examined, end: { atMs: last.at_ms, seq: last.seq } }
  }

  /** Takes away some of what belongs to groups and streams that were deleted. @returns whether there was any */
  removeSome(): boolean {
    const removal = this.#database.get<{ id: number; stream_id: number }>('SELECT * FROM log_removals LIMIT 1')
    if (!removal) return false
    this.#database.transaction(() => {
      if (this.#remove('stream_id', removal.stream_id, {})) return
      this.#database.run('DELETE FROM log_removals WHERE id = ?', removal.id)
    })
    return true
  }

  /** Takes away some of a group's events of before a time. @returns whether there may be more */
  removeBefore(groupId: number, beforeMs: number): boolean {
    return this.#remove('group_id', groupId, { beforeMs })
  }

  /** Takes away some of the oldest events, of whatever group, until so many bytes are free. */
  removeOldest(bytes: number): void {
    const oldest = this.#database.get<{ id: number }>(
      // One step into the index for each group.
      `SELECT id, (SELECT min(at_ms) FROM log_events WHERE group_id = g.id) AS oldest FROM log_groups g
       WHERE oldest IS NOT NULL ORDER BY oldest LIMIT 1`,
    )
    if (oldest) this.#remove('group_id', oldest.id, { bytes })
  }

  /** @returns whether there may be more of them */
  #remove(
    column: 'group_id' | 'stream_id',
    id: number,
    { beforeMs = Number.MAX_SAFE_INTEGER, bytes = Number.POSITIVE_INFINITY },
  ): boolean {
    return this.#database.transaction(() => {
      const found = this.#database.all<Sized>(
        `SELECT at_ms, seq, group_id, stream_id, bytes FROM log_events WHERE ${column} = ? AND at_ms < ?
         ORDER BY at_ms, seq LIMIT ${REMOVED_AT_ONCE}`,
        id,
        beforeMs,
      )
      const freed = new Map<number, number>()
      let [total, last]: [number, Sized | undefined] = [0, undefined]
      for (const row of found) {
        if (total >= bytes) break
        total += row.bytes
        last = row
        freed.set(row.stream_id, (freed.get(row.stream_id) ?? 0) + row.bytes)
      }
      if (!last) return false
      this.#database.run(
        `DELETE FROM log_events WHERE ${column} = ? AND (at_ms, seq) <= (?, ?)`,
        ...[id, last.at_ms, last.seq],
      )
      for (const [streamId, ofStream] of freed) this.#free(last.group_id, streamId, ofStream)
      this.#storedBytes -= total
      return found.length === REMOVED_AT_ONCE
    })
  }

  /** What a stream that was deleted still holds, its group counts no more. */
  #free(groupId: number, streamId: number, bytes: number): void {
    const sql = 'UPDATE log_streams SET stored_bytes = stored_bytes - ? WHERE id = ?'
    const isThere = this.#database.run(sql, bytes, streamId).changes > 0
    if (isThere)
      this.#database.run('UPDATE log_groups SET stored_bytes = stored_bytes - ? WHERE id = ?', bytes, groupId)
    else this.#database.run('UPDATE log_removals SET bytes = bytes - ? WHERE stream_id = ?', bytes, streamId)
  }

  #sum(sql: string): number {
    return this.#database.get<{ bytes: number | null }>(sql)?.bytes ?? 0
  }
}

/** How many of the first are looked at, and the streams of those that are meant. */
function fitting(found: readonly Glance[], maxBytes: number, isMeant: EventQuery['isStreamMeant']) {
  const streams = new Set<number>()
  let [examined, bytes] = [0, 0]
  for (const { stream_id: streamId, size } of found) {
    if (!isMeant || isMeant(streamId)) {
      bytes += size
      if (streams.size > 0 && bytes > maxBytes) break
      streams.add(streamId)
    }
    examined += 1
  }
  return { examined, streams }
}
