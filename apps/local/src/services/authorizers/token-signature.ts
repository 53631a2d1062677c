import { verify } from 'node:crypto'

/** Of TestInvokeAuthorizer's members. */
const MAX_TOKEN_LENGTH = 6144
const MAX_SIGNATURE_LENGTH = 2560
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/

/**
 * Whether one of the keys has signed a token, character by character as it is: RSASSA-PKCS1-v1_5 with SHA-256.
 * @param signature base64
 * @see AWS IoT Core developer guide, "Custom authentication", token signing
 */
export function isTokenSigned(token: string, signature: string, publicKeys: Readonly<Record<string, string>>): boolean {
  if (token.length > MAX_TOKEN_LENGTH || signature.length > MAX_SIGNATURE_LENGTH) return false
  if (signature.length % 4 !== 0 || !BASE64.test(signature)) return false
  const bytes = Buffer.from(signature, 'base64')
  return Object.values(publicKeys).some((key) => verify('RSA-SHA256', Buffer.from(token), key, bytes))
}
