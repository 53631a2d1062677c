/**
 * AWS's names for what can be wrong with a signed request. All are answered with HTTP 403.
 * - `MissingAuthenticationTokenException`: not signed at all.
 * - `IncompleteSignatureException`: signed, but a part is missing or malformed.
 * - `UnrecognizedClientException`: unknown access key, or a session token that does not belong to it.
 * - `ExpiredTokenException`: the temporary credentials are over.
 * - `InvalidSignatureException`: wrong signature, wrong scope, too old or from the future.
 */
export type SigV4ErrorCode =
  | 'MissingAuthenticationTokenException'
  | 'IncompleteSignatureException'
  | 'UnrecognizedClientException'
  | 'ExpiredTokenException'
  | 'InvalidSignatureException'

/** A request that was refused before anybody asked what it wants. */
export class SigV4Error extends Error {
  override readonly name = 'SigV4Error'
  readonly code: SigV4ErrorCode
  readonly statusCode = 403
  /** Where the signature did not match: what should have been signed. For logs; it holds no secret. */
  readonly expected: { readonly canonicalRequest: string; readonly stringToSign: string } | undefined

  constructor(code: SigV4ErrorCode, message: string, expected?: SigV4Error['expected']) {
    super(message)
    this.code = code
    this.expected = expected
  }
}

/** @param expected what should have been signed, where it is to be told */
export const signatureMismatch = (expected?: SigV4Error['expected']): SigV4Error =>
  new SigV4Error(
    'InvalidSignatureException',
    'The request signature we calculated does not match the signature you provided. ' +
      'Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
    expected,
  )
