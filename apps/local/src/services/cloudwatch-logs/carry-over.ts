import { Database } from '../../foundation/database.ts'
import { LOG_MIGRATIONS, LOG_TABLES } from './log-schema.ts'

const ROWS_AT_ONCE = 1_000

interface OldEvent {
  readonly id: number
  readonly group_id: number
  readonly at_ms: number
  readonly stream_id: number
  readonly ingested_ms: number
  readonly message: string
  readonly bytes: number
}

/**
 * Earlier releases kept logs in the account's database. Where they are still there they move into the file of their own,
 * once, before anybody asks for them. A crash on the way loses nothing: the next start begins anew.
 * @param path of the file that is to have them
 */
export function carryOverLogs(account: Database, path: string): void {
  if (!account.get("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'log_events'")) return
  const logs = new Database(path)
  try {
    logs.migrate(LOG_TABLES, LOG_MIGRATIONS)
    logs.transaction(() => copy(account, logs))
  } finally {
    logs.close()
  }
  account.transaction(() => {
    for (const table of ['log_events', 'log_streams', 'log_groups']) account.run(`DROP TABLE ${table}`)
    account.run('DELETE FROM schema_version WHERE service = ?', LOG_TABLES)
  })
}

function copy(account: Database, logs: Database): void {
  for (const row of account.all('SELECT * FROM log_groups')) insert(logs, 'log_groups', row)
  const streams = account.all(
    `SELECT s.*, (SELECT coalesce(sum(bytes), 0) FROM log_events WHERE stream_id = s.id) AS stored_bytes
     FROM log_streams s`,
  )
  for (const row of streams) insert(logs, 'log_streams', row)
  let last = 0
  for (;;) {
    const rows = account.all<OldEvent>('SELECT * FROM log_events WHERE id > ? ORDER BY id LIMIT ?', last, ROWS_AT_ONCE)
    for (const { id, ...row } of rows) insert(logs, 'log_events', { seq: id, ...row })
    if (rows.length === 0) break
    last = rows.at(-1)?.id ?? last
  }
  insert(logs, 'log_sequence', { only: 1, last })
}

function insert(logs: Database, table: string, row: object): void {
  const columns: [string, string | number | null][] = Object.entries(row) // of tables that have no other values
  const names = columns.map(([name]) => name)
  const sql = `INSERT OR REPLACE INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`
  logs.run(sql, ...columns.map(([, value]) => value))
}
