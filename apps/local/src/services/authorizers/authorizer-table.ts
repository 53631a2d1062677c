import type { AuthorizerStatus } from '@aws-sdk/client-iot'
import { type Account, arnOf } from '../../foundation/account.ts'
import type { LocalContext } from '../../foundation/context.ts'
import { type Page, type PageRequest, readPage } from '../../foundation/marker-paging.ts'

/** Times are epoch milliseconds. */
export interface Authorizer {
  readonly seq: number
  readonly name: string
  readonly arn: string
  readonly functionArn: string
  readonly tokenKeyName: string | undefined
  /** PEM, by the names of the keys. */
  readonly tokenSigningPublicKeys: Readonly<Record<string, string>>
  readonly status: AuthorizerStatus
  readonly signingDisabled: boolean
  readonly enableCachingForHttp: boolean
  readonly createdAtMs: number
  readonly modifiedAtMs: number
}

interface Row {
  readonly seq: number
  readonly name: string
  readonly function_arn: string
  readonly token_key_name: string | null
  readonly public_keys: string
  readonly status: AuthorizerStatus
  readonly signing_disabled: number
  readonly caching: number
  readonly created_at_ms: number
  readonly modified_at_ms: number
}

const STEPS = [
  `CREATE TABLE authorizers (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE,
    function_arn TEXT NOT NULL,
    token_key_name TEXT,
    public_keys TEXT NOT NULL,
    status TEXT NOT NULL,
    signing_disabled INTEGER NOT NULL,
    caching INTEGER NOT NULL,
    created_at_ms INTEGER NOT NULL,
    modified_at_ms INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE default_authorizer (one INTEGER PRIMARY KEY CHECK (one = 1), name TEXT NOT NULL) STRICT`,
]

/** The authorizers of the account as they are kept, and which is its default. */
export class AuthorizerTable {
  readonly #context: Pick<LocalContext, 'account' | 'database'>

  constructor(context: Pick<LocalContext, 'account' | 'database'>) {
    this.#context = context
    context.database.migrate('authorizers', STEPS)
  }

  find(name: string): Authorizer | undefined {
    const row = this.#context.database.get<Row>('SELECT * FROM authorizers WHERE name = ?', name)
    return row && fromRow(this.#context.account, row)
  }

  count(status?: AuthorizerStatus): number {
    const { database } = this.#context
    const row =
      status === undefined
        ? database.get<{ count: number }>('SELECT count(*) AS count FROM authorizers')
        : database.get<{ count: number }>('SELECT count(*) AS count FROM authorizers WHERE status = ?', status)
    return row?.count ?? 0
  }

  list(status: AuthorizerStatus | undefined, request: PageRequest): Page<Authorizer> {
    const list = status === undefined ? 'authorizers' : `authorizers that are ${status}`
    const { database } = this.#context
    const page = readPage<Row>(list, request, ({ sql, after, limit }) =>
      status === undefined
        ? database.all<Row>(`SELECT * FROM authorizers WHERE ${sql}`, after, limit)
        : database.all<Row>(`SELECT * FROM authorizers WHERE status = ? AND ${sql}`, status, after, limit),
    )
    return { ...page, rows: page.rows.map((row) => fromRow(this.#context.account, row)) }
  }

  /** Inserts, or replaces all but the name and the time of its making. */
  put(authorizer: Omit<Authorizer, 'seq' | 'arn'>): void {
    this.#context.database.run(
      `INSERT INTO authorizers (name, function_arn, token_key_name, public_keys, status, signing_disabled, caching,
         created_at_ms, modified_at_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (name) DO UPDATE SET function_arn = excluded.function_arn, token_key_name = excluded.token_key_name,
         public_keys = excluded.public_keys, status = excluded.status, caching = excluded.caching,
         modified_at_ms = excluded.modified_at_ms`,
      authorizer.name,
      authorizer.functionArn,
      authorizer.tokenKeyName ?? null,
      JSON.stringify(authorizer.tokenSigningPublicKeys),
      authorizer.status,
      authorizer.signingDisabled ? 1 : 0,
      authorizer.enableCachingForHttp ? 1 : 0,
      authorizer.createdAtMs,
      authorizer.modifiedAtMs,
    )
  }

  delete(name: string): void {
    this.#context.database.run('DELETE FROM authorizers WHERE name = ?', name)
  }

  get defaultName(): string | undefined {
    return this.#context.database.get<{ name: string }>('SELECT name FROM default_authorizer')?.name
  }

  /** @param name undefined for none */
  setDefault(name: string | undefined): void {
    const { database } = this.#context
    if (name === undefined) database.run('DELETE FROM default_authorizer')
    else database.run('INSERT OR REPLACE INTO default_authorizer VALUES (1, ?)', name)
  }
}

function fromRow(account: Account, row: Row): Authorizer {
  return {
    seq: row.seq,
    name: row.name,
    arn: arnOf(account, 'iot', `authorizer/${row.name}`),
    functionArn: row.function_arn,
    tokenKeyName: row.token_key_name ?? undefined,
    tokenSigningPublicKeys: JSON.parse(row.public_keys) as Record<string, string>, // written by `put`
    status: row.status,
    signingDisabled: row.signing_disabled === 1,
    enableCachingForHttp: row.caching === 1,
    createdAtMs: row.created_at_ms,
    modifiedAtMs: row.modified_at_ms,
  }
}
