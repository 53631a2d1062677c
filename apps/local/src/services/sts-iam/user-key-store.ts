import { randomBytes } from 'node:crypto'
import type { Caller } from '../../foundation/caller.ts'
import { Changes } from '../../foundation/changes.ts'
import type { LocalContext } from '../../foundation/context.ts'
import type { KnownKey } from '../../foundation/credentials.ts'
import { randomBase32 } from './random-base32.ts'
import type { User, UserStore } from './user-store.ts'

/** An access key of a user, without its secret. Times are epoch milliseconds. */
export interface UserKey {
  /** `AKIA…` */
  readonly id: string
  readonly userId: string
  readonly status: 'Active' | 'Inactive'
  readonly createdAtMs: number
  /** Null where it was never used. */
  readonly lastUsedAtMs: number | null
  /** The name that the last request was signed for, such as `iot`. */
  readonly lastUsedService: string | null
}

const COLUMNS = `id, user_id AS userId, status, created_at_ms AS createdAtMs, last_used_at_ms AS lastUsedAtMs,
  last_used_service AS lastUsedService`

const STEPS = [
  `CREATE TABLE iam_access_keys (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL,
    secret_access_key TEXT NOT NULL,
    status TEXT NOT NULL,
    created_at_ms INTEGER NOT NULL,
    last_used_at_ms INTEGER,
    last_used_service TEXT
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX iam_access_keys_by_user ON iam_access_keys (user_id)`,
]

/** A use is written down at most this often, so that a busy client does not cost a write with each request. */
const USE_NOTED_EVERY_MS = 60_000

/**
 * The access keys of users. Secrets are kept, as signatures can be verified by them alone; they leave the server once, in
 * the answer to CreateAccessKey.
 */
export class UserKeyStore {
  readonly #context: LocalContext
  readonly #users: UserStore
  /** Ids of keys that are not good any more. */
  readonly ended = new Changes<string>()

  constructor(context: LocalContext, users: UserStore) {
    this.#context = context
    this.#users = users
    context.database.migrate('iam-access-keys', STEPS)
  }

  create({ id: userId }: User): UserKey & { readonly secretAccessKey: string } {
    const key = {
      id: `AKIA${randomBase32(16)}`,
      userId,
      status: 'Active',
      createdAtMs: this.#context.clock(),
      lastUsedAtMs: null,
      lastUsedService: null,
    } as const
    const secretAccessKey = randomBytes(30).toString('base64')
    this.#context.database.run(
      'INSERT INTO iam_access_keys VALUES (?, ?, ?, ?, ?, NULL, NULL)',
      key.id,
      userId,
      secretAccessKey,
      key.status,
      key.createdAtMs,
    )
    return { ...key, secretAccessKey }
  }

  find(id: string): UserKey | undefined {
    return this.#context.database.get<UserKey>(`SELECT ${COLUMNS} FROM iam_access_keys WHERE id = ?`, id)
  }

  keysOf({ id }: User): UserKey[] {
    return this.#context.database.all<UserKey>(`SELECT ${COLUMNS} FROM iam_access_keys WHERE user_id = ?`, id)
  }

  setStatus(id: string, status: UserKey['status']): void {
    this.#context.database.run('UPDATE iam_access_keys SET status = ? WHERE id = ?', status, id)
    if (status === 'Inactive') this.ended.tell(id)
  }

  delete(id: string): void {
    this.#context.database.run('DELETE FROM iam_access_keys WHERE id = ?', id)
    this.ended.tell(id)
  }

  /** What verifies a signature; undefined for an inactive key, which AWS refuses as it does an unknown one. */
  lookup(id: string): KnownKey | undefined {
    const sql = `SELECT secret_access_key AS secretAccessKey, user_id AS userId FROM iam_access_keys
      WHERE id = ? AND status = 'Active'`
    const row = this.#context.database.get<{ secretAccessKey: string; userId: string }>(sql, id)
    const user = row && this.#users.byId(row.userId)
    if (!user) return undefined
    const caller: Caller = { ...callerOf(user), accessKeyId: id, isSession: false }
    return { secretAccessKey: row.secretAccessKey, caller }
  }

  noteUse(id: string, service: string): void {
    const key = this.find(id)
    const now = this.#context.clock()
    const isKnown = key?.lastUsedService === service && now - (key.lastUsedAtMs ?? 0) < USE_NOTED_EVERY_MS
    if (!key || isKnown) return
    this.#context.database.run(
      'UPDATE iam_access_keys SET last_used_at_ms = ?, last_used_service = ? WHERE id = ?',
      now,
      service,
      id,
    )
  }
}

/** A user as calls have them; tags and names are values for policy variables. */
export function callerOf({ arn, id, name, tags }: User) {
  return {
    kind: 'user',
    arn,
    principalId: id,
    userName: name,
    variables: {
      'aws:username': name,
      'aws:userid': id,
      'aws:PrincipalArn': arn,
      'aws:PrincipalType': 'User',
      ...Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:PrincipalTag/${key}`, value])),
    },
  } as const
}
