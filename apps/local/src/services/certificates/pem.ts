import { createHash, X509Certificate } from 'node:crypto'
import { AwsError } from '@thingdeck/aws-api'
import { isDeviceKey } from '../../foundation/authority/device-key.ts'
import { ParsedCertificate } from '../../foundation/authority/x509.ts'

const SIGNATURE_HASHES = new Set(['SHA-256', 'SHA-384', 'SHA-512'])

/** Lower-case hex SHA-256 of the DER, which is how AWS IoT names certificates. */
export function certificateIdOf(der: Uint8Array): string {
  return createHash('sha256').update(der).digest('hex')
}

/**
 * The first certificate in a PEM text.
 * @throws {AwsError} CertificateValidationException for anything that AWS IoT does not take: no certificate, a key
 *   that is neither RSA of at least 2048 bits nor on P-256, P-384 or P-521, a signature with SHA-1 or weaker
 * @see AWS IoT Core developer guide, "X.509 client certificates"
 */
export function readCertificatePem(pem: string): X509Certificate {
  const { certificate, publicKey, signatureHash } = decode(pem)
  if (signatureHash === undefined || !SIGNATURE_HASHES.has(signatureHash)) {
    throw new AwsError('CertificateValidationException', 'The certificate’s signature algorithm is not supported')
  }
  if (!isDeviceKey(publicKey)) {
    throw new AwsError('CertificateValidationException', 'The certificate’s public key is not supported')
  }
  return certificate
}

/** Reads all that is needed of a certificate. Parts of it are decoded late, and each of them may be broken. */
function decode(pem: string) {
  try {
    const certificate = new X509Certificate(pem)
    const { publicKey, validFrom, validTo } = certificate
    // As text: the dates themselves are whatever was in memory when they cannot be decoded.
    if (Number.isNaN(Date.parse(validFrom)) || Number.isNaN(Date.parse(validTo))) throw new Error('no dates')
    const { signatureAlgorithm } = new ParsedCertificate(certificate.raw)
    return {
      certificate,
      publicKey,
      signatureHash: 'hash' in signatureAlgorithm ? signatureAlgorithm.hash.name : undefined,
    }
  } catch (cause) {
    const error = new AwsError('CertificateValidationException', 'Error decoding provided certificate')
    error.cause = cause
    throw error
  }
}

/** Subject and issuer in DER, as hex: the only form in which names can be compared. */
export function namesOf(der: Uint8Array): { subject: string; issuer: string } {
  const { subjectName, issuerName } = new ParsedCertificate(new Uint8Array(der))
  const hex = (name: { toArrayBuffer(): ArrayBuffer }) => Buffer.from(name.toArrayBuffer()).toString('hex')
  return { subject: hex(subjectName), issuer: hex(issuerName) }
}
