import { colonHex, hexOf, toPem } from '../../shared/certificate/pem.ts'

/** As AWS IoT verifies tokens (AWS IoT Core developer guide, "Signing the token"). */
const ALGORITHM = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' } as const
/** AWS takes RSA keys of at least so many bits (AWS IoT Core developer guide, "Creating your custom authorizer"). */
export const LEAST_KEY_BITS = 2_048

export interface SigningKeyPair {
  /** PKCS #8, as PEM. Nobody else has it: it is lost with what holds it. */
  readonly privateKeyPem: string
  readonly publicKeyPem: string
}

/** Makes a key pair for tokens in the browser. */
export async function makeSigningKeys(): Promise<SigningKeyPair> {
  const algorithm = { ...ALGORITHM, modulusLength: LEAST_KEY_BITS, publicExponent: new Uint8Array([1, 0, 1]) }
  const { privateKey, publicKey } = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  return {
    privateKeyPem: toPem('PRIVATE KEY', await crypto.subtle.exportKey('pkcs8', privateKey)),
    publicKeyPem: toPem('PUBLIC KEY', await crypto.subtle.exportKey('spki', publicKey)),
  }
}

/** A public key that tokens are verified with. */
export interface PublicKey {
  readonly key: CryptoKey
  readonly bits: number
  /** SHA-256 of its DER, `3A:0F:…`. */
  readonly fingerprint: string
}

/** @throws {KeyProblem} that says what was meant */
export async function readPublicKey(pem: string): Promise<PublicKey> {
  const der = derOf(pem, 'PUBLIC KEY')
  const key = await importing(() => crypto.subtle.importKey('spki', der, ALGORITHM, true, ['verify']))
  return {
    key,
    bits: bitsOf(await crypto.subtle.exportKey('jwk', key)),
    fingerprint: colonHex(hexOf(await crypto.subtle.digest('SHA-256', der))),
  }
}

/** Whether a key's signature is over exactly these characters. A signature that is no base64 is none. */
export async function verifies({ key }: PublicKey, token: string, signature: string): Promise<boolean> {
  const bytes = fromBase64(signature)
  return bytes !== undefined && crypto.subtle.verify(ALGORITHM.name, key, bytes, new TextEncoder().encode(token))
}

/**
 * The signature of a token as clients send it, base64.
 * @throws {KeyProblem} that says what was meant
 */
export async function signToken(privateKeyPem: string, token: string): Promise<string> {
  const der = derOf(privateKeyPem, 'PRIVATE KEY')
  const key = await importing(() => crypto.subtle.importKey('pkcs8', der, ALGORITHM, false, ['sign']))
  const signature = await crypto.subtle.sign(ALGORITHM.name, key, new TextEncoder().encode(token))
  return btoa(Array.from(new Uint8Array(signature), (byte) => String.fromCharCode(byte)).join(''))
}

/** Why a text is not the key that is meant, in a sentence. */
class KeyProblem extends Error {
  override readonly name = 'KeyProblem'
}

type Wanted = 'PUBLIC KEY' | 'PRIVATE KEY'

/** What stands in the text in place of what is wanted, and how one gets that. */
const INSTEAD: Readonly<Record<Wanted, Readonly<Record<string, string>>>> = {
  'PUBLIC KEY': {
    'PRIVATE KEY':
      'This is a private key, which must not leave where it is. Its public key is what is meant: openssl pkey -in private.pem -pubout',
    'RSA PRIVATE KEY':
      'This is a private key, which must not leave where it is. Its public key is what is meant: openssl pkey -in private.pem -pubout',
    'RSA PUBLIC KEY':
      'This public key is in the form of PKCS #1; AWS IoT takes SubjectPublicKeyInfo: openssl rsa -RSAPublicKey_in -in key.pem -pubout',
    CERTIFICATE:
      'This is a certificate. Its public key is what is meant: openssl x509 -in certificate.pem -noout -pubkey',
  },
  'PRIVATE KEY': {
    'PUBLIC KEY': 'This is a public key: a token is signed with the private one.',
    'RSA PRIVATE KEY':
      'This private key is in the form of PKCS #1; the browser takes PKCS #8: openssl pkcs8 -topk8 -nocrypt -in private.pem',
    'ENCRYPTED PRIVATE KEY':
      'This private key is encrypted: openssl pkcs8 -in private.pem gives it without a password.',
  },
}

function derOf(pem: string, wanted: Wanted): Uint8Array<ArrayBuffer> {
  const found = /-----BEGIN ([A-Z0-9 ]+)-----([\s\S]*?)-----END \1-----/.exec(pem)
  if (!found) throw new KeyProblem(`No PEM: it begins with -----BEGIN ${wanted}----- and ends with its END line.`)
  const [, kind = '', body = ''] = found
  if (kind !== wanted) {
    throw new KeyProblem(INSTEAD[wanted][kind] ?? `This is a ${kind.toLowerCase()}, not a ${wanted.toLowerCase()}.`)
  }
  const bytes = fromBase64(body.replaceAll(/\s/g, ''))
  if (bytes === undefined) throw new KeyProblem('What stands between the lines BEGIN and END is no base64.')
  return bytes
}

async function importing(take: () => Promise<CryptoKey>): Promise<CryptoKey> {
  try {
    return await take()
  } catch (error) {
    throw new KeyProblem('This is no RSA key: AWS IoT verifies tokens with RSA and SHA-256 alone.', { cause: error })
  }
}

/** The bits of a modulus, base64url without a leading zero byte (RFC 7518). */
function bitsOf({ n = '' }: JsonWebKey): number {
  const bytes = fromBase64(n.replaceAll('-', '+').replaceAll('_', '/')) ?? new Uint8Array()
  return bytes.length * 8 - Math.clz32(bytes[0] ?? 0) + 24
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
  } catch {
    return undefined
  }
}
