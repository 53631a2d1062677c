import { createPrivateKey, KeyObject, webcrypto } from 'node:crypto'
import { KeyUsageFlags } from './x509.ts'

/** A kind of key, and how an authority that has one signs. */
export interface KeyKind {
  /** For `generateKey` and `toCryptoKey`. */
  readonly algorithm: webcrypto.EcKeyImportParams | (webcrypto.RsaHashedKeyGenParams & webcrypto.RsaHashedImportParams)
  readonly signing: webcrypto.EcdsaParams | { readonly name: 'RSASSA-PKCS1-v1_5'; readonly hash: 'SHA-256' }
  /** What a TLS server does with such a key. */
  readonly serverUsage: KeyUsageFlags
}

export interface KeyPair {
  /** PKCS #8, PEM. */
  readonly privateKeyPem: string
  /** DER, SubjectPublicKeyInfo. */
  readonly publicKey: Uint8Array<ArrayBuffer>
}

export const P256: KeyKind = {
  algorithm: { name: 'ECDSA', namedCurve: 'P-256' },
  signing: { name: 'ECDSA', hash: 'SHA-256' },
  serverUsage: KeyUsageFlags.digitalSignature,
}

/** Such keys take a tenth of a second to make: only who needs one has it made. */
export const RSA2048: KeyKind = {
  algorithm: {
    name: 'RSASSA-PKCS1-v1_5',
    hash: 'SHA-256',
    modulusLength: 2048,
    publicExponent: new Uint8Array([1, 0, 1]),
  },
  signing: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
  // In the suites without (EC)DHE, clients encrypt the premaster secret to it (RFC 5246 §7.4.2).
  serverUsage: KeyUsageFlags.digitalSignature | KeyUsageFlags.keyEncipherment,
}

export async function newKeyPair({ algorithm }: KeyKind): Promise<KeyPair> {
  const pair = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const privateKeyPem = KeyObject.from(pair.privateKey).export({ type: 'pkcs8', format: 'pem' }).toString()
  return { privateKeyPem, publicKey: new Uint8Array(await webcrypto.subtle.exportKey('spki', pair.publicKey)) }
}

/** A private key (PEM) as it signs. */
export function signingKey({ algorithm }: KeyKind, pem: string): webcrypto.CryptoKey {
  return createPrivateKey(pem).toCryptoKey(algorithm, false, ['sign'])
}
