import { type KeyObject, X509Certificate } from 'node:crypto'

/** What a certificate says of itself. A certificate never changes, so neither does this. */
export interface CertificateFacts {
  /** `CN=pump-7, O=Example`. */
  readonly subject: string
  readonly issuer: string
  /** `RSA 2048`, `EC P-256`. */
  readonly key: string
  /** As the certificate's signature names it: `sha256WithRSAEncryption`. */
  readonly signature?: string
  /** Somebody may find out its key, or forge its signature: RSA below 2048 bits, SHA-1, MD5 (NIST SP 800-131A). */
  readonly isWeak: boolean
}

/** Undefined: it cannot be read, by OpenSSL at least. */
export function readCertificateFacts(pem: string): CertificateFacts | undefined {
  try {
    const certificate = new X509Certificate(pem)
    const { publicKey, signatureAlgorithm } = certificate
    return {
      subject: nameInOneLine(certificate.subject),
      issuer: nameInOneLine(certificate.issuer),
      key: keyWords(publicKey),
      ...(signatureAlgorithm !== undefined && { signature: signatureAlgorithm }),
      isWeak: isWeakKey(publicKey) || /sha1|md5/i.test(signatureAlgorithm ?? ''),
    }
  } catch {
    return undefined
  }
}

/** Node has a line an attribute, the most general one first. */
const nameInOneLine = (name: string | undefined): string => (name ?? '').split('\n').filter(Boolean).join(', ')

/** NIST's names, as AWS has them; OpenSSL's are others (RFC 5480). */
const CURVES: Readonly<Record<string, string>> = { prime256v1: 'P-256', secp384r1: 'P-384', secp521r1: 'P-521' }

function keyWords({ asymmetricKeyType, asymmetricKeyDetails: details }: KeyObject): string {
  const type: string = asymmetricKeyType ?? 'unknown'
  if (details?.modulusLength !== undefined) return `${type === 'rsa' ? 'RSA' : type} ${details.modulusLength}`
  const { namedCurve } = details ?? {}
  return namedCurve === undefined ? type : `EC ${CURVES[namedCurve] ?? namedCurve}`
}

const isWeakKey = ({ asymmetricKeyDetails: details }: KeyObject): boolean => (details?.modulusLength ?? 2_048) < 2_048
