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
  readonly transfer: TransferRecord | undefined
}

export interface TransferRecord {
  readonly targetAccount: string
  readonly message?: string
  readonly startedAtMs: number
  readonly acceptedAtMs?: number
  readonly rejectedAtMs?: number
  readonly rejectReason?: string
}

interface Row extends Omit<CertificateRecord, 'arn' | 'transfer'> {
  readonly transfer: string | null
}

const COLUMNS = `seq, id, status, mode, pem, ca_certificate_id AS caCertificateId, generation_id AS generationId,
  customer_version AS customerVersion, not_before_ms AS notBeforeMs, not_after_ms AS notAfterMs,
  created_at_ms AS createdAtMs, modified_at_ms AS modifiedAtMs, transfer`

const STEPS = [
  `CREATE TABLE certificates (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    status TEXT NOT NULL,
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
    transfer TEXT
  ) STRICT;
  CREATE INDEX certificates_by_ca ON certificates (ca_certificate_id, seq);
  CREATE INDEX certificates_in_transfer ON certificates (status, seq) WHERE status = 'PENDING_TRANSFER'`,
]

/** The table of device certificates. */
export class CertificateStore {
  readonly #context: LocalContext

  constructor(context: LocalContext) {
    this.#context = context
    context.database.migrate('certificates', STEPS)
  }

  find(id: string): CertificateRecord | undefined {
    const row = this.#context.database.get<Row>(`SELECT ${COLUMNS} FROM certificates WHERE id = ?`, id)
    return row && this.#recordOf(row)
  }

  /** @param options.listed false for claim certificates, which no list shows */
  insert(
    certificate: X509Certificate,
    options: {
      readonly status: CertificateStatus
      readonly mode: CertificateMode
      readonly caCertificateId?: string
      readonly listed?: boolean
    },
  ): CertificateRecord {
    const now = this.#context.clock()
    const id = certificateIdOf(certificate.raw)
    this.#context.database.run(
      `INSERT INTO certificates (id, status, mode, pem, ca_certificate_id, listed, generation_id, customer_version,
        not_before_ms, not_after_ms, created_at_ms, modified_at_ms) VALUES (?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?)`,
      id,
      options.status,
      options.mode,
      certificate.toString(),
      options.caCertificateId ?? null,
      options.listed === false ? 0 : 1,
      randomUUID(),
      certificate.validFromDate.getTime(),
      certificate.validToDate.getTime(),
      now,
      now,
    )
    return this.#mustFind(id)
  }

  setStatus(id: string, status: CertificateStatus): void {
    this.#context.database.run(
      'UPDATE certificates SET status = ?, modified_at_ms = ? WHERE id = ?',
      status,
      this.#context.clock(),
      id,
    )
  }

  setTransfer(id: string, status: CertificateStatus, transfer: TransferRecord): void {
    this.#context.database.run(
      'UPDATE certificates SET status = ?, transfer = ?, modified_at_ms = ? WHERE id = ?',
      status,
      JSON.stringify(transfer),
      this.#context.clock(),
      id,
    )
  }

  delete(id: string): void {
    this.#context.database.run('DELETE FROM certificates WHERE id = ?', id)
  }

  list(request: PageRequest): Page<CertificateRecord> {
    return this.#page('certificates', request, 'listed = 1', [])
  }

  listByCa(caCertificateId: string, request: PageRequest): Page<CertificateRecord> {
    return this.#page(`certificates of ${caCertificateId}`, request, 'ca_certificate_id = ?', [caCertificateId])
  }

  listInTransfer(request: PageRequest): Page<CertificateRecord> {
    return this.#page('outgoing certificates', request, "status = 'PENDING_TRANSFER'", [])
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
    return { ...row, transfer, arn: arnOf(this.#context.account, 'iot', `cert/${row.id}`) }
  }
}
