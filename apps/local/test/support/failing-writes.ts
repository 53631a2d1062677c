import { DatabaseSync, StatementSync } from 'node:sqlite'

/** Lets writes of every SQLite database of this process fail as a failing disk makes them fail. */
export interface FailingWrites extends Disposable {
  /** Statements that write, and commits, since {@link failAt} was called last. */
  readonly count: number
  /** Writes since then that are none of those that are counted. */
  readonly others: number
  /** Whether the write that was to fail has been tried. */
  readonly hasFailed: boolean
  /** The n-th from now fails, from 1, and none after it. */
  failAt(n: number): void
  /** All from now on fail, until {@link failAt} says otherwise. */
  failAll(): void
}

/**
 * What SQLite does on an I/O error: the whole transaction is gone, and the statement says so (https://sqlite.org/lang_transaction.html,
 * "Response To Errors Within A Transaction"). There is no disk that can be told to fail, so that is done here for it.
 *
 * @param isMeant whether the write that is about to be made is one of those that are counted
 */
export function failingWrites(isMeant: () => boolean = () => true): FailingWrites {
  const real = {
    prepare: DatabaseSync.prototype.prepare,
    exec: DatabaseSync.prototype.exec,
    run: StatementSync.prototype.run,
    all: StatementSync.prototype.all,
  }
  const databases = new WeakMap<StatementSync, DatabaseSync>()
  let count = 0
  let others = 0
  let failing = Number.POSITIVE_INFINITY
  let isLasting = false
  const write = (database: DatabaseSync | undefined) => {
    if (!isMeant()) {
      others += 1
      return
    }
    count += 1
    if (count !== failing && !isLasting) return
    if (database?.isTransaction) real.exec.call(database, 'ROLLBACK')
    throw Object.assign(new Error('disk I/O error'), { code: 'ERR_SQLITE_ERROR', errcode: 10 })
  }
  DatabaseSync.prototype.prepare = function (this: DatabaseSync, ...args: Parameters<typeof real.prepare>) {
    const statement = real.prepare.apply(this, args)
    databases.set(statement, this)
    return statement
  }
  DatabaseSync.prototype.exec = function (this: DatabaseSync, sql: string) {
    if (sql === 'COMMIT') write(this)
    real.exec.call(this, sql)
  }
  StatementSync.prototype.run = new Proxy(real.run, {
    apply: (run, statement: StatementSync, values) => {
      write(databases.get(statement))
      return Reflect.apply(run, statement, values)
    },
  })
  StatementSync.prototype.all = new Proxy(real.all, {
    apply: (all, statement: StatementSync, values) => {
      if (/ RETURNING /.test(statement.sourceSQL)) write(databases.get(statement))
      return Reflect.apply(all, statement, values)
    },
  })
  return {
    get count() {
      return count
    },
    get others() {
      return others
    },
    get hasFailed() {
      return count >= failing
    },
    failAt: (n) => {
      count = 0
      others = 0
      failing = n
      isLasting = false
    },
    failAll: () => {
      count = 0
      failing = 1
      isLasting = true
    },
    [Symbol.dispose]: () => {
      DatabaseSync.prototype.prepare = real.prepare
      DatabaseSync.prototype.exec = real.exec
      StatementSync.prototype.run = real.run
      StatementSync.prototype.all = real.all
    },
  }
}
