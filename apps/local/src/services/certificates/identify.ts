import { X509Certificate } from 'node:crypto'
import type {
  CertificateRefusal,
  Identification,
  IdentifyOptions,
  Registration,
} from '../../foundation/certificates.ts'
import type { LocalContext } from '../../foundation/context.ts'
import type { Authorities } from './authorities.ts'
import type { CaRecord } from './ca-store.ts'
import type { CertificateRecord } from './certificate-store.ts'
import type { Certificates } from './certificates.ts'
import { certificateIdOf, readCertificatePem } from './pem.ts'

/** Answers who stands behind a client certificate whose private key the TLS handshake has proven. */
export class Identifier {
  readonly #context: LocalContext
  readonly #certificates: Certificates
  readonly #authorities: Authorities

  constructor(context: LocalContext, certificates: Certificates, authorities: Authorities) {
    this.#context = context
    this.#certificates = certificates
    this.#authorities = authorities
  }

  /**
   * A certificate is known by its fingerprint alone and accepted while it is ACTIVE and not over. One that is not known
   * but signed by a registered, ACTIVE authority with auto-registration is registered as PENDING_ACTIVATION; the event
   * comes with every attempt until something activates it.
   * @param der the client's own certificate
   */
  identify(der: Uint8Array, { serverName, connects = true }: IdentifyOptions = {}): Identification {
    const certificateId = certificateIdOf(der)
    const known = this.#certificates.store.find(certificateId)
    const candidate = known ? undefined : this.#candidate(der)
    // "the device is required to send the Server Name Indication (SNI) extension when it connects"
    if (candidate && !serverName) return { accepted: false, certificateId, reason: 'SNI_REQUIRED' }
    if (candidate && !connects) return { accepted: false, certificateId, reason: 'UNKNOWN', isCandidate: true }
    const certificate = known ?? (candidate && this.#register(candidate))
    if (!certificate) return { accepted: false, certificateId, reason: 'UNKNOWN' }
    const reason = this.#refusal(certificate, serverName)
    if (reason === undefined) return { accepted: true, certificate }
    const waits = reason === 'PENDING_ACTIVATION' && serverName
    const registration = waits ? this.#registrationOf(certificate) : undefined
    if (!registration) return { accepted: false, certificateId, reason }
    return { accepted: false, certificateId, reason, ...(connects ? { registration } : { isCandidate: true }) }
  }

  #refusal(
    { status, mode, notAfterMs }: CertificateRecord,
    serverName: string | undefined,
  ): CertificateRefusal | undefined {
    if (notAfterMs <= this.#context.clock()) return 'EXPIRED'
    if (mode === 'SNI_ONLY' && !serverName) return 'SNI_REQUIRED'
    return status === 'ACTIVE' ? undefined : status
  }

  /** A certificate that nobody knows, if an authority is registered that has it registered just in time. */
  #candidate(der: Uint8Array): Candidate | undefined {
    const certificate = acceptable(der)
    if (!certificate || certificate.validToDate.getTime() <= this.#context.clock()) return undefined
    const ca = this.#authorities.issuersOf(certificate).find(registersAutomatically)
    return ca && { certificate, ca }
  }

  #register({ certificate, ca }: Candidate): CertificateRecord {
    return this.#certificates.store.insert(certificate, {
      status: 'PENDING_ACTIVATION',
      mode: ca.mode,
      caCertificateId: ca.id,
    })
  }

  /**
   * Certificates that fleet provisioning made wait for their activation too, but no authority announces them; nor does one
   * that registers nobody any more.
   */
  #registrationOf(certificate: CertificateRecord): Registration | undefined {
    const ca =
      certificate.caCertificateId === null ? undefined : this.#authorities.store.find(certificate.caCertificateId)
    if (!ca || !registersAutomatically(ca)) return undefined
    return {
      certificate,
      registrationConfig: ca.registrationConfig,
      topic: `$aws/events/certificates/registered/${ca.id}`,
      event: {
        certificateId: certificate.id,
        caCertificateId: ca.id,
        timestamp: this.#context.clock(),
        certificateStatus: 'PENDING_ACTIVATION',
        awsAccountId: this.#context.account.id,
        certificateRegistrationTimestamp: null,
      },
    }
  }
}

interface Candidate {
  readonly certificate: X509Certificate
  readonly ca: CaRecord
}

function registersAutomatically(ca: CaRecord): boolean {
  return ca.status === 'ACTIVE' && ca.autoRegistration === 'ENABLE'
}

/** The certificate if AWS IoT would take its kind of key and signature. */
function acceptable(der: Uint8Array): X509Certificate | undefined {
  try {
    return readCertificatePem(new X509Certificate(der).toString())
  } catch {
    return undefined
  }
}
