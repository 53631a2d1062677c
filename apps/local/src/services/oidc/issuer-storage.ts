import type { Adapter, AdapterPayload } from 'oidc-provider'
import type { Database } from '../../foundation/database.ts'

interface Row {
  readonly payload: string
}

const STEPS = [
  `CREATE TABLE issuer_records (
    model TEXT NOT NULL,
    id TEXT NOT NULL,
    payload TEXT NOT NULL,
    uid TEXT,
    grant_id TEXT,
    expires_at_ms INTEGER,
    PRIMARY KEY (model, id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX issuer_records_by_uid ON issuer_records (model, uid) WHERE uid IS NOT NULL;
  CREATE INDEX issuer_records_by_grant ON issuer_records (grant_id) WHERE grant_id IS NOT NULL;
  CREATE INDEX issuer_records_by_end ON issuer_records (expires_at_ms) WHERE expires_at_ms IS NOT NULL`,
]

export function migrateIssuerStorage(database: Database): void {
  database.migrate('issuer-records', STEPS)
}

/**
 * What `oidc-provider` remembers of one model (sessions, codes, tokens, …), so that a restart signs nobody out. Time is
 * the system's, as everywhere in `oidc-provider`.
 */
export class IssuerStorage implements Adapter {
  readonly #database: Database
  readonly #model: string

  constructor(database: Database, model: string) {
    this.#database = database
    this.#model = model
  }

  async upsert(id: string, payload: AdapterPayload, expiresInSeconds?: number): Promise<void> {
    const now = Date.now()
    this.#database.run('DELETE FROM issuer_records WHERE expires_at_ms < ?', now)
    this.#database.run(
      `INSERT INTO issuer_records VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (model, id) DO UPDATE SET
        payload = excluded.payload, uid = excluded.uid, grant_id = excluded.grant_id,
        expires_at_ms = excluded.expires_at_ms`,
      this.#model,
      id,
      JSON.stringify(payload),
      payload.uid ?? null,
      payload.grantId ?? null,
      expiresInSeconds === undefined ? null : now + expiresInSeconds * 1000,
    )
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    return this.#read('id = ?', id)
  }

  async findByUid(uid: string): Promise<AdapterPayload | undefined> {
    return this.#read('uid = ?', uid)
  }

  /** Of the device flow, which is not offered. */
  async findByUserCode(): Promise<undefined> {
    return undefined
  }

  async consume(id: string): Promise<void> {
    this.#database.run(
      "UPDATE issuer_records SET payload = json_set(payload, '$.consumed', ?) WHERE model = ? AND id = ?",
      Math.floor(Date.now() / 1000),
      this.#model,
      id,
    )
  }

  async destroy(id: string): Promise<void> {
    this.#database.run('DELETE FROM issuer_records WHERE model = ? AND id = ?', this.#model, id)
  }

  async revokeByGrantId(grantId: string): Promise<void> {
    this.#database.run('DELETE FROM issuer_records WHERE model = ? AND grant_id = ?', this.#model, grantId)
  }

  #read(where: string, value: string): AdapterPayload | undefined {
    const row = this.#database.get<Row>(
      `SELECT payload FROM issuer_records WHERE model = ? AND ${where} AND (expires_at_ms IS NULL OR expires_at_ms > ?)`,
      this.#model,
      value,
      Date.now(),
    )
    return row && JSON.parse(row.payload)
  }
}
