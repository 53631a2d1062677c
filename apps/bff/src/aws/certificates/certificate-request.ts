import { X509Certificate } from 'node:crypto'
import { Problem } from '../../problem.ts'

const SEQUENCE = 0x30

/**
 * The public key of a certificate signing request, as DER of its SubjectPublicKeyInfo: by it the certificate that was
 * made of a request is known again.
 * @throws {Problem} BAD_REQUEST for what is no request
 * @see RFC 2986: CertificationRequest is a sequence that begins with one of version, subject and subjectPKInfo
 */
export function publicKeyOf(requestPem: string): Buffer {
  const [, base64 = ''] = /^-----BEGIN (?:NEW )?CERTIFICATE REQUEST-----([^-]+)-----END/.exec(requestPem.trim()) ?? []
  const [request] = elementsOf(Buffer.from(base64, 'base64'))
  const [information] = request ? elementsOf(request.content) : []
  const [, , key] = information ? elementsOf(information.content) : []
  if (request?.tag !== SEQUENCE || information?.tag !== SEQUENCE || key?.tag !== SEQUENCE) {
    throw new Problem('BAD_REQUEST', 'A certificate signing request in PEM (PKCS #10) is wanted.')
  }
  return key.whole
}

/** Whether a certificate is of this key. */
export function isOfKey(certificatePem: string, publicKey: Buffer): boolean {
  const own = new X509Certificate(certificatePem).publicKey.export({ type: 'spki', format: 'der' })
  return own.equals(publicKey)
}

interface Element {
  readonly tag: number
  readonly content: Buffer
  readonly whole: Buffer
}

/** The elements of DER that stand one behind the other; as far as they are whole. */
function elementsOf(der: Buffer): Element[] {
  const elements: Element[] = []
  let at = 0
  while (at + 2 <= der.length) {
    const tag = der[at] ?? 0
    const first = der[at + 1] ?? 0
    const more = first < 0x80 ? 0 : first & 0x7f
    if (more > 4 || at + 2 + more > der.length) break
    const length = more === 0 ? first : der.readUIntBE(at + 2, more)
    const from = at + 2 + more
    if (from + length > der.length) break
    elements.push({ tag, content: der.subarray(from, from + length), whole: der.subarray(at, from + length) })
    at = from + length
  }
  return elements
}
