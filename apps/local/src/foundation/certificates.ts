import type { CertificateStatus } from '@aws-sdk/client-iot'

/** A device's certificate, as far as others care. */
export interface CertificateFacts {
  /** Fingerprint: 64 hex digits. */
  readonly id: string
  readonly arn: string
  readonly status: CertificateStatus
  readonly pem: string
}

/** The certificates of the account, by id. */
export type FindCertificate = (certificateId: string) => CertificateFacts | undefined

/** A certificate that is signed, and not kept yet. */
export interface PreparedCertificate {
  /** From then on the account has it. */
  keep(status: CertificateStatus): CertificateFacts
}

/**
 * Signs a request for a certificate, which takes a moment; keeping what was signed takes none, and can be done along with
 * other changes.
 * @throws {AwsError} InvalidRequestException for a signing request that AWS would not sign
 */
export type PrepareCertificate = (requestPem: string) => Promise<PreparedCertificate>

/** A status changed, or the certificate is gone (`status` undefined). Live connections that use it are to be dropped. */
export interface CertificateChange {
  readonly certificateId: string
  readonly status: CertificateStatus | undefined
}

/** Why a client's certificate is refused. */
export type CertificateRefusal =
  | 'UNKNOWN' // neither registered nor signed by an authority with auto-registration
  | 'EXPIRED'
  | 'SNI_REQUIRED' // mode SNI_ONLY, and the client named no server
  | Exclude<CertificateStatus, 'ACTIVE'>

/** What a TLS client's certificate amounts to. */
export type Identification =
  | { readonly accepted: true; readonly certificate: CertificateFacts }
  | {
      readonly accepted: false
      readonly certificateId: string
      readonly reason: CertificateRefusal
      /** The event to publish: the certificate waits for its activation. */
      readonly registration?: Registration
      /** It would be registered, or announced again, if the client went on to connect. */
      readonly isCandidate?: boolean
    }

/** Just-in-time registration: an event. */
export interface Registration {
  /** `$aws/events/certificates/registered/CA_ID` */
  readonly topic: string
  readonly event: RegistrationEvent
}

/**
 * As the developer guide has it, "Register a client certificate when the client connects (JITR)"; but for the last member,
 * which the guide shows as a text and AWS sends as null.
 */
export interface RegistrationEvent {
  readonly certificateId: string
  readonly caCertificateId: string
  /** Epoch milliseconds. */
  readonly timestamp: number
  readonly certificateStatus: 'PENDING_ACTIVATION'
  readonly awsAccountId: string
  readonly certificateRegistrationTimestamp: null
}

export interface IdentifyOptions {
  /** What the client sent as server name (SNI). */
  readonly serverName?: string | undefined
  /** Whether the client does more than shake hands: only then it is registered just in time, and announced. Default true. */
  readonly connects?: boolean | undefined
}

/**
 * Answers who stands behind a client certificate whose private key the TLS handshake has proven.
 * @param der the client's own certificate
 */
export type IdentifyCertificate = (der: Uint8Array, options: IdentifyOptions) => Identification
