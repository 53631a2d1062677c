import type { KeyKind } from './key-kinds.ts'
import { toPem } from './pem.ts'
import { Pkcs10CertificateRequestGenerator } from './x509.ts'

const ALGORITHMS = {
  'EC P-256': { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' },
  'RSA 2048': {
    name: 'RSASSA-PKCS1-v1_5',
    modulusLength: 2_048,
    publicExponent: new Uint8Array([1, 0, 1]),
    hash: 'SHA-256',
  },
} as const

/** A key pair with a request for a certificate for it. */
export interface KeyPairWithRequest {
  /** PKCS #8, as PEM. Nobody else has it: it is lost with what holds it. */
  readonly privateKeyPem: string
  /** PKCS #10, as PEM: holds the public key, and proves that whoever asks has the private one. */
  readonly requestPem: string
}

/** Makes a key pair in the browser, which hands on its request alone. @param commonName of the subject */
export async function makeKeyPair(kind: KeyKind, commonName: string): Promise<KeyPairWithRequest> {
  const algorithm = ALGORITHMS[kind]
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const request = await Pkcs10CertificateRequestGenerator.create({
    name: [{ CN: [commonName] }],
    keys,
    signingAlgorithm: algorithm,
  })
  return {
    privateKeyPem: toPem('PRIVATE KEY', await crypto.subtle.exportKey('pkcs8', keys.privateKey)),
    requestPem: `${request.toString('pem').trim()}\n`,
  }
}
