import { createPrivateKey, randomBytes, X509Certificate } from 'node:crypto'
import { StartupError } from '../startup-error.ts'
import { type KeyKind, newKeyPair, P256, signingKey } from './key-kind.ts'
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

/** A subject as ordered relative distinguished names, e.g. `[['CN', 'pump-7'], ['O', 'Plant']]`. */
export type Subject = readonly (readonly [type: string, value: string])[]

export interface Validity {
  readonly notBefore: Date
  readonly notAfter: Date
}

export interface Signer {
  readonly certificatePem: string
  /** Its own public key (DER, SubjectPublicKeyInfo), subject and validity: what another authority signs to vouch for it. */
  readonly identity: Pick<SigningRequest, 'subject' | 'publicKey'> & Validity
  /** Signs a certificate for a public key (DER, SubjectPublicKeyInfo). */
  sign(request: SigningRequest): Promise<X509Certificate>
}

export interface SigningRequest extends Validity {
  readonly subject: Subject | Name
  readonly publicKey: Uint8Array<ArrayBuffer>
  readonly extensions: readonly Extension[]
}

/**
 * The certificate authority kept under `name` (`NAME.pem`, `NAME-key.pem`); made when it is not there.
 * @throws {StartupError} when its key is missing or belongs to another certificate
 */
export async function openSigner(
  store: KeyStore,
  name: string,
  create: { subject: Subject; validity: Validity; kind?: KeyKind },
): Promise<Signer> {
  const { kind = P256 } = create
  const keyName = `${name}-key.pem`
  const certificateName = `${name}.pem`
  if (store.read(certificateName) === undefined) {
    // The key goes first: a crash between the two leaves a key without certificate, which is simply replaced.
    const keys = await newKeyPair(kind)
    store.write(keyName, keys.privateKeyPem)
    const subject = nameOf(create.subject)
    const certificate = await X509CertificateGenerator.create({
      serialNumber: serialNumber(),
      subject,
      issuer: subject,
      ...datesOf(create.validity),
      publicKey: keys.publicKey,
      signingKey: signingKey(kind, keys.privateKeyPem),
      signingAlgorithm: kind.signing,
      extensions: [...AUTHORITY_EXTENSIONS, await SubjectKeyIdentifierExtension.create(new PublicKey(keys.publicKey))],
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
  return signerOf(certificate, keyPem, kind)
}

/** Of every certificate that may sign others. */
export const AUTHORITY_EXTENSIONS: readonly Extension[] = [
  new BasicConstraintsExtension(true, undefined, true),
  new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
]

function signerOf(certificate: X509Certificate, keyPem: string, kind: KeyKind): Signer {
  const key = signingKey(kind, keyPem)
  const publicKey = new Uint8Array(certificate.publicKey.export({ type: 'spki', format: 'der' }))
  const issuerKey = new PublicKey(publicKey)
  const issuer = new ParsedCertificate(certificate.raw).subjectName
  return {
    certificatePem: certificate.toString(),
    identity: {
      subject: issuer,
      publicKey,
      notBefore: certificate.validFromDate,
      notAfter: certificate.validToDate,
    },
    async sign({ subject, publicKey, extensions, ...validity }) {
      const spki = new PublicKey(publicKey)
      const signed = await X509CertificateGenerator.create({
        serialNumber: serialNumber(),
        subject: subject instanceof Name ? subject : nameOf(subject),
        issuer,
        ...datesOf(validity),
        publicKey: spki,
        signingKey: key,
        signingAlgorithm: kind.signing,
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
