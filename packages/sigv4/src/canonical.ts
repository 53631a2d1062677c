import { hash, toHex, utf8 } from './hash.ts'

/**
 * The canonical forms of Signature Version 4, made from a request as it stands on the wire. A signer starts from
 * decoded parts and may choose; a verifier has only the bytes, so both ends meet here.
 * @see AWS IAM User Guide, "Create a signed AWS API request"
 */

export const ALGORITHM = 'AWS4-HMAC-SHA256'
export const TERMINATOR = 'aws4_request'
/** The longest life of a presigned URL: seven days. */
export const MAX_EXPIRES_SECONDS = 7 * 24 * 60 * 60

/** Header values by name in any case; several values of one header as an array. Fits `IncomingMessage.headers`. */
export type Headers = Readonly<Record<string, string | readonly string[] | undefined>>

/** `KEY/20260102/us-east-1/iot/aws4_request`, parsed. */
export interface CredentialScope {
  readonly accessKeyId: string
  /** `YYYYMMDD` */
  readonly date: string
  readonly region: string
  /** Signing name, e.g. `iotdevicegateway`. */
  readonly service: string
}

/** Name and value as they stand in the URL, still encoded. */
export type RawParameter = readonly [name: string, value: string]

/** Percent-encodes all but RFC 3986's unreserved characters. */
export function encodeComponent(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

/** One encoding for every spelling of the same text: `%7e` → `~`, `%3a` → `%3A`, `'` → `%27`. */
function normalizeEncoding(raw: string): string {
  return raw
    .split(/(%[0-9A-Fa-f]{2})/)
    .map((part, index) => {
      if (index % 2 === 0) return encodeComponent(part)
      const character = String.fromCharCode(Number.parseInt(part.slice(1), 16))
      return /[A-Za-z0-9\-._~]/.test(character) ? character : part.toUpperCase()
    })
    .join('')
}

/** Splits a request target or a URL into path and query, both as sent. */
export function splitTarget(url: string): { path: string; query: string } {
  const target = url.replace(/^[A-Za-z][A-Za-z0-9+.-]*:\/\/[^/?#]*/, '').replace(/#.*$/s, '')
  const mark = target.indexOf('?')
  const path = mark === -1 ? target : target.slice(0, mark)
  return { path: path === '' ? '/' : path, query: mark === -1 ? '' : target.slice(mark + 1) }
}

/**
 * The path as every service but S3 signs it: dot segments and empty segments removed, then encoded once more, so
 * that the `%3A` on the wire of `/things/a%3Ab` becomes `%253A`.
 */
export function canonicalPath(path: string): string {
  const segments: string[] = []
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.') continue
    if (segment === '..') segments.pop()
    else segments.push(encodeComponent(segment))
  }
  if (segments.length === 0) return '/'
  return `/${segments.join('/')}${path.endsWith('/') ? '/' : ''}`
}

/** The path as S3 signs it: as it is, each segment encoded once, since `a//b` and `a/../b` are keys of objects. */
function canonicalS3Path(path: string): string {
  return path.split('/').map(normalizeEncoding).join('/')
}

export function parseQuery(query: string): RawParameter[] {
  return query
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const equals = pair.indexOf('=')
      return equals === -1 ? [pair, ''] : [pair.slice(0, equals), pair.slice(equals + 1)]
    })
}

/** Sorted by encoded name, then by encoded value. */
export function canonicalQuery(parameters: readonly RawParameter[]): string {
  return parameters
    .map(([name, value]) => [normalizeEncoding(name), normalizeEncoding(value)] as const)
    .sort(([nameA, valueA], [nameB, valueB]) => compare(nameA, nameB) || compare(valueA, valueB))
    .map(([name, value]) => `${name}=${value}`)
    .join('&')
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** Lower-case names; values trimmed, runs of white space shortened to one space, several values joined by a comma. */
export function canonicalHeaders(headers: Headers): Map<string, string> {
  const canonical = new Map<string, string>()
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined) continue
    const values = typeof value === 'string' ? [value] : value
    const text = values.map((one) => one.replace(/[ \t\r\n]+/g, ' ').replace(/^ | $/g, '')).join(',')
    const key = name.toLowerCase()
    const before = canonical.get(key)
    canonical.set(key, before === undefined ? text : `${before},${text}`)
  }
  return canonical
}

export interface CanonicalParts {
  readonly method: string
  readonly path: string
  /** Signing name: S3 has paths of its own. */
  readonly service?: string
  readonly parameters: readonly RawParameter[]
  readonly headers: ReadonlyMap<string, string>
  /** Lower-case and sorted, as in `SignedHeaders`. */
  readonly signedHeaders: readonly string[]
  /** Hex SHA-256 of the body, or a literal such as `UNSIGNED-PAYLOAD`. */
  readonly payloadHash: string
}

export function canonicalRequest(parts: CanonicalParts): string {
  return [
    parts.method.toUpperCase(),
    parts.service === 's3' ? canonicalS3Path(parts.path) : canonicalPath(parts.path),
    canonicalQuery(parts.parameters),
    ...parts.signedHeaders.map((name) => `${name}:${parts.headers.get(name) ?? ''}`),
    '',
    parts.signedHeaders.join(';'),
    parts.payloadHash,
  ].join('\n')
}

/** @param amzDate `YYYYMMDD'T'HHMMSS'Z'` */
export function stringToSign(amzDate: string, scope: CredentialScope, canonical: string): string {
  const digest = toHex(hash.sha256(utf8(canonical)))
  return `${ALGORITHM}\n${amzDate}\n${placeOf(scope)}\n${digest}`
}

/** Where and when a signature is good, as it is signed: `20250101/eu-west-1/s3/aws4_request`. */
export function placeOf({ date, region, service }: CredentialScope): string {
  return `${date}/${region}/${service}/${TERMINATOR}`
}

const keys = new Map<string, Uint8Array>()
const MAX_KEYS = 512

/**
 * The key of one day, region and service. Derived keys are kept: a client signs each of its requests with the same
 * one, and deriving costs four HMACs.
 */
export function signingKey(secretAccessKey: string, scope: CredentialScope): Uint8Array {
  const { date, region, service } = scope
  const id = JSON.stringify([secretAccessKey, date, region, service])
  let key = keys.get(id)
  if (!key) {
    key = utf8(`AWS4${secretAccessKey}`)
    for (const part of [date, region, service, TERMINATOR]) key = hash.hmacSha256(key, utf8(part))
    if (keys.size >= MAX_KEYS) keys.delete(keys.keys().next().value ?? '')
    keys.set(id, key)
  }
  return key
}

export function signatureOf(secretAccessKey: string, scope: CredentialScope, text: string): string {
  return toHex(hash.hmacSha256(signingKey(secretAccessKey, scope), utf8(text)))
}
