import { type KeyObject, webcrypto } from 'node:crypto'
import { Name, Pkcs10CertificateRequestGenerator } from './x509.ts'

/** What `generateKeyPairSync` gives. */
export interface KeyPair {
  readonly publicKey: KeyObject
  readonly privateKey: KeyObject
}

const CURVES: Record<string, string> = { prime256v1: 'P-256', secp384r1: 'P-384', secp521r1: 'P-521' }

/** The algorithm under which webcrypto takes a key. */
export function algorithmOf({ publicKey }: KeyPair) {
  const { namedCurve = '' } = publicKey.asymmetricKeyDetails ?? {}
  if (publicKey.asymmetricKeyType === 'ed25519') return { name: 'Ed25519' }
  if (publicKey.asymmetricKeyType === 'rsa') return { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }
  return { name: 'ECDSA', namedCurve: CURVES[namedCurve] ?? namedCurve, hash: 'SHA-256' }
}

/** The pair as webcrypto's keys. */
export async function webKeys(keys: KeyPair, algorithm = algorithmOf(keys)): Promise<webcrypto.CryptoKeyPair> {
  const pkcs8 = keys.privateKey.export({ type: 'pkcs8', format: 'der' })
  const spki = keys.publicKey.export({ type: 'spki', format: 'der' })
  return {
    privateKey: await webcrypto.subtle.importKey('pkcs8', new Uint8Array(pkcs8), algorithm, true, ['sign']),
    publicKey: await webcrypto.subtle.importKey('spki', new Uint8Array(spki), algorithm, true, ['verify']),
  }
}

/** A signing request (PEM) for a key pair. */
export async function requestFor(keys: KeyPair, subject: string): Promise<string> {
  const request = await Pkcs10CertificateRequestGenerator.create({
    name: new Name(subject),
    keys: await webKeys(keys),
    signingAlgorithm: algorithmOf(keys),
  })
  return request.toString('pem')
}
