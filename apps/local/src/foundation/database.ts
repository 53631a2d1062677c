import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'

type Row = Record<string, unknown>

/**
 * One SQLite file, shared by all services. Each service owns its tables and is the only one that reads them.
 * WAL with `synchronous=NORMAL`: what was committed survives the end of the process.
 */
export class Database {
  readonly #connection: DatabaseSync
  readonly #statements = new Map<string, StatementSync>()
  #depth = 0
  #deferring = false

  /** @param path a file, or `:memory:`. The folder is made when it is not there. */
  constructor(path: string) {
    if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true })
    this.#connection = new DatabaseSync(path)
    // The exclusive lock keeps a second server off the file, and saves the shared-memory index beside the WAL.
    this.#connection.exec(
      'PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON',
    )
    this.#connection.exec(
      'CREATE TABLE IF NOT EXISTS schema_version (service TEXT PRIMARY KEY, version INTEGER NOT NULL)',
    )
  }

  /**
   * Brings the tables of one service up to date: `steps[n]` is run once, ever, when the service stands at n.
   * Steps are append-only; a released step is never edited.
   */
  migrate(service: string, steps: readonly string[]): void {
    this.transaction(() => {
      const row = this.get<{ version: number }>('SELECT version FROM schema_version WHERE service = ?', service)
      const from = row?.version ?? 0
      for (const step of steps.slice(from)) this.#connection.exec(step)
      this.run(
        'INSERT INTO schema_version VALUES (?, ?) ON CONFLICT (service) DO UPDATE SET version = excluded.version',
        service,
        steps.length,
      )
    })
  }

  /** A row has the columns that its statement names, which only the statement's author knows: so they say its type. */
  get<T extends object = Row>(sql: string, ...values: SQLInputValue[]): T | undefined {
    return this.#prepare(sql).get(...values) as T | undefined
  }

  /** See {@link get}. */
  all<T extends object = Row>(sql: string, ...values: SQLInputValue[]): T[] {
    return this.#prepare(sql).all(...values) as T[]
  }

  run(sql: string, ...values: SQLInputValue[]): { changes: number; lastInsertRowid: number } {
    if (this.#depth === 0) this.commitDeferred()
    return this.#write(sql, values)
  }

  /**
   * Like {@link run}, but durable only after {@link commitDeferred}: many small writes then cost one commit. Any other
   * write commits what was deferred before it, so that the order in which writes become durable is the order they
   * were made in.
   */
  runDeferred(sql: string, ...values: SQLInputValue[]): { changes: number; lastInsertRowid: number } {
    if (this.#depth === 0 && !this.#deferring) {
      this.#connection.exec('BEGIN IMMEDIATE')
      this.#deferring = true
    }
    return this.#write(sql, values)
  }

  /** Makes the writes of {@link runDeferred} durable. */
  commitDeferred(): void {
    if (!this.#deferring) return
    this.#deferring = false
    try {
      this.#connection.exec('COMMIT')
    } catch (error) {
      this.#connection.exec('ROLLBACK')
      throw error
    }
  }

  #write(sql: string, values: SQLInputValue[]): { changes: number; lastInsertRowid: number } {
    const { changes, lastInsertRowid } = this.#prepare(sql).run(...values)
    return { changes: Number(changes), lastInsertRowid: Number(lastInsertRowid) }
  }

  /** All or nothing. A nested call joins the outer transaction. */
  transaction<T>(work: () => T): T {
    if (this.#depth > 0) return work()
    this.commitDeferred()
    this.#depth += 1
    this.#connection.exec('BEGIN IMMEDIATE')
    try {
      const result = work()
      this.#connection.exec('COMMIT')
      return result
    } catch (error) {
      this.#connection.exec('ROLLBACK')
      throw error
    } finally {
      this.#depth -= 1
    }
  }

  /** Empties every table of every service; the tables stay. */
  clear(): void {
    this.commitDeferred()
    // With foreign keys on, SQLite would visit every row instead of dropping whole pages.
    this.#connection.exec('PRAGMA foreign_keys = OFF')
    try {
      this.#deleteAll()
    } finally {
      this.#connection.exec('PRAGMA foreign_keys = ON')
    }
  }

  #deleteAll(): void {
    this.transaction(() => {
      const tables = this.all<{ name: string }>(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'schema_version'",
      )
      for (const { name } of tables) this.#connection.exec(`DELETE FROM "${name}"`)
    })
  }

  close(): void {
    this.commitDeferred()
    this.#statements.clear()
    this.#connection.close()
  }

  #prepare(sql: string): StatementSync {
    let statement = this.#statements.get(sql)
    if (!statement) {
      statement = this.#connection.prepare(sql)
      this.#statements.set(sql, statement)
    }
    return statement
  }
}
