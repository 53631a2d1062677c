import type { ToldPending } from '@thingdeck/jobs'
import type { Database } from '../../foundation/database.ts'

interface Row {
  readonly pending: string
  readonly next: number | null
}

/** What each thing was told last of its pending executions. */
export class ToldTable {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  /** There may be something new to tell: kept, so that a server that ends before it is told tells it afterwards. */
  mark(thingName: string): void {
    this.#database.run(
      `INSERT INTO job_told VALUES (?, '', NULL, 1) ON CONFLICT (thing_name) DO UPDATE SET dirty = 1`,
      thingName,
    )
  }

  marked(count: number): string[] {
    const sql = 'SELECT thing_name AS name FROM job_told WHERE dirty = 1 ORDER BY thing_name LIMIT ?'
    return this.#database.all<{ name: string }>(sql, count).map(({ name }) => name)
  }

  unmark(thingName: string): void {
    this.#database.run('UPDATE job_told SET dirty = 0 WHERE thing_name = ?', thingName)
  }

  hasMarked(): boolean {
    return this.#database.get('SELECT 1 FROM job_told WHERE dirty = 1 LIMIT 1') !== undefined
  }

  get(thingName: string): ToldPending {
    const row = this.#database.get<Row>('SELECT pending, next FROM job_told WHERE thing_name = ?', thingName)
    if (!row) return { pending: [], next: undefined }
    return { pending: row.pending === '' ? [] : row.pending.split(',').map(Number), next: row.next ?? undefined }
  }

  /** Durable with the next write: to tell a thing the same twice does no harm. */
  put(thingName: string, { pending, next }: ToldPending): void {
    if (pending.length === 0) {
      this.#database.runDeferred('DELETE FROM job_told WHERE thing_name = ?', thingName)
      return
    }
    this.#database.runDeferred(
      'INSERT OR REPLACE INTO job_told VALUES (?, ?, ?, 0)',
      thingName,
      pending.join(','),
      next ?? null,
    )
  }
}
