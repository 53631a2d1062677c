import {
  AUTHORIZER_NAME_KEY,
  AUTHORIZER_SIGNATURE_KEY,
  type CredentialPair,
  credentialPairs,
  splitUserName,
} from '@thingdeck/policies'
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
    ...(http ? [inHeaders(http.headers), inPairs('The query string', credentialPairs(http.queryString))] : []),
    ...(connect?.username === undefined ? [] : [inPairs('The user name', pairsOfUsername(connect.username))]),
  ]
  const find = (key: string): string | undefined => {
    for (const place of places) {
      const value = place(key)
      if (value !== undefined) return value
    }
    return undefined
  }
  return { authorizerName: find(AUTHORIZER_NAME_KEY), signature: find(AUTHORIZER_SIGNATURE_KEY), token: find }
}

/** Whether a request names an authorizer, or brings a token's signature. */
export function bringsCredentials({ headers, queryString }: RequestCredentials): boolean {
  return (
    headers[AUTHORIZER_NAME_KEY] !== undefined ||
    headers[AUTHORIZER_SIGNATURE_KEY] !== undefined ||
    credentialPairs(queryString).some(
      ({ key }) => isSame(key, AUTHORIZER_NAME_KEY) || isSame(key, AUTHORIZER_SIGNATURE_KEY),
    )
  )
}

type Place = (key: string) => string | undefined

const inHeaders =
  (headers: RequestCredentials['headers']): Place =>
  (key) =>
    Object.hasOwn(headers, key.toLowerCase()) ? headers[key.toLowerCase()] : undefined

function inPairs(what: string, pairs: readonly CredentialPair[]): Place {
  return (key) => {
    const found = pairs.filter(({ key: name }) =>
      key === AUTHORIZER_NAME_KEY || key === AUTHORIZER_SIGNATURE_KEY ? isSame(name, key) : name === key,
    )
    if (found.length > 1) throw new CredentialsError(`${what} has ${key} more than once`)
    const [first] = found
    if (first && first.value === undefined) {
      throw new CredentialsError(`${what} has a value of ${key} that is not percent-encoded as it should be`)
    }
    return first?.value
  }
}

const isSame = (key: string, other: string): boolean => key.toLowerCase() === other

/**
 * What stands behind the only `?`.
 * @throws {CredentialsError}
 */
function pairsOfUsername(username: string): readonly CredentialPair[] {
  const { query, isAmbiguous } = splitUserName(username)
  if (isAmbiguous) throw new CredentialsError('The user name has more than one "?"')
  return query === undefined ? [] : credentialPairs(query)
}
