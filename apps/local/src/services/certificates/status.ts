import type { CertificateStatus } from '@aws-sdk/client-iot'
import { AwsError } from '@thingdeck/aws-api'

const SETTABLE: readonly CertificateStatus[] = ['ACTIVE', 'INACTIVE', 'REVOKED']

/**
 * Whether UpdateCertificate may take a certificate from one status to another; the same again is always well.
 * @throws {AwsError} InvalidRequestException for a status that no caller may set, CertificateStateException where the
 *   present one cannot be left this way: a revoked certificate stays revoked, one in transfer belongs to the transfer
 * @see AWS IoT API reference, UpdateCertificate; developer guide, "Transfer a certificate to another account"
 */
export function checkTransition(from: CertificateStatus, to: CertificateStatus): void {
  if (!SETTABLE.includes(to)) throw new AwsError('InvalidRequestException', `The status ${to} cannot be set`)
  if (from === to) return
  if (from === 'REVOKED') {
    throw new AwsError('CertificateStateException', 'A revoked certificate cannot be used again')
  }
  if (from === 'PENDING_TRANSFER') {
    throw new AwsError('CertificateStateException', 'The certificate is pending transfer')
  }
}

/** @throws {AwsError} CertificateStateException for a status that a certificate cannot be registered with */
export function initialStatus(status: CertificateStatus | undefined, setAsActive: boolean | undefined) {
  if (status === undefined) return setAsActive ? 'ACTIVE' : 'INACTIVE'
  if (!SETTABLE.includes(status)) {
    throw new AwsError('CertificateStateException', `Not allowed to register certificate with ${status} status`)
  }
  return status
}
