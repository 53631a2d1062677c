import { createHash, X509Certificate } from 'node:crypto'
import { AwsError } from '@thingdeck/aws-api'
import { ParsedCertificate } from '../authority/x509.ts'

const MIN_RSA_BITS = 2048
const CURVES = new Set(['prime256v1', 'secp384r1', 'secp521r1'])
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
  let certificate: X509Certificate
  let signatureHash: string | undefined
  try {
    certificate = new X509Certificate(pem)
    const { signatureAlgorithm } = new ParsedCertificate(certificate.raw)
    signatureHash = 'hash' in signatureAlgorithm ? signatureAlgorithm.hash.name : undefined
  } catch {
    throw new AwsError('CertificateValidationException', 'Error decoding provided certificate')
  }
  if (signatureHash === undefined || !SIGNATURE_HASHES.has(signatureHash)) {
    throw new AwsError('CertificateValidationException', 'The certificate’s signature algorithm is not supported')
  }
  const { asymmetricKeyType: type, asymmetricKeyDetails: key } = certificate.publicKey
  const accepted =
    type === 'rsa' ? (key?.modulusLength ?? 0) >= MIN_RSA_BITS : type === 'ec' && CURVES.has(key?.namedCurve ?? '')
  if (!accepted) {
    throw new AwsError('CertificateValidationException', 'The certificate’s public key is not supported')
  }
  return certificate
}

/** Subject and issuer in DER, as hex: the only form in which names can be compared. */
export function namesOf(der: Uint8Array): { subject: string; issuer: string } {
  const { subjectName, issuerName } = new ParsedCertificate(new Uint8Array(der))
  const hex = (name: { toArrayBuffer(): ArrayBuffer }) => Buffer.from(name.toArrayBuffer()).toString('hex')
  return { subject: hex(subjectName), issuer: hex(issuerName) }
}
