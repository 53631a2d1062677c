import { createHash, randomBytes } from 'node:crypto'
import type { CertificateIssuing } from '../../foundation/certificates.ts'
import type { LocalContext } from '../../foundation/context.ts'
import { FleetError } from './fleet-error.ts'

/** "expires after one hour". @see AWS IoT developer guide, "Device provisioning MQTT API" */
const TOKEN_LIFE_MS = 3_600_000
const TOKEN_BYTES = 192

const STEPS = [
  `CREATE TABLE ownership_tokens (
    hash TEXT PRIMARY KEY,
    certificate_id TEXT NOT NULL,
    expires_at_ms INTEGER NOT NULL,
    is_spent INTEGER NOT NULL DEFAULT 0
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX ownership_tokens_by_expiry ON ownership_tokens (expires_at_ms)`,
]

interface Row {
  readonly hash: string
  readonly certificateId: string
  readonly expiresAtMs: number
  readonly isSpent: number
}

const COLUMNS = 'hash, certificate_id AS certificateId, expires_at_ms AS expiresAtMs, is_spent AS isSpent'

/**
 * What proves that a device was given a certificate, for an hour and for one thing. A token that ends unspent takes its
 * certificate along, if that still waits for its activation and nothing is attached to it. Tokens themselves are not kept.
 */
export class OwnershipTokens {
  readonly #context: LocalContext & { readonly certificates: Pick<CertificateIssuing, 'dropUnused'> }

  constructor(context: LocalContext & { readonly certificates: Pick<CertificateIssuing, 'dropUnused'> }) {
    this.#context = context
    context.database.migrate('ownership-tokens', STEPS)
  }

  /** Makes the token of a certificate, within the transaction that keeps that. */
  create(certificateId: string): string {
    const token = randomBytes(TOKEN_BYTES).toString('base64url')
    const { database, clock } = this.#context
    database.run(
      'INSERT INTO ownership_tokens VALUES (?, ?, ?, 0)',
      hashOf(token),
      certificateId,
      clock() + TOKEN_LIFE_MS,
    )
    return token
  }

  /** @returns the certificate that a token is of @throws {FleetError} InvalidCertificateOwnershipToken */
  certificateOf(token: string): string {
    // The one sentence of AWS that is known.
    if (token === '') throw invalid('Certificate ownership token cannot be empty.')
    const found = this.#find(token)
    if (!found) throw invalid('Certificate ownership token is not valid.')
    if (found.isSpent) throw invalid('Certificate ownership token has been used already.')
    if (found.expiresAtMs <= this.#context.clock()) throw invalid('Certificate ownership token has expired.')
    return found.certificateId
  }

  /** Within the transaction that provisions. @throws {FleetError} where somebody else was faster */
  spend(token: string): void {
    this.certificateOf(token)
    this.#context.database.run('UPDATE ownership_tokens SET is_spent = 1 WHERE hash = ?', hashOf(token))
  }

  /** When the next one ends; undefined while there is none. */
  nextExpiryMs(): number | undefined {
    const found = this.#context.database.get<{ next: number | null }>(
      'SELECT min(expires_at_ms) AS next FROM ownership_tokens',
    )
    return found?.next ?? undefined
  }

  /** Forgets those that have ended, with the certificates that nobody has used. */
  dropExpired(): void {
    const { database, clock, certificates } = this.#context
    const ended = database.all<Row>(`SELECT ${COLUMNS} FROM ownership_tokens WHERE expires_at_ms <= ?`, clock())
    for (const { hash, certificateId, isSpent } of ended) {
      if (!isSpent) certificates.dropUnused(certificateId)
      database.run('DELETE FROM ownership_tokens WHERE hash = ?', hash)
    }
  }

  #find(token: string): Row | undefined {
    return this.#context.database.get<Row>(`SELECT ${COLUMNS} FROM ownership_tokens WHERE hash = ?`, hashOf(token))
  }
}

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex')

const invalid = (message: string): FleetError => new FleetError('InvalidCertificateOwnershipToken', message)
