import type { ConnectCredentials, RequestCredentials } from '../../foundation/admissions.ts'

/** What a client brings for custom authentication, wherever it stands. */
export interface PresentedCredentials {
  readonly authorizerName: string | undefined
  readonly signature: string | undefined
  /** The value under the key that an authorizer says. @throws {CredentialsError} */
  token(tokenKeyName: string): string | undefined
}

/** What a client brought cannot be read. The words name no value: it may be a secret. */
export class CredentialsError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'CredentialsError'
  }
}

const NAME_KEY = 'x-amz-customauthorizer-name'
const SIGNATURE_KEY = 'x-amz-customauthorizer-signature'

/**
 * Reads credentials of an HTTP request (headers before the query) and of a CONNECT's user name, in this order.
 * @throws {CredentialsError}
 * @see AWS IoT Core developer guide, "Connecting to AWS IoT Core by using custom authentication"
 */
export function presentedCredentials(
  http: RequestCredentials | undefined,
  connect: Pick<ConnectCredentials, 'username'> | undefined,
): PresentedCredentials {
  const places = [
    ...(http ? [inHeaders(http.headers), inPairs('The query string', pairsOf(http.queryString))] : []),
    ...(connect?.username === undefined ? [] : [inPairs('The user name', pairsOfUsername(connect.username))]),
  ]
  const find = (key: string): string | undefined => {
    for (const place of places) {
      const value = place(key)
      if (value !== undefined) return value
    }
    return undefined
  }
  return { authorizerName: find(NAME_KEY), signature: find(SIGNATURE_KEY), token: find }
}

/** Whether a request names an authorizer, or brings a token's signature. */
export function bringsCredentials({ headers, queryString }: RequestCredentials): boolean {
  return (
    headers[NAME_KEY] !== undefined ||
    headers[SIGNATURE_KEY] !== undefined ||
    pairsOf(queryString).some(([key]) => isSame(key, NAME_KEY) || isSame(key, SIGNATURE_KEY))
  )
}

type Place = (key: string) => string | undefined
type Pair = readonly [key: string, value: string]

const inHeaders =
  (headers: RequestCredentials['headers']): Place =>
  (key) =>
    Object.hasOwn(headers, key.toLowerCase()) ? headers[key.toLowerCase()] : undefined

function inPairs(what: string, pairs: readonly Pair[]): Place {
  return (key) => {
    const found = pairs.filter(([name]) =>
      key === NAME_KEY || key === SIGNATURE_KEY ? isSame(name, key) : name === key,
    )
    if (found.length > 1) throw new CredentialsError(`${what} has ${key} more than once`)
    const [first] = found
    return first && decoded(first[1], `${what} has a value of ${key} that is not percent-encoded as it should be`)
  }
}

const isSame = (key: string, other: string): boolean => key.toLowerCase() === other

/**
 * `path?key=value&key=value`: what stands behind the only `?`.
 * @throws {CredentialsError}
 */
function pairsOfUsername(username: string): Pair[] {
  const [, query, ...more] = username.split('?')
  if (more.length > 0) throw new CredentialsError('The user name has more than one "?"')
  return query === undefined ? [] : pairsOf(query)
}

/** Keys are decoded, where they can be; values are not. */
function pairsOf(query: string): Pair[] {
  return query
    .replace(/^\?/, '')
    .split('&')
    .map((pair) => {
      const equals = pair.indexOf('=')
      const key = equals < 0 ? pair : pair.slice(0, equals)
      return [keyOf(key), equals < 0 ? '' : pair.slice(equals + 1)]
    })
}

function keyOf(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text // it is no key that anybody looks for
  }
}

/** A `+` stays one: signatures are seen that were not encoded. @throws {CredentialsError} */
function decoded(text: string, otherwise: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw new CredentialsError(otherwise)
  }
}
