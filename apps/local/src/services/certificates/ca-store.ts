import { randomBytes, randomUUID, type X509Certificate } from 'node:crypto'
import type {
  AutoRegistrationStatus,
  CACertificateStatus,
  CertificateMode,
  RegistrationConfig,
} from '@aws-sdk/client-iot'
import { arnOf } from '../../foundation/account.ts'
import type { LocalContext } from '../../foundation/context.ts'
import { type Page, type PageRequest, readPage } from '../../foundation/marker-paging.ts'
import { certificateIdOf } from './pem.ts'

/** A registered certificate authority. Times are epoch milliseconds. */
export interface CaRecord {
  readonly seq: number
  readonly id: string
  readonly arn: string
  readonly status: CACertificateStatus
  readonly mode: CertificateMode
  readonly pem: string
  readonly autoRegistration: AutoRegistrationStatus
  /** By what devices with its certificates are provisioned as they connect first. */
  readonly registrationConfig: RegistrationConfig | undefined
  readonly generationId: string
  readonly customerVersion: number
  readonly notBeforeMs: number
  readonly notAfterMs: number
  readonly createdAtMs: number
  readonly modifiedAtMs: number
}

interface Row extends Omit<CaRecord, 'arn' | 'registrationConfig'> {
  readonly registrationConfig: string | null
}

/** What UpdateCACertificate may change. */
export type CaSettings = Pick<CaRecord, 'status' | 'autoRegistration' | 'registrationConfig'>

const COLUMNS = `seq, id, status, mode, pem, auto_registration AS autoRegistration,
  registration_config AS registrationConfig,
  generation_id AS generationId, customer_version AS customerVersion,
  not_before_ms AS notBeforeMs, not_after_ms AS notAfterMs, created_at_ms AS createdAtMs,
  modified_at_ms AS modifiedAtMs`

const STEPS = [
  `CREATE TABLE ca_certificates (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    status TEXT NOT NULL,
    mode TEXT NOT NULL,
    pem TEXT NOT NULL,
    subject TEXT NOT NULL,
    auto_registration TEXT NOT NULL,
    registration_config TEXT,
    generation_id TEXT NOT NULL,
    customer_version INTEGER NOT NULL,
    not_before_ms INTEGER NOT NULL,
    not_after_ms INTEGER NOT NULL,
    created_at_ms INTEGER NOT NULL,
    modified_at_ms INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX ca_certificates_by_subject ON ca_certificates (subject);
  CREATE TABLE registration_code (code TEXT NOT NULL) STRICT`,
]

/** The tables of registered authorities and of the account's registration code. */
export class CaStore {
  readonly #context: LocalContext

  constructor(context: LocalContext) {
    this.#context = context
    context.database.migrate('ca-certificates', STEPS)
  }

  find(id: string): CaRecord | undefined {
    const row = this.#context.database.get<Row>(`SELECT ${COLUMNS} FROM ca_certificates WHERE id = ?`, id)
    return row && this.#recordOf(row)
  }

  /** @param subject the name in DER, as hex */
  findBySubject(subject: string): CaRecord[] {
    return this.#context.database
      .all<Row>(`SELECT ${COLUMNS} FROM ca_certificates WHERE subject = ? ORDER BY seq`, subject)
      .map((row) => this.#recordOf(row))
  }

  insert(certificate: X509Certificate, subject: string, mode: CertificateMode, settings: CaSettings): string {
    const now = this.#context.clock()
    const id = certificateIdOf(certificate.raw)
    this.#context.database.run(
      `INSERT INTO ca_certificates (id, status, mode, pem, subject, auto_registration, registration_config,
        generation_id, customer_version, not_before_ms, not_after_ms, created_at_ms, modified_at_ms)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?)`,
      id,
      settings.status,
      mode,
      certificate.toString(),
      subject,
      settings.autoRegistration,
      textOf(settings.registrationConfig),
      randomUUID(),
      certificate.validFromDate.getTime(),
      certificate.validToDate.getTime(),
      now,
      now,
    )
    return id
  }

  update(id: string, settings: CaSettings): void {
    this.#context.database.run(
      `UPDATE ca_certificates SET status = ?, auto_registration = ?, registration_config = ?, modified_at_ms = ?
        WHERE id = ?`,
      settings.status,
      settings.autoRegistration,
      textOf(settings.registrationConfig),
      this.#context.clock(),
      id,
    )
  }

  delete(id: string): void {
    this.#context.database.run('DELETE FROM ca_certificates WHERE id = ?', id)
  }

  /** @param templateName of those that have devices provisioned by it */
  list(request: PageRequest, templateName?: string): Page<CaRecord> {
    const list = templateName === undefined ? 'CA certificates' : `CA certificates of ${templateName}`
    const { rows, ...rest } = readPage<Row>(list, request, ({ sql, after, limit }) =>
      this.#context.database.all<Row>(
        `SELECT ${COLUMNS} FROM ca_certificates
          WHERE (? IS NULL OR registration_config ->> 'templateName' = ?) AND ${sql}`,
        templateName ?? null,
        templateName ?? null,
        after,
        limit,
      ),
    )
    return { ...rest, rows: rows.map((row) => this.#recordOf(row)) }
  }

  /** The account's registration code, made on the first call and the same until it is deleted. */
  registrationCode(): string {
    const code = this.#code() ?? randomBytes(32).toString('hex')
    if (this.#code() === undefined) this.#context.database.run('INSERT INTO registration_code VALUES (?)', code)
    return code
  }

  /** False when there was none. */
  deleteRegistrationCode(): boolean {
    return this.#context.database.run('DELETE FROM registration_code').changes > 0
  }

  #code(): string | undefined {
    return this.#context.database.get<{ code: string }>('SELECT code FROM registration_code')?.code
  }

  #recordOf(row: Row): CaRecord {
    const registrationConfig: RegistrationConfig | undefined =
      row.registrationConfig === null ? undefined : JSON.parse(row.registrationConfig)
    return { ...row, registrationConfig, arn: arnOf(this.#context.account, 'iot', `cacert/${row.id}`) }
  }
}

const textOf = (config: RegistrationConfig | undefined): string | null => (config ? JSON.stringify(config) : null)
