import type { Database } from '../../foundation/database.ts'

/** Who signs certificates in place of AWS IoT. Times are epoch milliseconds. */
export interface CertificateProvider {
  readonly seq: number
  readonly name: string
  readonly functionArn: string
  readonly clientToken: string | null
  readonly createdAtMs: number
  readonly modifiedAtMs: number
}

const COLUMNS = `seq, name, function_arn AS functionArn, client_token AS clientToken, created_at_ms AS createdAtMs,
  modified_at_ms AS modifiedAtMs`

const STEPS = [
  `CREATE TABLE certificate_providers (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE,
    function_arn TEXT NOT NULL,
    client_token TEXT,
    created_at_ms INTEGER NOT NULL,
    modified_at_ms INTEGER NOT NULL
  ) STRICT`,
]

export class CertificateProviderTable {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
    database.migrate('certificate-providers', STEPS)
  }

  /** Of which an account has one at most. */
  one(): CertificateProvider | undefined {
    return this.#database.get<CertificateProvider>(`SELECT ${COLUMNS} FROM certificate_providers`)
  }

  find(name: string): CertificateProvider | undefined {
    return this.#database.get<CertificateProvider>(`SELECT ${COLUMNS} FROM certificate_providers WHERE name = ?`, name)
  }

  read(sql: string, after: number, limit: number): CertificateProvider[] {
    return this.#database.all<CertificateProvider>(
      `SELECT ${COLUMNS} FROM certificate_providers WHERE ${sql}`,
      after,
      limit,
    )
  }

  insert(name: string, functionArn: string, clientToken: string | undefined, nowMs: number): void {
    this.#database.run(
      `INSERT INTO certificate_providers (name, function_arn, client_token, created_at_ms, modified_at_ms)
        VALUES (?, ?, ?, ?, ?)`,
      name,
      functionArn,
      clientToken ?? null,
      nowMs,
      nowMs,
    )
  }

  setFunction(name: string, functionArn: string, nowMs: number): void {
    this.#database.run(
      'UPDATE certificate_providers SET function_arn = ?, modified_at_ms = ? WHERE name = ?',
      functionArn,
      nowMs,
      name,
    )
  }

  delete(name: string): void {
    this.#database.run('DELETE FROM certificate_providers WHERE name = ?', name)
  }
}
