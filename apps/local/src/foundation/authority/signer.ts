import { createPrivateKey, KeyObject, randomBytes, webcrypto, X509Certificate } from 'node:crypto'
import { StartupError } from '../startup-error.ts'
import type { KeyStore } from './key-store.ts'
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  type Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
  Name,
  ParsedCertificate,
  PublicKey,
  SubjectKeyIdentifierExtension,
  X509CertificateGenerator,
} from './x509.ts'

const P256 = { name: 'ECDSA', namedCurve: 'P-256' } as const
const ECDSA_SHA256 = { name: 'ECDSA', hash: 'SHA-256' } as const

/** A subject as ordered relative distinguished names, e.g. `[['CN', 'pump-7'], ['O', 'Plant']]`. */
export type Subject = readonly (readonly [type: string, value: string])[]

export interface Validity {
  readonly notBefore: Date
  readonly notAfter: Date
}

export interface Signer {
  readonly certificatePem: string
  /** Signs a certificate for a public key (DER, SubjectPublicKeyInfo). */
  sign(request: SigningRequest): Promise<X509Certificate>
}

export interface SigningRequest extends Validity {
  readonly subject: Subject | Name
  readonly publicKey: Uint8Array<ArrayBuffer>
  readonly extensions: readonly Extension[]
}

/** A P-256 key pair: the private key as PKCS #8 PEM, the public key as DER. */
export async function newKeyPair(): Promise<{ privateKeyPem: string; publicKey: Uint8Array<ArrayBuffer> }> {
  const pair = await webcrypto.subtle.generateKey(P256, true, ['sign', 'verify'])
  const privateKeyPem = KeyObject.from(pair.privateKey).export({ type: 'pkcs8', format: 'pem' }).toString()
  return { privateKeyPem, publicKey: new Uint8Array(await webcrypto.subtle.exportKey('spki', pair.publicKey)) }
}

/**
 * The certificate authority kept under `name` (`NAME.pem`, `NAME-key.pem`); made when it is not there.
 * @throws {StartupError} when its key is missing or belongs to another certificate
 */
export async function openSigner(
  store: KeyStore,
  name: string,
  create: { subject: Subject; validity: Validity },
): Promise<Signer> {
  const keyName = `${name}-key.pem`
  const certificateName = `${name}.pem`
  if (store.read(certificateName) === undefined) {
    // The key goes first: a crash between the two leaves a key without certificate, which is simply replaced.
    const keys = await newKeyPair()
    store.write(keyName, keys.privateKeyPem)
    const key = signingKey(keys.privateKeyPem)
    const subject = nameOf(create.subject)
    const certificate = await X509CertificateGenerator.create({
      serialNumber: serialNumber(),
      subject,
      issuer: subject,
      ...datesOf(create.validity),
      publicKey: keys.publicKey,
      signingKey: key,
      signingAlgorithm: ECDSA_SHA256,
      extensions: [
        new BasicConstraintsExtension(true, undefined, true),
        new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
        await SubjectKeyIdentifierExtension.create(new PublicKey(keys.publicKey)),
      ],
    })
    store.write(certificateName, new X509Certificate(Buffer.from(certificate.rawData)).toString())
  }
  const certificatePem = store.read(certificateName) ?? ''
  const certificate = readCertificate(certificatePem, store.path(certificateName) ?? certificateName)
  const keyPem = store.read(keyName)
  const keyPath = store.path(keyName) ?? keyName
  if (keyPem === undefined) {
    throw new StartupError(
      `${keyPath}, the key of ${store.path(certificateName) ?? certificateName}, is missing: ` +
        'restore it, or delete the certificate to have a new authority made',
    )
  }
  if (!belongs(certificate, keyPem)) throw new StartupError(`${keyPath} is not the key of ${certificateName}`)
  return signerOf(certificate, keyPem)
}

function signerOf(certificate: X509Certificate, keyPem: string): Signer {
  const key = signingKey(keyPem)
  const issuerKey = new PublicKey(certificate.publicKey.export({ type: 'spki', format: 'der' }))
  const issuer = new ParsedCertificate(certificate.raw).subjectName
  return {
    certificatePem: certificate.toString(),
    async sign({ subject, publicKey, extensions, ...validity }) {
      const spki = new PublicKey(publicKey)
      const signed = await X509CertificateGenerator.create({
        serialNumber: serialNumber(),
        subject: subject instanceof Name ? subject : nameOf(subject),
        issuer,
        ...datesOf(validity),
        publicKey: spki,
        signingKey: key,
        signingAlgorithm: ECDSA_SHA256,
        extensions: [
          ...extensions,
          await SubjectKeyIdentifierExtension.create(spki),
          await AuthorityKeyIdentifierExtension.create(issuerKey),
        ],
      })
      return new X509Certificate(Buffer.from(signed.rawData))
    },
  }
}

/** Whether a private key (PEM) is the one of a certificate. */
export function belongs(certificate: X509Certificate, keyPem: string): boolean {
  try {
    return certificate.checkPrivateKey(createPrivateKey(keyPem))
  } catch {
    return false
  }
}

/** @throws {StartupError} naming `path` when the text is no certificate */
export function readCertificate(pem: string, path: string): X509Certificate {
  try {
    return new X509Certificate(pem)
  } catch (cause) {
    throw new StartupError(`${path} is not a certificate in PEM`, { cause })
  }
}

function signingKey(pem: string) {
  return createPrivateKey(pem).toCryptoKey(P256, false, ['sign'])
}

function nameOf(subject: Subject): Name {
  return new Name(subject.map(([type, value]) => ({ [type]: [value] })))
}

/** X.509 keeps whole seconds. */
function datesOf({ notBefore, notAfter }: Validity): Validity {
  const whole = (date: Date) => new Date(Math.floor(date.getTime() / 1000) * 1000)
  return { notBefore: whole(notBefore), notAfter: whole(notAfter) }
}

/** 20 octets at most, positive (RFC 5280 §4.1.2.2). */
function serialNumber(): string {
  const bytes = randomBytes(20)
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40
  return bytes.toString('hex')
}
