import type { CertificateStatus, RegistrationConfig } from '@aws-sdk/client-iot'

/** A device's certificate, as far as others care. */
export interface CertificateFacts {
  /** Fingerprint: 64 hex digits. */
  readonly id: string
  readonly arn: string
  readonly status: CertificateStatus
  readonly pem: string
  /** Of a claim that CreateProvisioningClaim made: the provisioning template that it is for. */
  readonly claimTemplate: string | null
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

/** One whose key AWS IoT made, too. */
export interface PreparedKeys extends PreparedCertificate {
  /** PEM; nowhere kept. */
  readonly publicKeyPem: string
  readonly privateKeyPem: string
}

/** A claim as a trusted user hands it to a device. */
export interface IssuedClaim {
  readonly certificate: CertificateFacts
  readonly publicKeyPem: string
  readonly privateKeyPem: string
  /** Epoch milliseconds: from then on the account does not know it. */
  readonly expiresAtMs: number
}

/** Certificates that services make for devices, beside those that callers of the API ask for. */
export interface CertificateIssuing {
  readonly prepare: PrepareCertificate
  prepareKeys(): Promise<PreparedKeys>
  /**
   * Has somebody else sign a request.
   * @param sign asked once the request has been found good; a certificate, PEM
   * @throws {AwsError} InvalidRequestException for a signing request that AWS would not sign;
   *   CertificateValidationException for a certificate that AWS IoT does not take, or that is of another key than the
   *   request; from `keep` also ResourceAlreadyExistsException
   */
  prepareSigned(requestPem: string, sign: () => Promise<string>): Promise<PreparedCertificate>
  /** A certificate that no list shows, and that ends soon: with it a device can be provisioned by that template alone. */
  createClaim(templateName: string, lifeMs: number): Promise<IssuedClaim>
  /** Deletes one that still waits for its activation, unless a thing or a policy is attached to it. */
  dropUnused(certificateId: string): void
}

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
      /** The certificate waits for its activation: what there is to announce and to do. */
      readonly registration?: Registration
      /** It would be registered, or announced again, if the client went on to connect. */
      readonly isCandidate?: boolean
    }

/** Just-in-time registration: a client connects with a certificate of a registered authority that is not active yet. */
export interface Registration {
  /** `$aws/events/certificates/registered/CA_ID` */
  readonly topic: string
  readonly event: RegistrationEvent
  readonly certificate: CertificateFacts
  /** By what the authority has devices provisioned; undefined where somebody else is to activate the certificate. */
  readonly registrationConfig: RegistrationConfig | undefined
}

/** Where a client came from that was told of in a {@link Registration}. */
export interface RegisteredFrom {
  readonly sourceIp: string | undefined
  readonly sourcePort: number | undefined
}

/**
 * Told of each such client; its connection is closed once what is returned is done, whatever became of it.
 */
export type OnRegistration = (registration: Registration, from: RegisteredFrom) => Promise<void>

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
