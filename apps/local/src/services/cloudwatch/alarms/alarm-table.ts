import type { Database } from '../../../foundation/database.ts'
import type { Alarm, AlarmState, CompositeAlarm, HistoryItem, HistoryItemType, StateValue } from './alarm.ts'

interface AlarmRow {
  readonly name: string
  readonly kind: Alarm['kind']
  readonly definition: string
  readonly configured_ms: number
  readonly actions_enabled: number
  readonly state: StateValue
  readonly reason: string
  readonly reason_data: string | null
  readonly updated_ms: number
  readonly transitioned_ms: number
}

interface HistoryRow {
  readonly id: number
  readonly alarm: string
  readonly kind: Alarm['kind']
  readonly at_ms: number
  readonly type: HistoryItemType
  readonly summary: string
  readonly data: string
}

/** Which items of the history, in which order. */
export interface HistoryQuery {
  readonly alarmName: string | undefined
  readonly kinds: readonly Alarm['kind'][]
  readonly type: HistoryItemType | undefined
  /** Both inclusive. */
  readonly fromMs: number
  readonly toMs: number
  readonly isAscending: boolean
}

export interface FoundHistoryItem extends HistoryItem {
  readonly id: number
}

const MIGRATIONS = [
  `CREATE TABLE alarms (
     name TEXT PRIMARY KEY,
     kind TEXT NOT NULL,
     definition TEXT NOT NULL,
     configured_ms INTEGER NOT NULL,
     actions_enabled INTEGER NOT NULL,
     state TEXT NOT NULL,
     reason TEXT NOT NULL,
     reason_data TEXT,
     updated_ms INTEGER NOT NULL,
     transitioned_ms INTEGER NOT NULL,
     tags TEXT NOT NULL DEFAULT '{}'
   ) STRICT;
   CREATE TABLE alarm_history (
     id INTEGER PRIMARY KEY AUTOINCREMENT,
     alarm TEXT NOT NULL,
     kind TEXT NOT NULL,
     at_ms INTEGER NOT NULL,
     type TEXT NOT NULL,
     summary TEXT NOT NULL,
     data TEXT NOT NULL
   ) STRICT;
   CREATE INDEX alarm_history_by_time ON alarm_history (at_ms, id);`,
]

/** The tables of alarms and of what happened to them. Every rule is someone else's. */
export class AlarmTable {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
    database.migrate('cloudwatch-alarms', MIGRATIONS)
  }

  transaction<T>(work: () => T): T {
    return this.#database.transaction(work)
  }

  /** See {@link Database.whenKept}. */
  whenKept(work: () => void): void {
    this.#database.whenKept(work)
  }

  find(name: string): Alarm | undefined {
    const row = this.#database.get<AlarmRow>('SELECT * FROM alarms WHERE name = ?', name)
    return row && alarmOf(row)
  }

  /** In the order of their names. */
  all(): Alarm[] {
    return this.#database.all<AlarmRow>('SELECT * FROM alarms ORDER BY name').map(alarmOf)
  }

  /** Of them those on other alarms. */
  composites(): CompositeAlarm[] {
    const sql = "SELECT * FROM alarms WHERE kind = 'CompositeAlarm' ORDER BY name"
    const alarms = this.#database.all<AlarmRow>(sql).map(alarmOf)
    return alarms.filter((alarm) => alarm.kind === 'CompositeAlarm') // as the statement has it, for the type
  }

  count(): number {
    return this.#database.get<{ count: number }>('SELECT count(*) AS count FROM alarms')?.count ?? 0
  }

  /** Keeps the tags of one that is there. */
  put(alarm: Alarm): void {
    const { name, kind, definition, configuredAtMs, actionsEnabled, state } = alarm
    this.#database.run(
      `INSERT INTO alarms (name, kind, definition, configured_ms, actions_enabled, state, reason, reason_data, updated_ms,
       transitioned_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (name) DO UPDATE SET kind = excluded.kind, definition = excluded.definition,
       configured_ms = excluded.configured_ms, actions_enabled = excluded.actions_enabled`,
      name,
      kind,
      JSON.stringify(definition),
      configuredAtMs,
      Number(actionsEnabled),
      state.value,
      state.reason,
      state.reasonData ?? null,
      state.updatedAtMs,
      state.transitionedAtMs,
    )
  }

  setState(name: string, { value, reason, reasonData, updatedAtMs, transitionedAtMs }: AlarmState): void {
    this.#database.run(
      'UPDATE alarms SET state = ?, reason = ?, reason_data = ?, updated_ms = ?, transitioned_ms = ? WHERE name = ?',
      value,
      reason,
      reasonData ?? null,
      updatedAtMs,
      transitionedAtMs,
      name,
    )
  }

  enableActions(name: string, isEnabled: boolean, atMs: number): void {
    this.#database.run(
      'UPDATE alarms SET actions_enabled = ?, configured_ms = ? WHERE name = ?',
      Number(isEnabled),
      atMs,
      name,
    )
  }

  remove(name: string): void {
    this.#database.run('DELETE FROM alarms WHERE name = ?', name)
  }

  tags(name: string): Record<string, string> {
    const row = this.#database.get<{ tags: string }>('SELECT tags FROM alarms WHERE name = ?', name)
    return row ? JSON.parse(row.tags) : {}
  }

  setTags(name: string, tags: Readonly<Record<string, string>>): void {
    this.#database.run('UPDATE alarms SET tags = ? WHERE name = ?', JSON.stringify(tags), name)
  }

  addHistory({ alarmName, alarmKind, atMs, type, summary, data }: HistoryItem): void {
    this.#database.run(
      'INSERT INTO alarm_history (alarm, kind, at_ms, type, summary, data) VALUES (?, ?, ?, ?, ?, ?)',
      alarmName,
      alarmKind,
      atMs,
      type,
      summary,
      data,
    )
  }

  /** Behind a place, `[time, id]`, in the order of reading. */
  history(query: HistoryQuery, after: readonly [number, number], count: number): FoundHistoryItem[] {
    const { alarmName, kinds, type, fromMs, toMs, isAscending } = query
    const [comparison, order] = isAscending ? ['>', 'ASC'] : ['<', 'DESC']
    const rows = this.#database.all<HistoryRow>(
      `SELECT * FROM alarm_history WHERE (at_ms, id) ${comparison} (?1, ?2) AND at_ms >= ?3 AND at_ms <= ?4
       AND (?5 IS NULL OR alarm = ?5) AND (?6 IS NULL OR type = ?6) AND kind IN (SELECT value FROM json_each(?7))
       ORDER BY at_ms ${order}, id ${order} LIMIT ?8`,
      after[0],
      after[1],
      fromMs,
      toMs,
      alarmName ?? null,
      type ?? null,
      JSON.stringify(kinds),
      count,
    )
    return rows.map(({ id, alarm, kind, at_ms, ...row }) => ({
      id,
      alarmName: alarm,
      alarmKind: kind,
      atMs: at_ms,
      type: row.type,
      summary: row.summary,
      data: row.data,
    }))
  }

  removeHistory(beforeMs: number): void {
    this.#database.run('DELETE FROM alarm_history WHERE at_ms < ?', beforeMs)
  }
}

function alarmOf(row: AlarmRow): Alarm {
  const state: AlarmState = {
    value: row.state,
    reason: row.reason,
    reasonData: row.reason_data ?? undefined,
    updatedAtMs: row.updated_ms,
    transitionedAtMs: row.transitioned_ms,
  }
  return {
    name: row.name,
    kind: row.kind,
    definition: JSON.parse(row.definition), // as `put` has written it, of that kind
    configuredAtMs: row.configured_ms,
    actionsEnabled: row.actions_enabled === 1,
    state,
  }
}
