import type { X509Certificate } from 'node:crypto'
import type { CertificateMode, RegistrationConfig } from '@aws-sdk/client-iot'
import { AwsError } from '@thingdeck/aws-api'
import type { LocalContext } from '../../foundation/context.ts'
import type { IotInput } from '../../foundation/iot-handlers.ts'
import type { TagKeeper } from '../../foundation/tag-keeper.ts'
import { type CaRecord, CaStore } from './ca-store.ts'
import { certificateIdOf, namesOf, readCertificatePem } from './pem.ts'

const MAX_WITH_SAME_SUBJECT = 10

/**
 * @returns what is to be kept of it; undefined where it says nothing
 * @throws {AwsError} InvalidRequestException, ResourceNotFoundException for what no device could be provisioned by
 */
export type CheckRegistrationConfig = (config: RegistrationConfig | undefined) => RegistrationConfig | undefined

/** The certificate authorities that customers register, and what is asked of them. */
export class Authorities {
  readonly store: CaStore
  readonly #context: LocalContext
  readonly #tags: TagKeeper | undefined
  readonly #checkRegistrationConfig: CheckRegistrationConfig

  /** @param checkRegistrationConfig what provisioning says of it */
  constructor(
    context: LocalContext,
    {
      tags,
      checkRegistrationConfig = (given) => given,
    }: { readonly tags?: TagKeeper; readonly checkRegistrationConfig?: CheckRegistrationConfig } = {},
  ) {
    this.#checkRegistrationConfig = checkRegistrationConfig
    this.store = new CaStore(context)
    this.#context = context
    this.#tags = tags
    tags?.addKind('cacert', (id) => this.store.find(id) !== undefined)
  }

  /**
   * @throws {AwsError} CertificateValidationException, RegistrationCodeValidationException,
   *   ResourceAlreadyExistsException, LimitExceededException, InvalidRequestException
   * @see AWS IoT Core developer guide, "Register your CA certificate"
   */
  register(request: IotInput<'RegisterCACertificate'>): CaRecord {
    const mode: CertificateMode = request.certificateMode ?? 'DEFAULT'
    const certificate = readCertificatePem(request.caCertificate)
    this.#checkAuthority(certificate)
    this.#checkVerification(certificate, mode, request.verificationCertificate)
    const registrationConfig = this.#checkRegistrationConfig(request.registrationConfig)
    const { subject } = namesOf(certificate.raw)
    return this.#context.database.transaction(() => {
      const existing = this.store.find(certificateIdOf(certificate.raw))
      if (existing) throw alreadyRegistered(existing)
      if (this.store.findBySubject(subject).length >= MAX_WITH_SAME_SUBJECT) {
        throw new AwsError('LimitExceededException', 'Limit reached for number of CA Certificates with same subject')
      }
      const id = this.store.insert(certificate, subject, mode, {
        status: request.setAsActive ? 'ACTIVE' : 'INACTIVE',
        autoRegistration: request.allowAutoRegistration ? 'ENABLE' : 'DISABLE',
        registrationConfig,
      })
      const ca = this.mustFind(id)
      this.#tags?.create(ca.arn, request.tags)
      return ca
    })
  }

  /** @throws {AwsError} ResourceNotFoundException */
  mustFind(id: string): CaRecord {
    const ca = this.store.find(id.toLowerCase())
    if (!ca) throw new AwsError('ResourceNotFoundException', `CA certificate ${id} is not registered`)
    return ca
  }

  update(request: IotInput<'UpdateCACertificate'>): void {
    const ca = this.mustFind(request.certificateId)
    const given = this.#checkRegistrationConfig(request.registrationConfig)
    const { status, autoRegistration, registrationConfig } = ca
    if (request.removeAutoRegistration && (given || request.newAutoRegistrationStatus === 'ENABLE')) {
      throw new AwsError('InvalidRequestException', 'removeAutoRegistration must not stand beside what sets it')
    }
    this.store.update(ca.id, {
      status: request.newStatus ?? status,
      ...(request.removeAutoRegistration
        ? { autoRegistration: 'DISABLE', registrationConfig: undefined }
        : {
            autoRegistration: request.newAutoRegistrationStatus ?? autoRegistration,
            registrationConfig: given ?? registrationConfig,
          }),
    })
  }

  /** @throws {AwsError} ResourceNotFoundException; CertificateStateException while it is ACTIVE */
  delete(id: string): void {
    const ca = this.mustFind(id)
    if (ca.status === 'ACTIVE') {
      throw new AwsError('CertificateStateException', 'CA certificate must be deactivated (not ACTIVE) before deletion')
    }
    this.store.delete(ca.id)
    this.#tags?.forget(ca.arn)
  }

  /** @throws {AwsError} ResourceNotFoundException when the account has no code */
  deleteRegistrationCode(): void {
    if (!this.store.deleteRegistrationCode()) {
      throw new AwsError('ResourceNotFoundException', 'The account has no registration code')
    }
  }

  /** The registered authorities that have signed a certificate: by name and by signature. */
  issuersOf(certificate: X509Certificate): CaRecord[] {
    return this.namedAsIssuerOf(certificate).filter((ca) => certificate.verify(readCertificatePem(ca.pem).publicKey))
  }

  /** The registered authorities whose subject is the issuer of a certificate. */
  namedAsIssuerOf(certificate: X509Certificate): CaRecord[] {
    return this.store.findBySubject(namesOf(certificate.raw).issuer)
  }

  #checkAuthority(certificate: X509Certificate): void {
    if (!certificate.ca) throw new AwsError('CertificateValidationException', 'The certificate is not a CA certificate')
    if (certificate.validToDate.getTime() <= this.#context.clock()) {
      throw new AwsError('CertificateValidationException', 'The CA certificate has expired')
    }
  }

  #checkVerification(ca: X509Certificate, mode: CertificateMode, verificationPem: string | undefined): void {
    if (mode === 'SNI_ONLY') {
      if (!verificationPem) return
      throw new AwsError('InvalidRequestException', 'A verification certificate is not allowed in SNI_ONLY mode')
    }
    if (!verificationPem) {
      throw new AwsError('InvalidRequestException', 'A verification certificate is required in DEFAULT mode')
    }
    const verification = readCertificatePem(verificationPem)
    if (namesOf(verification.raw).issuer !== namesOf(ca.raw).subject || !verification.verify(ca.publicKey)) {
      throw new AwsError(
        'CertificateValidationException',
        'The verification certificate is not signed by the CA certificate',
      )
    }
    const commonName: unknown = verification.toLegacyObject().subject.CN
    if (commonName !== this.store.registrationCode()) {
      throw new AwsError(
        'RegistrationCodeValidationException',
        'The common name of the verification certificate is not the registration code of this account',
      )
    }
  }
}

function alreadyRegistered(ca: CaRecord): AwsError {
  return new AwsError('ResourceAlreadyExistsException', 'The CA certificate is already registered', {
    resourceId: ca.id,
    resourceArn: ca.arn,
  })
}
