import type { X509Certificate } from 'node:crypto'
import { randomUUID } from 'node:crypto'
import type { CertificateMode, CertificateStatus } from '@aws-sdk/client-iot'
import { arnOf } from '../../foundation/account.ts'
import type { LocalContext } from '../../foundation/context.ts'
import { type Page, type PageRequest, readPage } from '../../foundation/marker-paging.ts'
import { certificateIdOf } from './pem.ts'

/** A device's certificate as it is kept. Times are epoch milliseconds. */
export interface CertificateRecord {
  readonly seq: number
  readonly id: string
  readonly arn: string
  readonly status: CertificateStatus
  readonly mode: CertificateMode
  readonly pem: string
  /** Of the registered CA that signed it; absent for AWS's own and for those without CA. */
  readonly caCertificateId: string | null
  readonly generationId: string
  readonly customerVersion: number
  readonly notBeforeMs: number
  readonly notAfterMs: number
  readonly createdAtMs: number
  readonly modifiedAtMs: number
  /** Of a claim that a trusted user asked for: the template that it is for, and when it ends. */
  readonly claimTemplate: string | null
  readonly expiresAtMs: number | null
  /** The account: while a transfer is pending still the one that it comes from. */
  readonly ownedBy: string
  readonly transfer: TransferRecord | undefined
}

export interface TransferRecord {
  readonly targetAccount: string
  /** Where it came from, once it was accepted by another account. */
  readonly sourceAccount?: string
  readonly message?: string
  readonly startedAtMs: number
  readonly acceptedAtMs?: number
  readonly rejectedAtMs?: number
  readonly rejectReason?: string
}

interface Row extends Omit<CertificateRecord, 'arn' | 'ownedBy' | 'transfer'> {
  readonly owner: string
  readonly transfer: string | null
}

const COLUMNS = `seq, id, status, mode, pem, ca_certificate_id AS caCertificateId, generation_id AS generationId,
  customer_version AS customerVersion, not_before_ms AS notBeforeMs, not_after_ms AS notAfterMs,
  created_at_ms AS createdAtMs, modified_at_ms AS modifiedAtMs, claim_template AS claimTemplate,
  expires_at_ms AS expiresAtMs, owner, transfer`

/** Of both steps; what comes later stands in a step of its own. */
const FIRST_COLUMNS = `status TEXT NOT NULL,
    mode TEXT NOT NULL,
    pem TEXT NOT NULL,
    ca_certificate_id TEXT,
    listed INTEGER NOT NULL,
    generation_id TEXT NOT NULL,
    customer_version INTEGER NOT NULL,
    not_before_ms INTEGER NOT NULL,
    not_after_ms INTEGER NOT NULL,
    created_at_ms INTEGER NOT NULL,
    modified_at_ms INTEGER NOT NULL,
    transfer TEXT`

const INDEXES = `CREATE INDEX certificates_by_ca ON certificates (ca_certificate_id, seq);
  CREATE INDEX certificates_in_transfer ON certificates (status, seq) WHERE status = 'PENDING_TRANSFER'`

const STEPS = [
  `CREATE TABLE certificates (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    ${FIRST_COLUMNS}
  ) STRICT;
  ${INDEXES}`,
  // The owner is an account beside the server's own, which is ''. Two accounts may have the same certificate.
  `CREATE TABLE certificates_of_accounts (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL,
    ${FIRST_COLUMNS},
    owner TEXT NOT NULL DEFAULT '',
    UNIQUE (id, owner)
  ) STRICT;
  INSERT INTO certificates_of_accounts SELECT *, '' FROM certificates;
  DROP TABLE certificates;
  ALTER TABLE certificates_of_accounts RENAME TO certificates;
  ${INDEXES}`,
  `ALTER TABLE certificates ADD COLUMN claim_template TEXT;
  ALTER TABLE certificates ADD COLUMN expires_at_ms INTEGER;
  CREATE INDEX certificates_that_expire ON certificates (expires_at_ms) WHERE expires_at_ms IS NOT NULL`,
]

/** What an account sees: its own, and what is on its way to it. */
const SEEN = `(owner = ? OR status = 'PENDING_TRANSFER' AND transfer ->> 'targetAccount' = ?)`

/** The table of device certificates, as one account sees it. */
export class CertificateStore {
  readonly #context: LocalContext
  readonly #homeAccount: string
  readonly #owner: string

  /**
   * @param context with the account that looks
   * @param homeAccount the server's own account
   */
  constructor(context: LocalContext, homeAccount = context.account.id) {
    this.#context = context
    this.#homeAccount = homeAccount
    this.#owner = context.account.id === homeAccount ? '' : context.account.id
    context.database.migrate('certificates', STEPS)
  }

  /** One of its own goes before one of the same id that is on its way to it. */
  find(id: string): CertificateRecord | undefined {
    const row = this.#context.database.get<Row>(
      `SELECT ${COLUMNS} FROM certificates WHERE id = ? AND ${SEEN} ORDER BY owner = ? DESC`,
      id,
      ...this.#seen(),
      this.#owner,
    )
    return row && this.#recordOf(row)
  }

  /** One that is on its way to the account. */
  findIncoming(id: string): CertificateRecord | undefined {
    const row = this.#context.database.get<Row>(
      `SELECT ${COLUMNS} FROM certificates
        WHERE id = ? AND status = 'PENDING_TRANSFER' AND transfer ->> 'targetAccount' = ?`,
      id,
      this.#context.account.id,
    )
    return row && this.#recordOf(row)
  }

  /** @param options.claim of a claim that a trusted user asked for, which no list shows */
  insert(
    certificate: X509Certificate,
    options: {
      readonly status: CertificateStatus
      readonly mode: CertificateMode
      readonly caCertificateId?: string
      readonly claim?: { readonly templateName: string; readonly expiresAtMs: number }
    },
  ): CertificateRecord {
    const now = this.#context.clock()
    const id = certificateIdOf(certificate.raw)
    this.#context.database.run(
      `INSERT INTO certificates (id, status, mode, pem, ca_certificate_id, listed, generation_id, customer_version,
        not_before_ms, not_after_ms, created_at_ms, modified_at_ms, owner, claim_template, expires_at_ms)
        VALUES (?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?)`,
      id,
      options.status,
      options.mode,
      certificate.toString(),
      options.caCertificateId ?? null,
      options.claim ? 0 : 1,
      randomUUID(),
      certificate.validFromDate.getTime(),
      certificate.validToDate.getTime(),
      now,
      now,
      this.#owner,
      options.claim?.templateName ?? null,
      options.claim?.expiresAtMs ?? null,
    )
    return this.#mustFind(id)
  }

  setStatus(id: string, status: CertificateStatus): void {
    this.#context.database.run(
      'UPDATE certificates SET status = ?, modified_at_ms = ? WHERE id = ? AND owner = ?',
      status,
      this.#context.clock(),
      id,
      this.#owner,
    )
  }

  setTransfer({ seq }: CertificateRecord, status: CertificateStatus, transfer: TransferRecord): void {
    this.#context.database.run(
      'UPDATE certificates SET status = ?, transfer = ?, modified_at_ms = ? WHERE seq = ?',
      status,
      JSON.stringify(transfer),
      this.#context.clock(),
      seq,
    )
  }

  /** Makes one the account's own, whosever it was. */
  takeOver({ seq }: CertificateRecord): void {
    this.#context.database.run('UPDATE certificates SET owner = ? WHERE seq = ?', this.#owner, seq)
  }

  delete(id: string): void {
    this.#context.database.run('DELETE FROM certificates WHERE id = ? AND owner = ?', id, this.#owner)
  }

  /** When the next claim ends; undefined while there is none. */
  nextExpiryMs(): number | undefined {
    const found = this.#context.database.get<{ next: number | null }>(
      'SELECT min(expires_at_ms) AS next FROM certificates WHERE expires_at_ms IS NOT NULL',
    )
    return found?.next ?? undefined
  }

  /** Deletes the claims that have ended. @returns their ids */
  deleteExpired(nowMs: number): string[] {
    return this.#context.database
      .runReturning<{ id: string }>(
        'DELETE FROM certificates WHERE expires_at_ms IS NOT NULL AND expires_at_ms <= ? RETURNING id',
        nowMs,
      )
      .map(({ id }) => id)
  }

  list(request: PageRequest): Page<CertificateRecord> {
    return this.#page('certificates', request, `listed = 1 AND ${SEEN}`, this.#seen())
  }

  listByCa(caCertificateId: string, request: PageRequest): Page<CertificateRecord> {
    return this.#page(`certificates of ${caCertificateId}`, request, 'ca_certificate_id = ? AND owner = ?', [
      caCertificateId,
      this.#owner,
    ])
  }

  listInTransfer(request: PageRequest): Page<CertificateRecord> {
    return this.#page('outgoing certificates', request, "status = 'PENDING_TRANSFER' AND owner = ?", [this.#owner])
  }

  #seen(): [string, string] {
    return [this.#owner, this.#context.account.id]
  }

  #page(list: string, request: PageRequest, where: string, values: string[]): Page<CertificateRecord> {
    const { rows, ...rest } = readPage<Row>(list, request, ({ sql, after, limit }) =>
      this.#context.database.all<Row>(
        `SELECT ${COLUMNS} FROM certificates WHERE ${where} AND ${sql}`,
        ...values,
        after,
        limit,
      ),
    )
    return { ...rest, rows: rows.map((row) => this.#recordOf(row)) }
  }

  #mustFind(id: string): CertificateRecord {
    const record = this.find(id)
    if (!record) throw new Error(`certificate ${id} is gone within its own transaction`)
    return record
  }

  #recordOf(row: Row): CertificateRecord {
    const transfer: TransferRecord | undefined = row.transfer === null ? undefined : JSON.parse(row.transfer)
    const ownedBy = row.owner === '' ? this.#homeAccount : row.owner
    return { ...row, transfer, ownedBy, arn: arnOf(this.#context.account, 'iot', `cert/${row.id}`) }
  }
}
