import { colonHex, hexOf } from './pem.ts'
import { BasicConstraintsExtension, TextConverter, X509Certificate } from './x509.ts'

/** One extension (RFC 5280 §4.2). */
export interface CertificateExtension {
  readonly oid: string
  /** `Basic Constraints`; the OID where nobody knows another name. */
  readonly name: string
  readonly isCritical: boolean
  /** Lines. */
  readonly text: string
}

/** What a certificate says of itself. */
export interface DecodedCertificate {
  readonly subject: string
  readonly issuer: string
  /** `7E:3D:…` */
  readonly serialNumber: string
  readonly notBefore: Date
  readonly notAfter: Date
  /** `RSA 2048`, `EC P-256`. */
  readonly key: string
  /** `ECDSA with SHA-256`. */
  readonly signature: string
  /** Somebody may find out its key, or forge its signature: RSA below 2048 bits, SHA-1, MD5 (NIST SP 800-131A). */
  readonly isWeak: boolean
  /** It may sign other certificates (RFC 5280 §4.2.1.9). */
  readonly isAuthority: boolean
  /** SHA-256 of its DER, which is AWS IoT's certificate id, too. */
  readonly fingerprintSha256: string
  readonly fingerprintSha1: string
  readonly extensions: readonly CertificateExtension[]
}

/**
 * Reads a certificate in the browser.
 * @param pem of one certificate
 * @throws {Error} whatever is wrong with it, in the library's words
 */
export async function readCertificate(pem: string): Promise<DecodedCertificate> {
  const certificate = new X509Certificate(pem)
  const [sha256, sha1] = await Promise.all([certificate.getThumbprint('SHA-256'), certificate.getThumbprint('SHA-1')])
  return {
    subject: certificate.subject,
    issuer: certificate.issuer,
    serialNumber: colonHex(certificate.serialNumber),
    notBefore: certificate.notBefore,
    notAfter: certificate.notAfter,
    key: keyWords(certificate.publicKey.algorithm),
    signature: signatureWords(certificate.signatureAlgorithm),
    isWeak: isWeak(certificate),
    isAuthority: certificate.extensions.some(
      (extension) => extension instanceof BasicConstraintsExtension && extension.ca,
    ),
    fingerprintSha256: colonHex(hexOf(sha256)),
    fingerprintSha1: colonHex(hexOf(sha1)),
    extensions: certificate.extensions.map((extension) => {
      // The library puts the name above the value, and `critical` behind it, where it has it.
      const [head = '', ...lines] = TextConverter.serialize(extension.toTextObject()).split('\n')
      const name = head.split(':')[0]?.trim()
      return {
        oid: extension.type,
        name: name || extension.type,
        isCritical: extension.critical,
        text: extensionText(extension, lines),
      }
    }),
  }
}

/**
 * Whether the key of an authority's certificate made the signature of another one.
 * @throws {Error} whatever is wrong with either, in the library's words
 */
export async function isSignedBy(pem: string, authorityPem: string): Promise<boolean> {
  const certificate = new X509Certificate(pem)
  const authority = new X509Certificate(authorityPem)
  if (certificate.issuer !== authority.subject) return false
  // A key that fits no signature of this kind did not make it: the browser refuses to check one with the other.
  return certificate.verify({ publicKey: authority.publicKey, signatureOnly: true }).catch(() => false)
}

function isWeak({ publicKey, signatureAlgorithm }: X509Certificate): boolean {
  const { modulusLength = 2_048 }: KeyWords = publicKey.algorithm
  return modulusLength < 2_048 || /sha-?1\b|md5/i.test(signatureWords(signatureAlgorithm))
}

function extensionText(extension: object, lines: readonly string[]): string {
  // The library says nothing of what is the default, and that is most worth knowing.
  if (extension instanceof BasicConstraintsExtension && !extension.ca) return 'CA: false'
  return lines
    .map((line) => line.replace(/^ {2}/, ''))
    .join('\n')
    .trim()
}

/** WebCrypto's names, as far as they say how long a key is. */
interface KeyWords extends Algorithm {
  readonly modulusLength?: number
  readonly namedCurve?: string
}

function keyWords({ name, modulusLength, namedCurve }: KeyWords): string {
  if (modulusLength !== undefined) return `RSA ${modulusLength}`
  return namedCurve === undefined ? name : `EC ${namedCurve}`
}

interface SignatureWords extends Algorithm {
  readonly hash?: { readonly name?: string } | string
}

function signatureWords({ name, hash }: SignatureWords): string {
  const digest = typeof hash === 'object' ? hash.name : hash
  const algorithm = name.startsWith('RSASSA') ? 'RSA' : name
  return digest === undefined ? algorithm : `${algorithm} with ${digest}`
}
