import type { webcrypto } from 'node:crypto'
import {
  BasicConstraintsExtension,
  PemConverter,
  Pkcs10CertificateRequestGenerator,
  X509CertificateGenerator,
} from './x509.ts'

/** Key and certificate of a device, PEM. */
export interface Identity {
  readonly key: string
  readonly cert: string
  readonly certificateId: string
  readonly certificateArn: string
}

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }

/** A key that is made here, and what asks for a certificate of it. */
export interface KeyAndRequest {
  readonly key: string
  /** PEM */
  readonly request: string
}

export async function makeRequest(commonName: string): Promise<KeyAndRequest> {
  const keys = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])
  const request = await Pkcs10CertificateRequestGenerator.create({
    name: `CN=${commonName}`,
    keys,
    signingAlgorithm: ALGORITHM,
  })
  return { key: await privateKeyOf(keys), request: request.toString('pem') }
}

/** A certificate of nobody's authority, as `RegisterCertificateWithoutCA` takes it, PEM. */
export async function makeSelfSigned(commonName: string): Promise<{ readonly key: string; readonly cert: string }> {
  const keys = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: `CN=${commonName}`,
    keys,
    signingAlgorithm: ALGORITHM,
    notBefore: new Date(Date.now() - 3_600_000),
    notAfter: new Date(Date.now() + 24 * 3_600_000),
    extensions: [new BasicConstraintsExtension(false, undefined, true)],
  })
  return { key: await privateKeyOf(keys), cert: certificate.toString('pem') }
}

async function privateKeyOf({ privateKey }: webcrypto.CryptoKeyPair): Promise<string> {
  return PemConverter.encode(await crypto.subtle.exportKey('pkcs8', privateKey), 'PRIVATE KEY')
}
