import { formatAmzDate, parseAmzDate } from './amz-date.ts'
import {
  type Authorization,
  decodedParameters,
  incomplete,
  parseAuthorizationHeader,
  parseAuthorizationQuery,
} from './authorization.ts'
import {
  type CanonicalParts,
  type CredentialScope,
  canonicalHeaders,
  canonicalRequest,
  type Headers,
  MAX_EXPIRES_SECONDS,
  parseQuery,
  type RawParameter,
  signatureOf,
  splitTarget,
  stringToSign,
} from './canonical.ts'
import { checkChunks, isSignedInChunks } from './chunks.ts'
import { SigV4Error, signatureMismatch } from './error.ts'
import { EMPTY_SHA256, equalsInConstantTime, hash, toHex, utf8 } from './hash.ts'

/** What the verifier must know of an access key. Extend it with whatever says who holds the key. */
export interface AccessKey {
  readonly secretAccessKey: string
  /** Temporary credentials only: the token that every request must bring along. */
  readonly sessionToken?: string | undefined
  /** Temporary credentials only, epoch milliseconds. */
  readonly expiresAtMs?: number | undefined
}

export interface VerifyOptions<Key extends AccessKey> {
  readonly method: string
  /** Path and query exactly as received (`IncomingMessage.url`), or an absolute URL. */
  readonly url: string
  readonly headers: Headers
  /** The whole body; absent for none. */
  readonly body?: Uint8Array | string | undefined
  /** Hex SHA-256 of the body, instead of `body`. */
  readonly bodyHash?: string | undefined
  readonly lookupSecret: (accessKeyId: string) => Key | undefined
  /** Epoch milliseconds. */
  readonly nowMs: number
  /** How far the signer's clock may be off, either way. Default 300,000 (5 minutes). */
  readonly maxSkewMs?: number
  /** The region that requests must be scoped to; absent for any. */
  readonly region?: string | undefined
  /** The signing names that are served; absent for any. */
  readonly services?: readonly string[] | undefined
}

export interface VerifiedRequest<Key> {
  readonly key: Key
  readonly scope: CredentialScope
  /** By the signer's clock, epoch milliseconds. */
  readonly signedAtMs: number
}

const UNSIGNED_PAYLOAD = 'UNSIGNED-PAYLOAD'
const DEFAULT_SKEW_MS = 5 * 60_000

/**
 * Verifies a request that carries its signature in the `Authorization` header.
 * @throws {SigV4Error} in AWS's words
 * @see AWS IAM User Guide, "Create a signed AWS API request"
 */
export function verifySignedRequest<Key extends AccessKey>(options: VerifyOptions<Key>): VerifiedRequest<Key> {
  const headers = canonicalHeaders(options.headers)
  const header = headers.get('authorization')
  if (!header) throw missing()
  const authorization = parseAuthorizationHeader(header)
  const { signedAtMs, amzDate } = dateOf(headers.get('x-amz-date'), headers.get('date'))
  checkScope(authorization.scope, amzDate, options)
  checkSkew(signedAtMs, amzDate, options)
  const key = keyOf(authorization.scope.accessKeyId, headers.get('x-amz-security-token'), options)

  const claimed = headers.get('x-amz-content-sha256')
  const { path, query } = splitTarget(options.url)
  const { method } = options
  checkSignature(authorization, amzDate, key, [
    {
      method,
      path,
      service: authorization.scope.service,
      parameters: parseQuery(query),
      headers,
      payloadHash: payloadHash(claimed, authorization.scope.service, options),
    },
  ])
  const { body = '' } = options
  if (authorization.scope.service === 's3' && isSignedInChunks(claimed)) {
    const chunked = {
      seedSignature: authorization.signature,
      amzDate,
      scope: authorization.scope,
      secretAccessKey: key.secretAccessKey,
      body: typeof body === 'string' ? utf8(body) : body,
      decodedLength: headers.get('x-amz-decoded-content-length'),
    }
    checkChunks(chunked, claimed)
  }
  return { key, scope: authorization.scope, signedAtMs }
}

export interface VerifyPresignedOptions<Key extends AccessKey> extends VerifyOptions<Key> {
  /**
   * Where the session token must stand. `appended` after the signature and outside of it, as AWS IoT wants it for
   * MQTT over WebSocket; `signed` among the signed parameters, as all other services want it. Default: either.
   */
  readonly sessionToken?: 'appended' | 'signed' | 'either'
}

/**
 * Verifies a presigned URL. Without `X-Amz-Expires` it is as good as a signed header: for the time that clocks may
 * differ.
 * @throws {SigV4Error} in AWS's words
 * @see AWS IoT Core developer guide, "Device communication protocols", MQTT over WebSocket
 */
export function verifyPresignedUrl<Key extends AccessKey>(options: VerifyPresignedOptions<Key>): VerifiedRequest<Key> {
  const headers = canonicalHeaders(options.headers)
  const { path, query } = splitTarget(options.url)
  const values = decodedParameters(query)
  if (!values.has('X-Amz-Signature') && !values.has('X-Amz-Credential') && !values.has('X-Amz-Algorithm')) {
    throw missing()
  }
  const authorization = parseAuthorizationQuery(values)
  const { signedAtMs, amzDate } = dateOf(values.get('X-Amz-Date'))
  checkScope(authorization.scope, amzDate, options)
  checkExpiry(signedAtMs, amzDate, values.get('X-Amz-Expires'), options)
  const key = keyOf(authorization.scope.accessKeyId, values.get('X-Amz-Security-Token'), options)

  const signed = parseQuery(query).filter(([name]) => name !== 'X-Amz-Signature')
  const withoutToken = signed.filter(([name]) => name !== 'X-Amz-Security-Token')
  const { sessionToken = 'either', method } = options
  const forms: readonly (readonly RawParameter[])[] =
    signed.length === withoutToken.length
      ? [signed]
      : { appended: [withoutToken], signed: [signed], either: [signed, withoutToken] }[sessionToken]
  const { service } = authorization.scope
  const claimed = values.get('X-Amz-Content-Sha256') ?? headers.get('x-amz-content-sha256')
  const payload = payloadHash(claimed ?? (service === 's3' ? UNSIGNED_PAYLOAD : undefined), service, options)
  checkSignature(
    authorization,
    amzDate,
    key,
    forms.map((parameters) => ({ method, path, service, parameters, headers, payloadHash: payload })),
  )
  return { key, scope: authorization.scope, signedAtMs }
}

/** Whether a request is presigned, so that the query and not a header is to be verified. */
export function isPresigned(url: string): boolean {
  return decodedParameters(splitTarget(url).query).has('X-Amz-Signature')
}

function missing(): SigV4Error {
  return new SigV4Error('MissingAuthenticationTokenException', 'Missing Authentication Token')
}

function invalid(message: string): SigV4Error {
  return new SigV4Error('InvalidSignatureException', message)
}

/** `X-Amz-Date`, or else the `Date` of HTTP, which some signers use. */
function dateOf(amzDate: string | undefined, httpDate?: string): { signedAtMs: number; amzDate: string } {
  if (amzDate === undefined && httpDate === undefined) {
    throw incomplete("Authorization requires existence of either a 'X-Amz-Date' or a 'Date' header.")
  }
  const signedAtMs = amzDate === undefined ? Date.parse(httpDate ?? '') : parseAmzDate(amzDate)
  if (signedAtMs === undefined || Number.isNaN(signedAtMs)) {
    throw incomplete(`Date must be in ISO-8601 'basic format'. Got '${amzDate ?? httpDate}'.`)
  }
  return { signedAtMs, amzDate: amzDate ?? formatAmzDate(signedAtMs) }
}

function checkScope(
  scope: CredentialScope,
  amzDate: string,
  { region, services }: Pick<VerifyOptions<AccessKey>, 'region' | 'services'>,
): void {
  if (services && !services.includes(scope.service)) {
    throw invalid(`Credential should be scoped to correct service: '${services[0] ?? ''}'. `)
  }
  if (region !== undefined && scope.region !== region) {
    throw invalid(`Credential should be scoped to a valid region, not '${scope.region}'. `)
  }
  const date = amzDate.slice(0, 8)
  if (scope.date !== date) {
    throw invalid(
      `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${scope.date}' != '${date}', from '${amzDate}'.`,
    )
  }
}

function checkSkew(
  signedAtMs: number,
  amzDate: string,
  { nowMs, maxSkewMs = DEFAULT_SKEW_MS }: Pick<VerifyOptions<AccessKey>, 'nowMs' | 'maxSkewMs'>,
): void {
  checkNotInFuture(signedAtMs, amzDate, nowMs, maxSkewMs)
  if (signedAtMs < nowMs - maxSkewMs) throw expired(amzDate, nowMs, maxSkewMs)
}

function checkNotInFuture(signedAtMs: number, amzDate: string, nowMs: number, maxSkewMs: number): void {
  if (signedAtMs <= nowMs + maxSkewMs) return
  const limit = `${formatAmzDate(nowMs + maxSkewMs)} (${formatAmzDate(nowMs)} + ${minutes(maxSkewMs)} min.)`
  throw invalid(`Signature not yet current: ${amzDate} is still later than ${limit}`)
}

function checkExpiry(
  signedAtMs: number,
  amzDate: string,
  expires: string | undefined,
  options: Pick<VerifyOptions<AccessKey>, 'nowMs' | 'maxSkewMs'>,
): void {
  if (expires === undefined) {
    checkSkew(signedAtMs, amzDate, options)
    return
  }
  const { nowMs, maxSkewMs = DEFAULT_SKEW_MS } = options
  const seconds = /^\d{1,9}$/.test(expires) ? Number(expires) : Number.NaN
  if (!(seconds <= MAX_EXPIRES_SECONDS)) {
    throw incomplete(`X-Amz-Expires must be a number of seconds and at most ${MAX_EXPIRES_SECONDS}, got '${expires}'.`)
  }
  checkNotInFuture(signedAtMs, amzDate, nowMs, maxSkewMs)
  if (nowMs > signedAtMs + seconds * 1000) throw expired(amzDate, nowMs, seconds * 1000)
}

function expired(amzDate: string, nowMs: number, allowedMs: number): SigV4Error {
  const limit = `${formatAmzDate(nowMs - allowedMs)} (${formatAmzDate(nowMs)} - ${minutes(allowedMs)} min.)`
  return invalid(`Signature expired: ${amzDate} is now earlier than ${limit}`)
}

function minutes(ms: number): string {
  return String(Math.round(ms / 600) / 100)
}

function keyOf<Key extends AccessKey>(
  accessKeyId: string,
  token: string | undefined,
  { lookupSecret, nowMs }: Pick<VerifyOptions<Key>, 'lookupSecret' | 'nowMs'>,
): Key {
  const key = lookupSecret(accessKeyId)
  if (!key || !equalsInConstantTime(token ?? '', key.sessionToken ?? '')) {
    throw new SigV4Error('UnrecognizedClientException', 'The security token included in the request is invalid.')
  }
  if (key.expiresAtMs !== undefined && nowMs >= key.expiresAtMs) {
    throw new SigV4Error('ExpiredTokenException', 'The security token included in the request is expired')
  }
  return key
}

/**
 * The hash that stands in the canonical request. A claimed one is believed only if it is that of the body. For S3 it
 * may be said instead that the body comes in chunks, which have signatures of their own, or none.
 * @see Amazon S3 API Reference, "Signature calculations: transferring a payload in multiple chunks"
 */
function payloadHash(
  claimed: string | undefined,
  service: string,
  { body, bodyHash }: Pick<VerifyOptions<AccessKey>, 'body' | 'bodyHash'>,
): string {
  if (claimed === UNSIGNED_PAYLOAD) return UNSIGNED_PAYLOAD
  if (service === 's3' && claimed?.startsWith('STREAMING-')) return claimed
  if (bodyHash !== undefined) return bodyHash
  if (body === undefined || body.length === 0) return EMPTY_SHA256
  return toHex(hash.sha256(typeof body === 'string' ? utf8(body) : body))
}

/** @param forms the readings of the request of which one must have been signed */
function checkSignature(
  { scope, signedHeaders, signature }: Authorization,
  amzDate: string,
  { secretAccessKey }: AccessKey,
  forms: readonly Omit<CanonicalParts, 'signedHeaders'>[],
): void {
  // HTTP/2 calls it `:authority` (RFC 9113 §8.3.1), and so do signers of what they send by it.
  if (!(signedHeaders.includes('host') || signedHeaders.includes(':authority')))
    throw invalid(`'Host' must be a 'SignedHeader' in the AWS Authorization.`)
  let expected: SigV4Error['expected']
  for (const form of forms) {
    const canonical = canonicalRequest({ ...form, signedHeaders })
    const text = stringToSign(amzDate, scope, canonical)
    if (equalsInConstantTime(signatureOf(secretAccessKey, scope, text), signature)) return
    expected = { canonicalRequest: canonical, stringToSign: text }
  }
  throw signatureMismatch(expected)
}
