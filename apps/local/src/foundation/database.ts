import { chmodSync, closeSync, mkdirSync, openSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import { DamagedDatabaseError, seal, unseal } from './database-seal.ts'
import { DeferredWrites } from './deferred-writes.ts'

type Row = Record<string, unknown>

/** After a crash there is no seal: up to this size SQLite looks at the structure of all pages, in some tens of ms. */
const QUICK_CHECK_BYTES = 2 ** 26

/** The tables of a service were brought up to date by a later release: this one would misread them. */
export class NewerSchemaError extends Error {
  constructor(service: string, found: number, known: number) {
    super(`The tables of ${service} are at version ${found}; this release knows versions up to ${known}`)
    this.name = 'NewerSchemaError'
  }
}

/**
 * One SQLite file, shared by all services. Each service owns its tables and is the only one that reads them.
 * WAL with `synchronous=NORMAL`: what was committed survives the end of the process.
 *
 * A disk that fills, or fails, takes away a whole transaction, and SQLite has then rolled back already. Deferred writes
 * of one service may be committed by the next write of another, so that the failure of the commit reaches somebody whom
 * it does not concern. It is therefore counted ({@link losses}), and whoever deferred looks there before it tells anybody
 * that something is kept.
 */
export class Database {
  readonly #path: string
  readonly #connection: DatabaseSync
  readonly #statements = new Map<string, StatementSync>()
  readonly #writes = new Map<string, StatementSync>()
  #depth = 0
  /** Of the outermost {@link transaction}, SQLite knows: it begins with its first write. */
  #hasBegun = false
  /** Why SQLite took away the transaction that is open; what comes after it is nowhere. */
  #takenAway: unknown
  /** What is to be done once the open transaction is kept, and where it, or the part that asked for it, is not. */
  #onKept: (() => void)[] = []
  #onLost: (() => void)[] = []
  /** What the open transaction writes is told to others. */
  #isTold = false
  #deferring = false
  readonly #deferred = new DeferredWrites()

  /**
   * @param path a file, or `:memory:`. The folder is made when it is not there.
   * @throws {DamagedDatabaseError} where the file is not what was written, as far as that can be seen
   */
  constructor(path: string) {
    this.#path = path
    const isFile = path !== ':memory:'
    if (isFile) keepToOwner(path)
    const isSealed = isFile && unseal(path)
    this.#connection = new DatabaseSync(path)
    try {
      this.#open()
      if (isFile && !isSealed) this.#checkQuickly()
    } catch (error) {
      this.#connection.close()
      throw error
    }
  }

  #open(): void {
    // The exclusive lock keeps a second server off the file, and saves the shared-memory index beside the WAL.
    this.#connection.exec(
      'PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON',
    )
    this.#connection.exec(
      'CREATE TABLE IF NOT EXISTS schema_version (service TEXT PRIMARY KEY, version INTEGER NOT NULL)',
    )
  }

  #checkQuickly(): void {
    if (statSync(this.#path).size > QUICK_CHECK_BYTES) return
    const [first] = this.all<{ quick_check: string }>('PRAGMA quick_check(1)')
    if (first && first.quick_check !== 'ok') throw new DamagedDatabaseError(first.quick_check)
  }

  /**
   * Brings the tables of one service up to date: `steps[n]` is run once, ever, when the service stands at n.
   * Steps are append-only; a released step is never edited.
   * @throws {NewerSchemaError} when a later release was here before; nothing is changed then
   */
  migrate(service: string, steps: readonly string[]): void {
    this.transaction(() => {
      this.#begin()
      const row = this.get<{ version: number }>('SELECT version FROM schema_version WHERE service = ?', service)
      const from = row?.version ?? 0
      if (from > steps.length) throw new NewerSchemaError(service, from, steps.length)
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
    this.#beforeWrite()
    return this.#write(sql, values)
  }

  /** Like {@link run}, for a statement that answers with rows (`RETURNING`). */
  runReturning<T extends object = Row>(sql: string, ...values: SQLInputValue[]): T[] {
    this.#beforeWrite()
    return this.#guarded(() => this.all<T>(sql, ...values))
  }

  /**
   * Like {@link run}, but durable only after {@link commitDeferred}: many small writes then cost one commit. Any other
   * write commits what was deferred before it, so that the order in which writes become durable is the order they
   * were made in.
   */
  runDeferred(sql: string, ...values: SQLInputValue[]): { changes: number; lastInsertRowid: number } {
    if (this.#depth > 0) this.#begin()
    else if (!this.#deferring) {
      this.#connection.exec('BEGIN IMMEDIATE')
      this.#deferring = true
    }
    this.#deferred.add()
    return this.#write(sql, values)
  }

  /**
   * Makes the writes of {@link runDeferred} durable.
   * @throws what SQLite says; all that was deferred is then lost, and counted among the {@link losses}
   */
  commitDeferred(): void {
    if (!this.#deferring) return
    this.#deferring = false
    try {
      this.#commit()
    } catch (error) {
      this.#deferred.lose(error)
      throw error
    }
  }

  /**
   * How often deferred writes were lost since the start. Unchanged since before they were made, and after a
   * {@link commitDeferred}: they are durable, whoever's write committed them.
   */
  get losses(): number {
    return this.#deferred.losses
  }

  /** Why the last of the {@link losses} happened. */
  get lastLoss(): unknown {
    return this.#deferred.lastLoss
  }

  /**
   * Does `work`, and answers only when all that it deferred is durable. What somebody else deferred may be lost meanwhile:
   * that is no failure of `work`.
   * @throws what `work` throws, or why something that it deferred was lost
   */
  durably<T>(work: () => T | Promise<T>): Promise<T> {
    return this.#deferred.waitFor(work, () => this.#commitForOthers())
  }

  /** What others deferred is their concern: they are told by the {@link losses}. */
  #commitForOthers(): void {
    try {
      this.commitDeferred()
    } catch {
      // Counted; the write that is to follow finds out for itself whether the disk takes it.
    }
  }

  #beforeWrite(): void {
    if (this.#depth > 0) this.#begin()
    else this.#commitForOthers()
  }

  #write(sql: string, values: SQLInputValue[]): { changes: number; lastInsertRowid: number } {
    return this.#guarded(() => {
      const { changes, lastInsertRowid } = this.#prepare(sql, this.#writes).run(...values)
      return { changes: Number(changes), lastInsertRowid: Number(lastInsertRowid) }
    })
  }

  #guarded<T>(write: () => T): T {
    try {
      return write()
    } catch (error) {
      // A full or failing disk: SQLite rolled back all that was written before, too.
      if (!this.#connection.isTransaction) this.#onTakenAway(error)
      throw error
    }
  }

  #onTakenAway(error: unknown): void {
    if (this.#depth > 0) this.#takenAway ??= error
    else if (this.#deferring) {
      this.#deferring = false
      this.#deferred.lose(error)
    }
  }

  #commit(): void {
    try {
      this.#connection.exec('COMMIT')
    } catch (error) {
      this.#rollback()
      throw error
    }
    this.#deferred.keep()
  }

  /** Where SQLite did it by itself there is nothing left to roll back, and saying so would hide why. */
  #rollback(): void {
    if (this.#connection.isTransaction) this.#connection.exec('ROLLBACK')
  }

  /**
   * All or nothing. It costs nothing while `work` only reads. A call within another is a part of that: where it throws, it
   * alone is undone, so that who called it may go on.
   * @throws what `work` throws; what SQLite says where it is not kept, or a part of it that deferred writes was undone,
   *   whatever `work` made of that
   */
  transaction<T>(work: () => T): T {
    if (this.#depth > 0) return this.#part(work)
    let after: readonly (() => void)[] = []
    try {
      const result = this.#outermost(work)
      after = this.#onKept
      return result
    } catch (error) {
      after = this.#onLost
      throw error
    } finally {
      this.#onKept = []
      this.#onLost = []
      for (const each of after) each()
    }
  }

  #outermost<T>(work: () => T): T {
    const before = this.#deferred.count
    this.#depth = 1
    try {
      const result = work()
      if (this.#deferred.areLostAfter(before)) throw this.#deferred.lastLoss
      if (this.#hasBegun) this.#end()
      return result
    } catch (error) {
      if (this.#hasBegun) this.#rollback() // else what is open is what others deferred
      if (this.#deferred.count > before || (this.#isTold && this.#hasBegun)) this.#deferred.lose(error)
      throw error
    } finally {
      this.#depth = 0
      this.#hasBegun = false
      this.#isTold = false
      this.#takenAway = undefined
    }
  }

  /**
   * Does what cannot be undone, or is about what is kept: once the open transaction is, or at once where none is open.
   * Of what is not kept it is not done. It must not throw.
   */
  whenKept(work: () => void): void {
    if (this.#depth > 0) this.#onKept.push(work)
    else work()
  }

  /** Puts back what goes with the writes of the open transaction, where they are not kept. It must not throw. */
  whenLost(work: () => void): void {
    if (this.#depth > 0) this.#onLost.push(work)
  }

  /**
   * Of what the open transaction writes somebody is told who hears it at the end of the turn: where it is not kept, that is
   * among the {@link losses}, as if it had been deferred.
   */
  tell(): void {
    if (this.#depth > 0) this.#isTold = true
  }

  #part<T>(work: () => T): T {
    this.#begin()
    const before = this.#deferred.count
    const [kept, lost] = [this.#onKept.length, this.#onLost.length]
    this.#connection.exec('SAVEPOINT part')
    this.#depth += 1
    try {
      const result = work()
      this.#mustBeOpen()
      this.#connection.exec('RELEASE part')
      return result
    } catch (error) {
      if (this.#connection.isTransaction) this.#connection.exec('ROLLBACK TO part; RELEASE part')
      if (this.#deferred.count > before) this.#deferred.lose(error)
      this.#onKept.length = kept
      for (const each of this.#onLost.splice(lost)) each()
      throw error
    } finally {
      this.#depth -= 1
    }
  }

  /** Before the first write of the outermost transaction, and any other. */
  #begin(): void {
    if (this.#hasBegun) {
      this.#mustBeOpen()
      return
    }
    this.#commitForOthers()
    this.#connection.exec('BEGIN IMMEDIATE')
    this.#hasBegun = true
  }

  #end(): void {
    this.#mustBeOpen()
    this.#commit()
  }

  /** After SQLite took the transaction away, a write would be kept that has nothing around it. */
  #mustBeOpen(): void {
    if (!this.#connection.isTransaction) throw this.#takenAway ?? new Error('The transaction is not open any more')
  }

  /** Empties every table of every service; the tables stay, and so do their triggers. */
  clear(): void {
    this.#commitForOthers()
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
      this.#begin()
      // With a trigger on its deletions, rows of a table are visited one by one.
      const triggers = this.all<{ name: string; sql: string }>(
        "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'",
      )
      for (const { name } of triggers) this.#connection.exec(`DROP TRIGGER "${name}"`)
      const tables = this.all<{ name: string; isIndex: number }>(
        `SELECT l.name, l.type = 'virtual' AS isIndex FROM pragma_table_list l JOIN sqlite_schema s ON s.name = l.name
         WHERE l.schema = 'main' AND l.name NOT LIKE 'sqlite_%' AND l.name <> 'schema_version'
           AND (l.type = 'table' OR s.sql LIKE '% USING fts5(%')`,
      )
      for (const { name, isIndex } of tables) {
        // A full-text index has tables of its own, which are not for others to empty.
        this.#connection.exec(
          isIndex ? `INSERT INTO "${name}" ("${name}") VALUES ('delete-all')` : `DELETE FROM "${name}"`,
        )
      }
      for (const { sql } of triggers) this.#connection.exec(sql)
    })
  }

  close(): void {
    try {
      this.commitDeferred()
    } finally {
      this.#statements.clear()
      this.#writes.clear()
      this.#connection.close()
    }
    if (this.#path !== ':memory:') seal(this.#path)
  }

  #prepare(sql: string, statements = this.#statements): StatementSync {
    let statement = statements.get(sql)
    if (!statement) {
      statement = this.#connection.prepare(sql)
      // The rows of a full-text index have numbers that no double holds, and the last of them is told of each write.
      if (statements === this.#writes) statement.setReadBigInts(true)
      statements.set(sql, statement)
    }
    return statement
  }
}

/** The account's secrets are in it (the issuer's key, access keys): nobody else on the machine may read them. */
function keepToOwner(path: string): void {
  mkdirSync(dirname(path), { recursive: true })
  closeSync(openSync(path, 'a', 0o600))
  chmodSync(path, 0o600) // one that an earlier release made is open to all; SQLite gives its log the same mode
}
