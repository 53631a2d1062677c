import type { Database } from '../../foundation/database.ts'

const STEPS = [
  `CREATE TABLE things_by_claim (
    claim_certificate_id TEXT PRIMARY KEY,
    things INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID`,
]

/** How many things were registered with each claim. */
export class ClaimCounts {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
    database.migrate('claim-counts', STEPS)
  }

  /** One more, within the transaction that registers it. @returns how many there are */
  add(claimCertificateId: string): number {
    const [row] = this.#database.runReturning<{ things: number }>(
      `INSERT INTO things_by_claim VALUES (?, 1)
        ON CONFLICT (claim_certificate_id) DO UPDATE SET things = things + 1 RETURNING things`,
      claimCertificateId,
    )
    return row?.things ?? 1
  }
}
