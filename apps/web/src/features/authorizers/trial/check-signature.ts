import { queryOptions } from '@tanstack/react-query'
import type { Authorizer } from '@thingdeck/contract'
import { readPublicKey, verifies } from '../signing-key.ts'
import type { Presented } from './sent.ts'

/** What AWS IoT makes of token and signature, before it calls the function. */
export type SignatureVerdict =
  | { readonly kind: 'not-needed' }
  /** @param keyName the key that verifies it */
  | { readonly kind: 'verified'; readonly keyName: string }
  | { readonly kind: 'refused'; readonly why: string; readonly whatToDo: string }

/** Token and signature checked in the browser. They are in the memory of the page alone, and go with the step. */
export const signatureQuery = (authorizer: Authorizer | undefined, { token, signature }: Presented) =>
  queryOptions({
    queryKey: [
      'authorizers',
      'signature',
      authorizer?.authorizerName,
      authorizer?.changedAt,
      authorizer?.tokenSigningPublicKeys,
      token?.value,
      signature?.value,
    ],
    queryFn: async (): Promise<SignatureVerdict> =>
      authorizer ? checkSignature(authorizer, token?.value, signature?.value) : { kind: 'not-needed' },
    gcTime: 0, // a token is a secret
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
    networkMode: 'always',
  })

/**
 * As AWS IoT verifies: RSASSA-PKCS1-v1_5 with SHA-256 over exactly the characters of the token, by any of the keys.
 * @see AWS IoT Core developer guide, "Signing the token"
 */
export async function checkSignature(
  { signingDisabled, tokenKeyName = '', tokenSigningPublicKeys }: Authorizer,
  token: string | undefined,
  signature: string | undefined,
): Promise<SignatureVerdict> {
  if (signingDisabled) return { kind: 'not-needed' }
  if (token === undefined) {
    return {
      kind: 'refused',
      why: `No token was sent: there is no ${tokenKeyName} in what the client says.`,
      whatToDo: `Have it send the token as ${tokenKeyName}; upper and lower case count.`,
    }
  }
  if (signature === undefined) {
    return {
      kind: 'refused',
      why: 'The token was sent without a signature.',
      whatToDo: 'Have the client send x-amz-customauthorizer-signature beside it: base64, percent-encoded.',
    }
  }
  const wrong = wrongBase64(signature)
  if (wrong !== undefined) return { kind: 'refused', ...wrong }
  const names = Object.keys(tokenSigningPublicKeys)
  for (const keyName of names) {
    const key = await readPublicKey(tokenSigningPublicKeys[keyName] ?? '')
    if (await verifies(key, token, signature)) return { kind: 'verified', keyName }
  }
  const keys = names.length === 1 ? `the public key ${names[0]}` : `any of the public keys ${names.join(', ')}`
  return {
    kind: 'refused',
    why: `The signature is not that of this token by ${keys}.`,
    whatToDo:
      'It is RSA with SHA-256 (PKCS #1 v1.5) over exactly the characters of the token, without a line end, by the private key that belongs to it.',
  }
}

function wrongBase64(signature: string): { readonly why: string; readonly whatToDo: string } | undefined {
  if (signature.includes(' ')) {
    return {
      why: 'The signature has blanks: its + signs were lost on the way.',
      whatToDo: 'Percent-encode the signature before it is put into a user name or a query: + is %2B.',
    }
  }
  if (/%[0-9a-f]{2}/i.test(signature)) {
    return {
      why: 'The signature is percent-encoded twice.',
      whatToDo: 'Encode it once; in a header it is not encoded at all.',
    }
  }
  if (/[-_]/.test(signature)) {
    return {
      why: 'The signature is base64url, which AWS IoT does not take.',
      whatToDo: 'Send base64 with + and /, percent-encoded.',
    }
  }
  return /^[A-Za-z0-9+/]+={0,2}$/.test(signature) && signature.replace(/=+$/, '').length % 4 !== 1
    ? undefined
    : { why: 'The signature is no base64.', whatToDo: 'Send the bytes of the signature as base64, percent-encoded.' }
}
