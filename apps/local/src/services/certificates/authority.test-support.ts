import { generateKeyPairSync, X509Certificate } from 'node:crypto'
import { algorithmOf, type KeyPair, webKeys } from '../../foundation/authority/requests.test-support.ts'
import {
  BasicConstraintsExtension,
  type Extension,
  Name,
  X509CertificateGenerator,
} from '../../foundation/authority/x509.ts'

const HOUR_MS = 3_600_000

interface Options {
  readonly keys?: KeyPair
  readonly ca?: boolean
  readonly notAfterMs?: number
  readonly hash?: string
  readonly extensions?: readonly Extension[]
}

/** A certificate with its key, able to sign others. */
export class TestCertificate {
  readonly certificate: X509Certificate
  readonly keys: KeyPair
  readonly #subject: string

  private constructor(certificate: X509Certificate, keys: KeyPair, subject: string) {
    this.certificate = certificate
    this.keys = keys
    this.#subject = subject
  }

  get pem(): string {
    return this.certificate.toString()
  }

  get der(): Uint8Array {
    return this.certificate.raw
  }

  get id(): string {
    return this.certificate.fingerprint256.replaceAll(':', '').toLowerCase()
  }

  /** A self-signed one, a CA unless said otherwise. */
  static selfSigned(subject: string, options: Options = {}): Promise<TestCertificate> {
    const keys = options.keys ?? generateKeyPairSync('ec', { namedCurve: 'P-256' })
    return make(subject, subject, keys, keys, { ca: true, ...options })
  }

  /** One signed by this one. */
  sign(subject: string, options: Options = {}): Promise<TestCertificate> {
    const keys = options.keys ?? generateKeyPairSync('ec', { namedCurve: 'P-256' })
    return make(subject, this.#subject, keys, this.keys, options)
  }

  static of(certificate: X509Certificate, keys: KeyPair, subject: string): TestCertificate {
    return new TestCertificate(certificate, keys, subject)
  }
}

async function make(subject: string, issuer: string, keys: KeyPair, signer: KeyPair, options: Options) {
  const signingAlgorithm = { ...algorithmOf(signer), hash: options.hash ?? 'SHA-256' }
  const certificate = await X509CertificateGenerator.create({
    subject: new Name(subject),
    issuer: new Name(issuer),
    notBefore: new Date(Date.now() - 24 * HOUR_MS),
    notAfter: new Date(options.notAfterMs ?? Date.now() + 24 * HOUR_MS),
    publicKey: (await webKeys(keys)).publicKey,
    signingKey: (await webKeys(signer, signingAlgorithm)).privateKey,
    signingAlgorithm,
    extensions: [new BasicConstraintsExtension(options.ca ?? false, undefined, true), ...(options.extensions ?? [])],
  })
  return TestCertificate.of(new X509Certificate(Buffer.from(certificate.rawData)), keys, subject)
}
