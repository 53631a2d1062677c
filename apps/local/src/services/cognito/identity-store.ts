import { randomUUID } from 'node:crypto'
import type { LocalContext } from '../../foundation/context.ts'

/** An identity of a pool. Times are epoch milliseconds. */
export interface IdentityRecord {
  /** `REGION:GUID`. */
  readonly id: string
  readonly poolId: string
  readonly createdAtMs: number
  readonly modifiedAtMs: number
  /** The role of the last credentials; null before the first. */
  readonly lastRole: string | null
  /** 1 since it lost the last of its logins: it is nobody's any more, and never somebody else's. */
  readonly isClosed: 0 | 1
}

/** What an identity is known by: a person at a login provider, or a user of the developer's own. */
export interface LinkedLogin {
  /** The issuer without its scheme, or the pool's developer provider. */
  readonly provider: string
  readonly sub: string
}

const STEPS = [
  `CREATE TABLE cognito_identities (
    id TEXT PRIMARY KEY,
    created_at_ms INTEGER NOT NULL,
    modified_at_ms INTEGER NOT NULL,
    last_role TEXT
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE cognito_logins (
    provider TEXT NOT NULL,
    sub TEXT NOT NULL,
    identity TEXT NOT NULL REFERENCES cognito_identities (id) ON DELETE CASCADE,
    PRIMARY KEY (provider, sub)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX cognito_logins_by_identity ON cognito_logins (identity)`,
  // An empty pool is the console's, the only one that there was.
  `ALTER TABLE cognito_identities ADD COLUMN pool TEXT NOT NULL DEFAULT '';
  CREATE INDEX cognito_identities_by_pool ON cognito_identities (pool, id);
  CREATE TABLE cognito_pool_logins (
    pool TEXT NOT NULL,
    provider TEXT NOT NULL,
    sub TEXT NOT NULL,
    identity TEXT NOT NULL REFERENCES cognito_identities (id) ON DELETE CASCADE,
    PRIMARY KEY (pool, provider, sub)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO cognito_pool_logins SELECT '', provider, sub, identity FROM cognito_logins;
  DROP TABLE cognito_logins;
  CREATE INDEX cognito_pool_logins_by_identity ON cognito_pool_logins (identity)`,
  'ALTER TABLE cognito_identities ADD COLUMN is_closed INTEGER NOT NULL DEFAULT 0',
]

const COLUMNS = `id, pool AS poolId, created_at_ms AS createdAtMs, modified_at_ms AS modifiedAtMs, last_role AS lastRole,
  is_closed AS isClosed`

/** The tables of Cognito identities and their logins. */
export class IdentityStore {
  readonly #context: LocalContext

  /** @param consolePoolId whose identities those are that were made when it was the only pool */
  constructor(context: LocalContext, consolePoolId: string) {
    this.#context = context
    const { database } = context
    database.migrate('cognito-identities', STEPS)
    database.transaction(() => {
      for (const table of ['cognito_identities', 'cognito_pool_logins']) {
        database.run(`UPDATE ${table} SET pool = ? WHERE pool = ''`, consolePoolId)
      }
    })
  }

  create(poolId: string): IdentityRecord {
    const id = `${this.#context.account.region}:${randomUUID()}`
    const now = this.#context.clock()
    this.#context.database.run(
      `INSERT INTO cognito_identities (id, created_at_ms, modified_at_ms, last_role, pool) VALUES (?, ?, ?, NULL, ?)`,
      id,
      now,
      now,
      poolId,
    )
    return { id, poolId, createdAtMs: now, modifiedAtMs: now, lastRole: null, isClosed: 0 }
  }

  find(id: string): IdentityRecord | undefined {
    return this.#context.database.get<IdentityRecord>(`SELECT ${COLUMNS} FROM cognito_identities WHERE id = ?`, id)
  }

  /** Of a pool, in the order of their ids. */
  list(poolId: string, after: string, count: number): IdentityRecord[] {
    return this.#context.database.all<IdentityRecord>(
      `SELECT ${COLUMNS} FROM cognito_identities WHERE pool = ? AND id > ? ORDER BY id LIMIT ?`,
      poolId,
      after,
      count,
    )
  }

  /** @returns whether there was one */
  delete(id: string): boolean {
    return this.#context.database.run('DELETE FROM cognito_identities WHERE id = ?', id).changes > 0
  }

  deleteOf(poolId: string): void {
    this.#context.database.run('DELETE FROM cognito_identities WHERE pool = ?', poolId)
  }

  /** Id of the identity that a login belongs to. */
  identityOf(poolId: string, { provider, sub }: LinkedLogin): string | undefined {
    const sql = 'SELECT identity FROM cognito_pool_logins WHERE pool = ? AND provider = ? AND sub = ?'
    return this.#context.database.get<{ identity: string }>(sql, poolId, provider, sub)?.identity
  }

  link({ id, poolId }: Pick<IdentityRecord, 'id' | 'poolId'>, { provider, sub }: LinkedLogin): void {
    const { database } = this.#context
    database.run(
      'INSERT INTO cognito_pool_logins VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
      poolId,
      provider,
      sub,
      id,
    )
    this.#touch(id)
  }

  /** "Removing the last linked login will make this identity inaccessible" (Cognito API reference, UnlinkIdentity). */
  unlink({ id, poolId }: IdentityRecord, logins: readonly LinkedLogin[]): void {
    const sql = 'DELETE FROM cognito_pool_logins WHERE pool = ? AND provider = ? AND sub = ? AND identity = ?'
    const { database } = this.#context
    database.transaction(() => {
      for (const { provider, sub } of logins) database.run(sql, poolId, provider, sub, id)
      if (this.loginsOf(id).length === 0) database.run('UPDATE cognito_identities SET is_closed = 1 WHERE id = ?', id)
      this.#touch(id)
    })
  }

  /** Gives all logins of an identity to another one. */
  move(from: string, to: string): void {
    this.#context.database.run('UPDATE cognito_pool_logins SET identity = ? WHERE identity = ?', to, from)
    this.#touch(to)
  }

  loginsOf(id: string): LinkedLogin[] {
    const sql = 'SELECT provider, sub FROM cognito_pool_logins WHERE identity = ? ORDER BY provider, sub'
    return this.#context.database.all<{ provider: string; sub: string }>(sql, id)
  }

  providersOf(id: string): string[] {
    return [...new Set(this.loginsOf(id).map(({ provider }) => provider))]
  }

  setLastRole(id: string, role: string): void {
    this.#context.database.run('UPDATE cognito_identities SET last_role = ? WHERE id = ?', role, id)
  }

  #touch(id: string): void {
    const now = this.#context.clock()
    this.#context.database.run('UPDATE cognito_identities SET modified_at_ms = ? WHERE id = ?', now, id)
  }
}
