import type { X509Certificate } from 'node:crypto'
import type { CertificateStatus } from '@aws-sdk/client-iot'
import { AwsError } from '@thingdeck/aws-api'
import type { Account } from '../../foundation/account.ts'
import { type DeviceIssuer, readSigningRequest } from '../../foundation/authority/device-issuer.ts'
import type { CertificateChange, IssuedClaim, PreparedCertificate } from '../../foundation/certificates.ts'
import { Changes } from '../../foundation/changes.ts'
import type { LocalContext } from '../../foundation/context.ts'
import { alreadyExists } from '../../foundation/errors.ts'
import type { IotInput } from '../../foundation/iot-handlers.ts'
import type { Authorities } from './authorities.ts'
import { type CertificateRecord, CertificateStore } from './certificate-store.ts'
import { certificateIdOf, readCertificatePem } from './pem.ts'
import { checkTransition, initialStatus } from './status.ts'

/** What others know of a certificate. */
export interface CertificateQuestions {
  /** Whether a principal (here a certificate's ARN) is attached to any thing. */
  readonly hasThings: (principal: string) => boolean
  readonly hasPolicies: (principal: string) => boolean
  /** Takes all policies off a principal that is about to go. */
  readonly detachPolicies: (principal: string) => void
}

export interface CreatedCertificate {
  readonly record: CertificateRecord
  readonly publicKeyPem: string
  readonly privateKeyPem: string
}

export interface CertificatesParts {
  readonly issuer: DeviceIssuer
  readonly authorities: Authorities
  readonly questions: CertificateQuestions
  /** The server's own account, where the certificates are another's. */
  readonly homeAccount?: string
}

/** Certificates of devices: issued here, or made elsewhere and registered. */
export class Certificates {
  readonly store: CertificateStore
  /** After each change of a status and after each deletion. */
  readonly changes = new Changes<CertificateChange>()
  readonly #context: LocalContext
  readonly #issuer: DeviceIssuer
  readonly #authorities: Authorities
  readonly #questions: CertificateQuestions

  /** @param context with the account whose certificates they are */
  constructor(context: LocalContext, parts: CertificatesParts) {
    this.store = new CertificateStore(context, parts.homeAccount)
    this.#context = context
    this.#issuer = parts.issuer
    this.#authorities = parts.authorities
    this.#questions = parts.questions
  }

  get account(): Account {
    return this.#context.account
  }

  /** Epoch milliseconds. */
  now(): number {
    return this.#context.clock()
  }

  async createKeys(status: CertificateStatus): Promise<CreatedCertificate> {
    const { keep, ...keys } = await this.prepareKeys()
    return { record: keep(status), ...keys }
  }

  /** Makes a key and its certificate, for whoever keeps that along with other changes. */
  async prepareKeys() {
    const { certificate, ...keys } = await this.#issuer.issueKeys()
    return {
      ...keys,
      keep: (status: CertificateStatus) => this.store.insert(certificate, { status, mode: 'DEFAULT' }),
    }
  }

  /**
   * Takes what somebody else signs, as RegisterCertificateWithoutCA does.
   * @throws {AwsError} InvalidRequestException for the request, CertificateValidationException for the certificate; when
   *   it is kept also ResourceAlreadyExistsException
   */
  async prepareSigned(requestPem: string, sign: () => Promise<string>): Promise<PreparedCertificate> {
    const { publicKey } = await readSigningRequest(requestPem)
    const certificate = readCertificatePem(await sign())
    if (!certificate.publicKey.equals(publicKey)) {
      throw new AwsError(
        'CertificateValidationException',
        'The certificate is of another public key than the signing request',
      )
    }
    return { keep: (status) => this.#insertNew(certificate, { status, mode: 'SNI_ONLY' }) }
  }

  /** A claim, which no list shows. @param lifeMs after which it is gone */
  async createClaim(templateName: string, lifeMs: number): Promise<IssuedClaim> {
    const { certificate: issued, ...keys } = await this.#issuer.issueKeys()
    const expiresAtMs = this.#context.clock() + lifeMs
    const claim = { templateName, expiresAtMs }
    return {
      ...keys,
      expiresAtMs,
      certificate: this.store.insert(issued, { status: 'ACTIVE', mode: 'DEFAULT', claim }),
    }
  }

  /** Deletes the claims that have ended, and says so. */
  dropExpired(): void {
    for (const certificateId of this.store.deleteExpired(this.#context.clock())) {
      this.changes.tell({ certificateId, status: undefined })
    }
  }

  /** Deletes one that still waits for its activation, unless a thing or a policy is attached to it. */
  dropUnused(id: string): void {
    const found = this.store.find(id)
    if (found?.status !== 'PENDING_ACTIVATION' || this.#isAttached(found)) return
    this.store.delete(id)
    this.changes.tell({ certificateId: id, status: undefined })
  }

  /** @throws {AwsError} InvalidRequestException for a signing request that AWS would not sign */
  async createFromRequest(requestPem: string, status: CertificateStatus): Promise<CertificateRecord> {
    return (await this.prepare(requestPem)).keep(status)
  }

  /** Signs a request, for whoever keeps the certificate along with other changes. @throws {AwsError} as above */
  async prepare(requestPem: string): Promise<{ keep(status: CertificateStatus): CertificateRecord }> {
    const certificate = await this.#issuer.issueForRequest(requestPem)
    return { keep: (status) => this.store.insert(certificate, { status, mode: 'DEFAULT' }) }
  }

  /**
   * Registers a certificate that a registered, ACTIVE authority has signed; it takes over the authority's mode.
   * @throws {AwsError} CertificateConflictException: several authorities have that name and none was given;
   *   CertificateValidationException; CertificateStateException: the authority is INACTIVE;
   *   ResourceAlreadyExistsException; InvalidRequestException
   */
  register(request: IotInput<'RegisterCertificate'>): CertificateRecord {
    const status = initialStatus(request.status, request.setAsActive)
    const certificate = readCertificatePem(request.certificatePem)
    const ca = this.#registeredIssuer(certificate, request.caCertificatePem)
    if (ca.status !== 'ACTIVE') {
      throw new AwsError('CertificateStateException', 'The CA certificate must be ACTIVE to register certificates')
    }
    return this.#insertNew(certificate, { status, mode: ca.mode, caCertificateId: ca.id })
  }

  /** Registers a certificate whatever signed it, in SNI_ONLY mode. */
  registerWithoutCa(request: IotInput<'RegisterCertificateWithoutCA'>): CertificateRecord {
    const status = initialStatus(request.status, undefined)
    return this.#insertNew(readCertificatePem(request.certificatePem), { status, mode: 'SNI_ONLY' })
  }

  /** @throws {AwsError} ResourceNotFoundException */
  mustFind(id: string): CertificateRecord {
    const record = this.store.find(id.toLowerCase())
    if (!record) throw new AwsError('ResourceNotFoundException', `Certificate ${id} is not registered`)
    return record
  }

  /** UpdateCertificate: what a caller may set. @throws {AwsError} see {@link checkTransition} */
  update(id: string, status: CertificateStatus): void {
    const { id: certificateId, status: from } = this.mustFind(id)
    checkTransition(from, status)
    if (from !== status) this.setStatus(certificateId, status)
  }

  /** Sets any status, for provisioning. */
  setStatus(id: string, status: CertificateStatus): void {
    this.store.setStatus(id, status)
    this.changes.tell({ certificateId: id, status })
  }

  /**
   * @throws {AwsError} CertificateStateException while ACTIVE or in transfer; DeleteConflictException while a thing is
   *   attached, or a policy unless `force`
   */
  delete(id: string, force = false): void {
    const { id: certificateId, arn, status } = this.mustFind(id)
    if (status === 'ACTIVE' || status === 'PENDING_TRANSFER') {
      const cause = status === 'ACTIVE' ? 'deactivated (not ACTIVE)' : 'out of transfer'
      throw new AwsError(
        'CertificateStateException',
        `Certificate must be ${cause} before deletion. Id: ${certificateId}`,
      )
    }
    if (this.#questions.hasThings(arn)) {
      throw new AwsError('DeleteConflictException', `Things must be detached before deletion (arn: ${arn})`)
    }
    if (!force && this.#questions.hasPolicies(arn)) {
      throw new AwsError(
        'DeleteConflictException',
        `Certificate policies must be detached before deletion (arn: ${arn})`,
      )
    }
    this.#context.database.transaction(() => {
      this.#questions.detachPolicies(arn)
      this.store.delete(certificateId)
    })
    this.changes.tell({ certificateId, status: undefined })
  }

  /** @throws {AwsError} TransferConflictException while a policy or a thing is attached */
  checkDetached(certificate: CertificateRecord): void {
    if (!this.#isAttached(certificate)) return
    throw new AwsError('TransferConflictException', 'Policies and things must be detached before the transfer')
  }

  /** @throws {AwsError} ResourceAlreadyExistsException for one that the account has itself */
  checkUnknown(id: string): void {
    const existing = this.store.find(id)
    if (existing?.ownedBy === this.account.id) throw alreadyRegistered(existing)
  }

  /**
   * Gives one up that another account takes over.
   * @throws {AwsError} TransferConflictException where a policy or a thing was attached meanwhile
   */
  letGo(id: string): void {
    this.checkDetached(this.mustFind(id))
    this.changes.tell({ certificateId: id, status: undefined })
  }

  #isAttached({ arn }: CertificateRecord): boolean {
    return this.#questions.hasPolicies(arn) || this.#questions.hasThings(arn)
  }

  #registeredIssuer(certificate: X509Certificate, caPem: string | undefined) {
    const given = caPem === undefined ? undefined : certificateIdOf(readCertificatePem(caPem).raw)
    if (given !== undefined && !this.#authorities.store.find(given)) {
      throw new AwsError('CertificateValidationException', 'The CA certificate is not registered')
    }
    if (given === undefined && this.#authorities.namedAsIssuerOf(certificate).length > 1) {
      throw new AwsError(
        'CertificateConflictException',
        'More than one CA certificate is registered with that subject: the CA certificate must be given',
      )
    }
    const issuers = this.#authorities.issuersOf(certificate)
    const issuer = issuers.find(({ id }) => given === undefined || id === given)
    if (!issuer) {
      throw new AwsError(
        'CertificateValidationException',
        'The certificate is not signed by a registered CA certificate',
      )
    }
    return issuer
  }

  #insertNew(certificate: X509Certificate, options: Parameters<CertificateStore['insert']>[1]): CertificateRecord {
    if (certificate.validToDate.getTime() <= this.#context.clock()) {
      throw new AwsError('CertificateValidationException', 'The certificate has expired')
    }
    return this.#context.database.transaction(() => {
      this.checkUnknown(certificateIdOf(certificate.raw))
      return this.store.insert(certificate, options)
    })
  }
}

const alreadyRegistered = ({ id, arn }: CertificateRecord): AwsError =>
  alreadyExists('The certificate is already provisioned or registered', id, arn)
