import { createPublicKey, generateKeyPair, type KeyObject, type X509Certificate } from 'node:crypto'
import { promisify } from 'node:util'
import { AwsError } from '@thingdeck/aws-api'
import type { Clock } from '../clock.ts'
import { lazily } from '../lazily.ts'
import { isDeviceKey, MIN_RSA_BITS } from './device-key.ts'
import type { KeyStore } from './key-store.ts'
import { openSigner, type Signer, type Subject } from './signer.ts'
import {
  BasicConstraintsExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  type Name,
  Pkcs10CertificateRequest,
} from './x509.ts'

const generate = promisify(generateKeyPair)

/** AWS's issuer, one organizational unit whose text looks like a whole name (seen on issued certificates). */
const ISSUER: Subject = [['OU', 'Amazon Web Services O=Amazon.com Inc. L=Seattle ST=Washington C=US']]
const SUBJECT: Subject = [['CN', 'AWS IoT Certificate']]
/** Source: AWS IoT Core developer guide, "X.509 client certificates". */
const NOT_AFTER = new Date('2049-12-31T23:59:59Z')
/** A device's clock may be late by that much when its certificate is brand new. */
const BACKDATE_MS = 2 * 60_000

export interface IssuedKeys {
  readonly certificate: X509Certificate
  /** PEM, SubjectPublicKeyInfo. */
  readonly publicKeyPem: string
  /** PEM, PKCS #1. It is nowhere kept. */
  readonly privateKeyPem: string
}

/** Makes the certificates of devices. Its authority is not the one that TLS clients trust as the server's root. */
export class DeviceIssuer {
  readonly #clock: Clock
  readonly #signer: () => Promise<Signer>

  constructor(store: KeyStore, clock: Clock) {
    this.#clock = clock
    this.#signer = lazily(() =>
      openSigner(store, 'device-ca', {
        subject: ISSUER,
        validity: { notBefore: new Date(clock() - 86_400_000), notAfter: NOT_AFTER },
      }),
    )
  }

  /** A new RSA-2048 key pair with its certificate. */
  async issueKeys(): Promise<IssuedKeys> {
    const { publicKey, privateKey } = await generate('rsa', { modulusLength: MIN_RSA_BITS })
    return {
      certificate: await this.#issue(SUBJECT, publicKey),
      publicKeyPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
      privateKeyPem: privateKey.export({ type: 'pkcs1', format: 'pem' }).toString(),
    }
  }

  /**
   * A certificate for the key and the subject of a signing request (PEM). The same request twice gives two
   * certificates. Extensions that it asks for are not granted.
   * @throws {AwsError} InvalidRequestException: not a request, a wrong signature, or a key that is neither RSA of at
   *   least 2048 bits nor on P-256, P-384 or P-521
   */
  async issueForRequest(requestPem: string): Promise<X509Certificate> {
    const { subject, publicKey } = await readSigningRequest(requestPem)
    return this.#issue(subject, publicKey)
  }

  async #issue(subject: Subject | Name, publicKey: KeyObject): Promise<X509Certificate> {
    const now = this.#clock()
    const signer = await this.#signer()
    return signer.sign({
      subject,
      publicKey: new Uint8Array(publicKey.export({ type: 'spki', format: 'der' })),
      notBefore: new Date(now - BACKDATE_MS),
      notAfter: NOT_AFTER,
      extensions: [
        new BasicConstraintsExtension(false, undefined, true),
        new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      ],
    })
  }
}

/** @throws {AwsError} InvalidRequestException for one that AWS would not sign */
export async function readSigningRequest(pem: string): Promise<{ subject: Name; publicKey: KeyObject }> {
  const match =
    /-----BEGIN (NEW )?CERTIFICATE REQUEST-----([A-Za-z0-9+/=\s]+)-----END \1?CERTIFICATE REQUEST-----/.exec(pem)
  if (!match?.[2])
    throw new AwsError(
      'InvalidRequestException',
      'CSR violates constraints: it is no certificate signing request in PEM',
    )
  let request: Pkcs10CertificateRequest
  let publicKey: KeyObject
  try {
    request = new Pkcs10CertificateRequest(Buffer.from(match[2], 'base64'))
    publicKey = createPublicKey({ key: Buffer.from(request.publicKey.rawData), format: 'der', type: 'spki' })
  } catch {
    throw new AwsError('InvalidRequestException', 'CSR violates constraints: it cannot be read')
  }
  if (!isDeviceKey(publicKey)) {
    throw new AwsError(
      'InvalidRequestException',
      'CSR violates constraints: its public key must be RSA of at least 2048 bits or ECC NIST P-256, P-384 or P-521',
    )
  }
  if (!(await request.verify().catch(() => false))) {
    throw new AwsError('InvalidRequestException', 'CSR violates constraints: its signature does not verify')
  }
  return { subject: request.subjectName, publicKey }
}
