/** Of the authorizer that a client names. */
export const AUTHORIZER_NAME_KEY = 'x-amz-customauthorizer-name'
/** Of the token's signature. */
export const AUTHORIZER_SIGNATURE_KEY = 'x-amz-customauthorizer-signature'

/** A pair as a client sends it to custom authentication, in a user name of MQTT or in a query. */
export interface CredentialPair {
  /** As it stands there. */
  readonly text: string
  /** Decoded; as it stands there where it cannot be. */
  readonly key: string
  /** Decoded; undefined: a `%` in it begins no escape. */
  readonly value: string | undefined
  /** It has a key, an equals sign and perhaps a value. */
  readonly isPair: boolean
  readonly isKeyBroken: boolean
}

/**
 * What of a user name of MQTT is for custom authentication: `name?key=value&key=value`.
 * @returns `query` undefined: it has none; `isAmbiguous`: a second question mark, which AWS IoT does not take
 * @see AWS IoT Core developer guide, "Connecting to AWS IoT Core by using custom authentication"
 */
export function splitUserName(userName: string): {
  readonly name: string
  readonly query: string | undefined
  readonly isAmbiguous: boolean
} {
  const [name = '', query, ...more] = userName.split('?')
  return { name, query, isAmbiguous: more.length > 0 }
}

/** Reads `a=1&b=2`. `%XX` is decoded; a `+` stays one: signatures in base64 are seen that were not encoded. */
export function credentialPairs(query: string): readonly CredentialPair[] {
  const parts = query.replace(/^\?/, '').split('&')
  return parts.flatMap((text): CredentialPair[] => {
    if (text === '') return []
    const equals = text.indexOf('=')
    const written = equals < 0 ? text : text.slice(0, equals)
    const key = decoded(written)
    return [
      {
        text,
        key: key ?? written,
        value: decoded(equals < 0 ? '' : text.slice(equals + 1)),
        isPair: equals > 0,
        isKeyBroken: key === undefined,
      },
    ]
  })
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
