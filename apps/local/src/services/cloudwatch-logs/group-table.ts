import type { Database } from '../../foundation/database.ts'
import type { GroupRow, StreamRow } from './log-schema.ts'

/** Where a stream stands in the order of times: that of its last event, then its name. */
export interface StreamPlace {
  readonly atMs: number
  readonly name: string
}

/** The tables of log groups and their streams. Every rule is someone else's. */
export class GroupTable {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  group(name: string): GroupRow | undefined {
    return this.#database.get<GroupRow>('SELECT * FROM log_groups WHERE name = ?', name)
  }

  /** In the order of names behind one, those alone whose name begins with `prefix`, or contains `part`. */
  groups(after: string, prefix: string, part: string, count: number): GroupRow[] {
    return this.#database.all<GroupRow>(
      `SELECT * FROM log_groups WHERE name > ? AND name >= ? AND substr(name, 1, ?) = ? AND instr(name, ?) > 0
       ORDER BY name LIMIT ?`,
      after,
      prefix,
      prefix.length,
      prefix,
      part,
      count,
    )
  }

  groupCount(): number {
    return this.#count('SELECT count(*) AS n FROM log_groups')
  }

  /** Those whose events expire. */
  expiringGroups(): GroupRow[] {
    return this.#database.all<GroupRow>('SELECT * FROM log_groups WHERE retention_days IS NOT NULL')
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

  /** Its streams go with it; what they hold is to be removed by `EventTable.removeSome`. */
  removeGroup(group: GroupRow): void {
    this.#database.transaction(() => {
      this.#database.run(
        `INSERT INTO log_removals (group_id, stream_id, bytes)
         SELECT group_id, id, stored_bytes FROM log_streams WHERE group_id = ? AND stored_bytes > 0`,
        group.id,
      )
      this.#database.run('DELETE FROM log_streams WHERE group_id = ?', group.id)
      this.#database.run('DELETE FROM log_groups WHERE id = ?', group.id)
    })
  }

  stream(group: GroupRow, name: string): StreamRow | undefined {
    return this.#database.get<StreamRow>('SELECT * FROM log_streams WHERE group_id = ? AND name = ?', group.id, name)
  }

  /** Undefined: it was deleted. */
  streamName(id: number): string | undefined {
    return this.#database.get<{ name: string }>('SELECT name FROM log_streams WHERE id = ?', id)?.name
  }

  streamCount(): number {
    return this.#count('SELECT count(*) AS n FROM log_streams')
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
  streamsByTime(group: GroupRow, after: StreamPlace | undefined, isForward: boolean, count: number) {
    const [comparison, order] = isForward ? ['>', 'ASC'] : ['<', 'DESC']
    const place = after ? `AND (coalesce(last_event_ms, -1), name) ${comparison} (?3, ?4)` : ''
    return this.#database.all<StreamRow>(
      `SELECT * FROM log_streams WHERE group_id = ?1 ${place}
       ORDER BY coalesce(last_event_ms, -1) ${order}, name ${order} LIMIT ?2`,
      group.id,
      count,
      ...(after ? [after.atMs, after.name] : []),
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

  /** What it holds is to be removed by `EventTable.removeSome`. */
  removeStream(stream: StreamRow): void {
    this.#database.transaction(() => {
      this.#database.run(
        'INSERT INTO log_removals (group_id, stream_id, bytes) VALUES (?, ?, ?)',
        stream.group_id,
        stream.id,
        stream.stored_bytes,
      )
      this.#database.run(
        'UPDATE log_groups SET stored_bytes = stored_bytes - ? WHERE id = ?',
        stream.stored_bytes,
        stream.group_id,
      )
      this.#database.run('DELETE FROM log_streams WHERE id = ?', stream.id)
    })
  }

  #count(sql: string): number {
    return this.#database.get<{ n: number }>(sql)?.n ?? 0
  }
}
