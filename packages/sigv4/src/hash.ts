import { Sha256 } from '@aws-crypto/sha256-js'

/** The part of Node's `crypto` that is used here, stated so that this file type-checks without Node's types. */
interface NodeCrypto {
  createHash(algorithm: 'sha256'): NodeDigest
  createHmac(algorithm: 'sha256', key: Uint8Array): NodeDigest
}
interface NodeDigest {
  update(data: Uint8Array): NodeDigest
  digest(): Uint8Array
}
interface NodeProcess {
  getBuiltinModule?: (id: 'node:crypto') => NodeCrypto | undefined
}

/** Two synchronous functions are all of the cryptography in Signature Version 4. */
export interface HashFunctions {
  sha256(data: Uint8Array): Uint8Array
  hmacSha256(key: Uint8Array, data: Uint8Array): Uint8Array
}

/** In plain JavaScript, for browsers: WebCrypto would be asynchronous and is absent outside secure contexts. */
export const portableHash: HashFunctions = {
  sha256: (data) => digestOf(new Sha256(), data),
  hmacSha256: (key, data) => digestOf(new Sha256(key), data),
}

function digestOf(hash: Sha256, data: Uint8Array): Uint8Array {
  hash.update(data)
  return hash.digestSync()
}

/**
 * Node's own hash where there is one, looked up at run time so that a browser bundle holds no trace of it: a server
 * hashes the body of every request.
 */
function nativeHash(): HashFunctions | undefined {
  const node: NodeProcess | undefined = Reflect.get(globalThis, 'process')
  const crypto = node?.getBuiltinModule?.('node:crypto')
  if (!crypto) return undefined
  return {
    sha256: (data) => crypto.createHash('sha256').update(data).digest(),
    hmacSha256: (key, data) => crypto.createHmac('sha256', key).update(data).digest(),
  }
}

export const hash: HashFunctions = nativeHash() ?? portableHash

const encoder = new TextEncoder()

export function utf8(text: string): Uint8Array {
  return encoder.encode(text)
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

export function toHex(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += HEX[byte]
  return text
}

/** The payload hash of a request without a body. */
export const EMPTY_SHA256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'

/** Compares in a time that depends on the lengths only. */
export function equalsInConstantTime(a: string, b: string): boolean {
  if (a.length !== b.length) return false
  let difference = 0
  for (let index = 0; index < a.length; index += 1) difference |= a.charCodeAt(index) ^ b.charCodeAt(index)
  return difference === 0
}
