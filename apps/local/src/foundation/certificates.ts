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

/**
 * Answers who stands behind a client certificate whose private key the TLS handshake has proven.
 * @param der the client's own certificate
 */
export type IdentifyCertificate = (
  der: Uint8Array,
  options: { readonly serverName?: string | undefined },
) => Identification
