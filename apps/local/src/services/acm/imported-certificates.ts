import { createPrivateKey, type KeyObject, randomUUID, X509Certificate } from 'node:crypto'
import { AwsError } from '@thingdeck/aws-api'
import { arnOf } from '../../foundation/account.ts'
import type { LocalContext } from '../../foundation/context.ts'
import type { TlsCredentials } from '../../foundation/domains.ts'
import { invalidInput, notFound } from '../../foundation/errors.ts'
import type { ServerCertificates } from '../../foundation/server-certificates.ts'

/** As it was imported: PEM. Times are epoch milliseconds. */
export interface ImportedCertificate {
  readonly arn: string
  readonly certificatePem: string
  /** Empty where there is none. */
  readonly chainPem: string
  readonly privateKeyPem: string
  readonly importedAtMs: number
}

const COLUMNS = `arn, certificate_pem AS certificatePem, chain_pem AS chainPem, private_key_pem AS privateKeyPem,
  imported_at_ms AS importedAtMs`

const STEPS = [
  `CREATE TABLE imported_certificates (
    arn TEXT PRIMARY KEY,
    certificate_pem TEXT NOT NULL,
    chain_pem TEXT NOT NULL,
    private_key_pem TEXT NOT NULL,
    imported_at_ms INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID`,
]

/** ACM's quota, "Imported certificates". */
const MAX_CERTIFICATES = 2500
/** "The maximum certificate chain depth is 5 certificates." @see AWS IoT Core developer guide, customer managed domains */
const MAX_CHAIN = 5
const SERVER_AUTH = '1.3.6.1.5.5.7.3.1'

export interface ImportInput {
  /** Of one that is replaced. */
  readonly arn: string | undefined
  readonly certificate: Uint8Array
  readonly chain: Uint8Array | undefined
  readonly privateKey: Uint8Array
}

/** Server certificates that were imported, with their keys. */
export class ImportedCertificates implements ServerCertificates {
  readonly #context: LocalContext
  /** The same objects as long as nothing is imported anew: TLS servers are made for each. */
  readonly #credentials = new Map<string, TlsCredentials>()

  constructor(context: LocalContext) {
    this.#context = context
    context.database.migrate('acm', STEPS)
  }

  get(arn: string): ImportedCertificate | undefined {
    return this.#context.database.get<ImportedCertificate>(
      `SELECT ${COLUMNS} FROM imported_certificates WHERE arn = ?`,
      arn,
    )
  }

  /** @throws {AwsError} ResourceNotFoundException */
  mustGet(arn: string): ImportedCertificate {
    const found = this.get(arn)
    if (!found) throw notFound(`Could not find certificate ${arn}.`)
    return found
  }

  /** Up to `count` behind an ARN, in the order of ARNs. */
  after(arn: string, count: number): ImportedCertificate[] {
    return this.#context.database.all<ImportedCertificate>(
      `SELECT ${COLUMNS} FROM imported_certificates WHERE arn > ? ORDER BY arn LIMIT ?`,
      arn,
      count,
    )
  }

  /** @returns its ARN @throws {AwsError} ValidationException, ResourceNotFoundException, LimitExceededException */
  import({ arn, certificate, chain, privateKey }: ImportInput): string {
    if (arn !== undefined) this.mustGet(arn)
    const read = readImport(text(certificate), chain ? text(chain) : '', text(privateKey))
    const { database, account, clock } = this.#context
    const { count = 0 } = database.get<{ count: number }>('SELECT count(*) AS count FROM imported_certificates') ?? {}
    if (arn === undefined && count >= MAX_CERTIFICATES) {
      throw new AwsError('LimitExceededException', `No more than ${MAX_CERTIFICATES} certificates can be imported`)
    }
    const made = arn ?? arnOf(account, 'acm', `certificate/${randomUUID()}`)
    database.run(
      'INSERT OR REPLACE INTO imported_certificates VALUES (?, ?, ?, ?, ?)',
      made,
      read.certificatePem,
      read.chainPem,
      read.privateKeyPem,
      clock(),
    )
    this.#credentials.delete(made)
    return made
  }

  delete(arn: string): void {
    this.#context.database.run('DELETE FROM imported_certificates WHERE arn = ?', arn)
    this.#credentials.delete(arn)
  }

  /** What was read is read again. */
  forget(): void {
    this.#credentials.clear()
  }

  find(arn: string): TlsCredentials | undefined {
    const known = this.#credentials.get(arn)
    if (known) return known
    const found = this.get(arn)
    if (!found) return undefined
    const { certificatePem, chainPem, privateKeyPem } = found
    const credentials = { certificatePem: certificatePem + chainPem, privateKeyPem }
    this.#credentials.set(arn, credentials)
    return credentials
  }

  check(arn: string, domainName?: string): void {
    const whyNot = this.#whyNot(arn, domainName)
    if (whyNot !== undefined) throw new AwsError('CertificateValidationException', whyNot)
  }

  whyInvalid(arn: string, domainName: string): string | undefined {
    return this.#whyNot(arn, domainName)
  }

  #whyNot(arn: string, domainName: string | undefined): string | undefined {
    const found = this.get(arn)
    if (!found) return `There is no certificate ${arn} in ACM`
    const certificate = new X509Certificate(found.certificatePem)
    const now = this.#context.clock()
    if (now < certificate.validFromDate.getTime()) return `The certificate ${arn} is not valid yet`
    if (now > certificate.validToDate.getTime()) return `The certificate ${arn} has expired`
    if (domainName === undefined) return undefined
    // Absent extensions leave the key good for everything (RFC 5280 §4.2.1.12), but AWS IoT wants this one.
    if (certificate.keyUsage?.includes(SERVER_AUTH) !== true) {
      return `The certificate ${arn} lacks the extended key usage serverAuth`
    }
    if (certificate.checkHost(domainName, { subject: 'never' }) !== undefined) return undefined
    return `The certificate ${arn} is not for ${domainName}`
  }
}

const text = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString()

const CERTIFICATES = /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g

/** @throws {AwsError} ValidationException */
function readImport(certificateText: string, chainText: string, keyText: string) {
  const [certificate, ...more] = certificatesIn('certificate', certificateText)
  if (!certificate || more.length > 0) throw invalidInput('The certificate field must contain one certificate in PEM.')
  const chain = certificatesIn('certificate chain', chainText)
  if (chain.length > MAX_CHAIN) throw invalidInput(`The certificate chain has more than ${MAX_CHAIN} certificates.`)
  const key = readKey(keyText)
  if (!certificate.checkPrivateKey(key)) throw invalidInput('The private key does not match the certificate.')
  for (const [index, issuer] of chain.entries()) {
    const issued = index === 0 ? certificate : chain[index - 1]
    if (issued?.checkIssued(issuer) !== true || !issued.verify(issuer.publicKey)) {
      throw invalidInput('Could not validate the certificate with the certificate chain.')
    }
  }
  return {
    certificatePem: certificate.toString(),
    chainPem: chain.map(String).join(''),
    privateKeyPem: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
  }
}

function certificatesIn(what: string, pem: string): X509Certificate[] {
  try {
    return (pem.match(CERTIFICATES) ?? []).map((each) => new X509Certificate(each))
  } catch {
    throw invalidInput(`Could not parse the ${what}.`)
  }
}

function readKey(pem: string): KeyObject {
  try {
    return createPrivateKey(pem)
  } catch {
    throw invalidInput('The private key is not supported: it must be in PEM, without a password.')
  }
}
