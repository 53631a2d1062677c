import { randomBytes } from 'node:crypto'
import type { Caller } from '../../foundation/caller.ts'
import type { LocalContext } from '../../foundation/context.ts'
import type { AccessKeys, KnownKey, SessionOwner, TemporaryCredentials } from '../../foundation/credentials.ts'
import { randomBase32 } from './random-base32.ts'
import type { UserKeyStore } from './user-key-store.ts'

/** The administrator's key, known to every tool that talks to an embedded server. */
const ROOT_CREDENTIALS = { accessKeyId: 'local', secretAccessKey: 'local' } as const

interface Row {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken: string
  readonly expiresAtMs: number
  readonly owner: string
}

const STEPS = [
  `CREATE TABLE temporary_credentials (
    access_key_id TEXT PRIMARY KEY,
    secret_access_key TEXT NOT NULL,
    session_token TEXT NOT NULL,
    expires_at_ms INTEGER NOT NULL,
    owner TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX temporary_credentials_by_end ON temporary_credentials (expires_at_ms)`,
]

/** Expired keys are kept for a while, so that they are told apart from unknown ones. */
const KEPT_AFTER_END_MS = 24 * 3_600_000

/** The access keys of the account: the administrators', the users', and temporary ones, which outlive a restart. */
export class CredentialStore implements AccessKeys {
  readonly #context: LocalContext
  /** Those that are known from the start, by their ids. */
  readonly #fixed: ReadonlyMap<string, KnownKey>

  readonly #userKeys: Pick<UserKeyStore, 'lookup' | 'noteUse'> | undefined

  /**
   * @param otherAccounts ids of accounts whose administrators may call: each is its key's id, with the same secret
   * @param userKeys those of IAM users
   */
  constructor(
    context: LocalContext,
    otherAccounts: readonly string[] = [],
    userKeys?: Pick<UserKeyStore, 'lookup' | 'noteUse'>,
  ) {
    this.#context = context
    this.#userKeys = userKeys
    context.database.migrate('credentials', STEPS)
    const { secretAccessKey, ...root } = ROOT_CREDENTIALS
    const identity = (account: string) => ({ arn: `arn:aws:iam::${account}:root`, principalId: account })
    const callers: Caller[] = otherAccounts.map((account) => ({
      kind: 'other-account',
      account,
      accessKeyId: account,
      ...identity(account),
    }))
    callers.push({ kind: 'root', ...root, ...identity(context.account.id) })
    this.#fixed = new Map(
      callers.map((caller) => ['accessKeyId' in caller ? caller.accessKeyId : '', { secretAccessKey, caller }]),
    )
  }

  /** @param durationSeconds how long they are good for */
  issue(owner: SessionOwner, durationSeconds: number): TemporaryCredentials {
    const now = this.#context.clock()
    const credentials: TemporaryCredentials = {
      accessKeyId: `ASIA${randomBase32(16)}`,
      secretAccessKey: randomBytes(30).toString('base64'),
      sessionToken: randomBytes(180).toString('base64'),
      expiresAtMs: Math.floor(now / 1000 + durationSeconds) * 1000,
    }
    const { database } = this.#context
    database.run('DELETE FROM temporary_credentials WHERE expires_at_ms < ?', now - KEPT_AFTER_END_MS)
    database.run(
      'INSERT INTO temporary_credentials VALUES (?, ?, ?, ?, ?)',
      credentials.accessKeyId,
      credentials.secretAccessKey,
      credentials.sessionToken,
      credentials.expiresAtMs,
      JSON.stringify(owner),
    )
    return credentials
  }

  /** The key with that id, expired or not. */
  lookup(accessKeyId: string): KnownKey | undefined {
    const fixed = this.#fixed.get(accessKeyId)
    if (fixed) return fixed
    const row = this.#context.database.get<Row>(
      `SELECT access_key_id AS accessKeyId, secret_access_key AS secretAccessKey, session_token AS sessionToken,
        expires_at_ms AS expiresAtMs, owner FROM temporary_credentials WHERE access_key_id = ?`,
      accessKeyId,
    )
    if (!row) return this.#userKeys?.lookup(accessKeyId)
    const owner: SessionOwner = JSON.parse(row.owner)
    return { ...row, caller: { ...owner, accessKeyId } }
  }

  noteUse(accessKeyId: string, service: string): void {
    this.#userKeys?.noteUse(accessKeyId, service)
  }
}
