import { randomUUID } from 'node:crypto'
import type { LocalContext } from '../../foundation/context.ts'
import type { Login } from './login-provider.ts'

/** An identity of the pool. Times are epoch milliseconds. */
export interface IdentityRecord {
  /** `REGION:GUID`. */
  readonly id: string
  readonly createdAtMs: number
  readonly modifiedAtMs: number
  /** The role of the last credentials; null before the first. */
  readonly lastRole: string | null
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
]

/** The tables of Cognito identities and their logins. */
export class IdentityStore {
  readonly #context: LocalContext

  constructor(context: LocalContext) {
    this.#context = context
    context.database.migrate('cognito-identities', STEPS)
  }

  create(): IdentityRecord {
    const id = `${this.#context.account.region}:${randomUUID()}`
    const now = this.#context.clock()
    this.#context.database.run('INSERT INTO cognito_identities VALUES (?, ?, ?, NULL)', id, now, now)
    return { id, createdAtMs: now, modifiedAtMs: now, lastRole: null }
  }

  find(id: string): IdentityRecord | undefined {
    return this.#context.database.get<IdentityRecord>(
      `SELECT id, created_at_ms AS createdAtMs, modified_at_ms AS modifiedAtMs, last_role AS lastRole
        FROM cognito_identities WHERE id = ?`,
      id,
    )
  }

  /** Id of the identity that a login belongs to. */
  identityOf({ provider, sub }: Pick<Login, 'provider' | 'sub'>): string | undefined {
    const sql = 'SELECT identity FROM cognito_logins WHERE provider = ? AND sub = ?'
    return this.#context.database.get<{ identity: string }>(sql, provider, sub)?.identity
  }

  link(id: string, { provider, sub }: Login): void {
    this.#context.database.run('INSERT INTO cognito_logins VALUES (?, ?, ?) ON CONFLICT DO NOTHING', provider, sub, id)
    this.#context.database.run(
      'UPDATE cognito_identities SET modified_at_ms = ? WHERE id = ?',
      this.#context.clock(),
      id,
    )
  }

  providersOf(id: string): string[] {
    return this.#context.database
      .all<{ provider: string }>(
        'SELECT DISTINCT provider FROM cognito_logins WHERE identity = ? ORDER BY provider',
        id,
      )
      .map(({ provider }) => provider)
  }

  setLastRole(id: string, role: string): void {
    this.#context.database.run('UPDATE cognito_identities SET last_role = ? WHERE id = ?', role, id)
  }
}
