import { hexOf } from '../../shared/certificate/pem.ts'
import { X509Certificate, X509CertificateGenerator } from '../../shared/certificate/x509.ts'

const DAY_MS = 86_400_000

/** What AWS IoT has to be shown: that who registers a CA has its key (AWS IoT developer guide, "Register your CA"). */
export interface VerificationRequest {
  readonly caCertificatePem: string
  /** PKCS #8, not encrypted. It stays in this function. */
  readonly caPrivateKeyPem: string
  /** The account's, from GetRegistrationCode: the common name. */
  readonly registrationCode: string
  readonly nowMs: number
}

/**
 * Makes a verification certificate in the browser, and signs it with the key of the CA.
 * @returns PEM
 * @throws {Error} what is wrong with the certificate or the key, and what would be right
 */
export async function makeVerificationCertificate(request: VerificationRequest): Promise<string> {
  const ca = readCa(request.caCertificatePem)
  const algorithm = signingAlgorithmOf(ca)
  const signingKey = await importKey(request.caPrivateKeyPem, algorithm)
  const { publicKey } = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, [
    'sign',
    'verify',
  ])
  const made = await X509CertificateGenerator.create({
    serialNumber: hexOf(crypto.getRandomValues(new Uint8Array([1, ...new Array(15).fill(0)])).buffer),
    subject: [{ CN: [request.registrationCode] }],
    // Byte by byte, as names are compared (RFC 5280, 4.1.2.4): OpenSSL writes UTF8String where words would become
    // PrintableString.
    issuer: ca.subjectName,
    notBefore: new Date(request.nowMs - DAY_MS),
    notAfter: new Date(request.nowMs + DAY_MS),
    publicKey,
    signingKey,
    signingAlgorithm: algorithm,
  })
  if (!(await made.verify({ publicKey: ca, signatureOnly: true })))
    throw new Error('The private key is not that of the CA certificate.')
  return made.toString('pem')
}

function readCa(pem: string): X509Certificate {
  try {
    return new X509Certificate(pem)
  } catch (error) {
    throw new Error('The CA certificate is none: PEM that begins with -----BEGIN CERTIFICATE----- is wanted.', {
      cause: error,
    })
  }
}

type SigningAlgorithm =
  | { readonly name: 'ECDSA'; readonly namedCurve: string; readonly hash: 'SHA-256' }
  | { readonly name: 'RSASSA-PKCS1-v1_5'; readonly hash: 'SHA-256' }

function signingAlgorithmOf(ca: X509Certificate): SigningAlgorithm {
  const { name, namedCurve = 'P-256' }: Algorithm & { readonly namedCurve?: string } = ca.publicKey.algorithm
  return name === 'ECDSA' || name === 'ECDH'
    ? { name: 'ECDSA', namedCurve, hash: 'SHA-256' }
    : { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }
}

async function importKey(pem: string, algorithm: SigningAlgorithm): Promise<CryptoKey> {
  const [, kind = '', base64 = ''] = /-----BEGIN ([A-Z ]*PRIVATE KEY)-----([^-]+)-----END/.exec(pem) ?? []
  if (kind !== 'PRIVATE KEY')
    throw new Error(
      kind === ''
        ? 'This is no private key in PEM.'
        : `A key as ${kind} cannot be read here: make PKCS #8 of it by openssl pkcs8 -topk8 -nocrypt -in ca.key.pem`,
    )
  try {
    const der = Uint8Array.from(atob(base64.replaceAll(/\s/g, '')), (character) => character.charCodeAt(0))
    return await crypto.subtle.importKey('pkcs8', der, algorithm, false, ['sign'])
  } catch (error) {
    throw new Error('The private key is not that of the CA certificate: it is of another kind.', { cause: error })
  }
}
