import type { JWK, JWTPayload, JWTVerifyGetKey } from 'jose'
import type { Clock } from './clock.ts'
import { lazily } from './lazily.ts'

/** Loaded when the first token is shown: most servers in tests never see one. */
const loadLibrary = lazily(() => import('jose'))

/** Those that OpenID issuers sign with; none that whoever knows a public key could sign with. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA']
const FETCH_TIMEOUT_MS = 5000
const MAX_DOCUMENT_BYTES = 262_144
const KEYS_GOOD_FOR_MS = 600_000
/** A key that is not among those known is looked for at most this often. */
const KEYS_ASKED_AGAIN_AFTER_MS = 10_000

/** The issuer of the tokens that identity pools give out themselves. */
export const COGNITO_ISSUER = 'https://cognito-identity.amazonaws.com'

/** Why an id token is not good. */
export class IdTokenError extends Error {
  readonly code: 'EXPIRED' | 'AUDIENCE' | 'ISSUER' | 'SIGNATURE' | 'MALFORMED' | 'UNREACHABLE'

  constructor(code: IdTokenError['code'], message: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'IdTokenError'
    this.code = code
  }
}

/** What a token must be. */
export interface ExpectedToken {
  /** The `iss` of it: the issuer's address, which leads to its keys. */
  readonly issuer: string
  /** Client ids of which it must be made out to one; absent where whoever asks looks at that himself. */
  readonly audience?: readonly string[]
}

interface IssuerKeys {
  readonly find: JWTVerifyGetKey
  readonly readAtMs: number
}

/**
 * Verifies the id tokens of OpenID Connect issuers, by the keys that they publish.
 * @see OpenID Connect Discovery 1.0 §4; OpenID Connect Core 1.0 §3.1.3.7
 */
export class IdTokens {
  readonly #clock: Clock
  readonly #atHand = new Map<string, () => Promise<readonly JWK[]>>()
  readonly #published = new Map<string, Promise<IssuerKeys>>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Knows the keys of an issuer of this server, which need not be fetched. */
  know(issuer: string, keys: () => Promise<readonly JWK[]>): void {
    this.#atHand.set(withoutSlash(issuer), keys)
  }

  /** The `iss` of a token that nobody has verified yet. @throws {IdTokenError} MALFORMED */
  async issuerOf(token: string): Promise<string> {
    const { decodeJwt } = await loadLibrary()
    try {
      const { iss } = decodeJwt(token)
      if (typeof iss === 'string') return iss
    } catch (error) {
      throw new IdTokenError('MALFORMED', 'The token is no JSON Web Token', error)
    }
    throw new IdTokenError('MALFORMED', 'The token names no issuer')
  }

  /** @throws {IdTokenError} */
  async verify(token: string, { issuer, audience }: ExpectedToken): Promise<JWTPayload> {
    const jose = await loadLibrary()
    const options = {
      // With and without a slash at the end: providers are named without one.
      issuer: [withoutSlash(issuer), `${withoutSlash(issuer)}/`],
      ...(audience && { audience: [...audience] }),
      algorithms: ALGORITHMS,
      currentDate: new Date(this.#clock()),
      requiredClaims: ['sub', 'exp', 'iat', 'aud'],
    }
    const keys = await this.#keysOf(issuer)
    try {
      return (await jose.jwtVerify(token, keys.find, options)).payload
    } catch (error) {
      const isOld = this.#clock() - keys.readAtMs >= KEYS_ASKED_AGAIN_AFTER_MS
      if (!(error instanceof jose.errors.JWKSNoMatchingKey && isOld)) throw asTokenError(error, jose)
    }
    this.#published.delete(withoutSlash(issuer)) // the issuer may have changed its keys
    try {
      return (await jose.jwtVerify(token, (await this.#keysOf(issuer)).find, options)).payload
    } catch (error) {
      throw asTokenError(error, jose)
    }
  }

  async #keysOf(issuer: string): Promise<IssuerKeys> {
    const name = withoutSlash(issuer)
    const atHand = this.#atHand.get(name)
    if (atHand) return { find: await keySet([...(await atHand())]), readAtMs: Number.POSITIVE_INFINITY }
    const known = await this.#published.get(name)
    if (known && this.#clock() - known.readAtMs < KEYS_GOOD_FOR_MS) return known
    const read = this.#readKeys(name)
    this.#published.set(name, read)
    read.catch(() => this.#published.delete(name)) // the next token tries again
    return read
  }

  async #readKeys(issuer: string): Promise<IssuerKeys> {
    try {
      const metadata = await readJson(`${issuer}/.well-known/openid-configuration`)
      const keysAddress = String(metadata.jwks_uri)
      // An issuer elsewhere must not have this machine asked in its place.
      if (issuer.startsWith('https:') && !keysAddress.startsWith('https:')) {
        throw new Error(`${keysAddress} is no https address`)
      }
      const { keys } = await readJson(keysAddress)
      if (!Array.isArray(keys)) throw new Error('its key set has no keys')
      return { find: await keySet(keys), readAtMs: this.#clock() }
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause)
      throw new IdTokenError('UNREACHABLE', `The keys of ${issuer} cannot be read: ${why}`, cause)
    }
  }
}

/** The issuer as AWS names it in `Logins`, ARNs and conditions: without scheme, without a slash at its end. */
export function providerName(issuer: string): string {
  return withoutSlash(issuer.replace(/^https?:\/\//, ''))
}

/** Whether an address may be asked for keys: over https, or on this machine. */
export function isIssuerAddress(address: string): boolean {
  if (!URL.canParse(address)) return false
  const { protocol, hostname, search, hash, username, password } = new URL(address)
  if (search !== '' || hash !== '' || username !== '' || password !== '') return false
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname))
}

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '[::1]' || host.endsWith('.localhost') || /^127(\.\d{1,3}){3}$/.test(host)

const withoutSlash = (issuer: string): string => issuer.replace(/\/$/, '')

async function keySet(keys: JWK[]): Promise<JWTVerifyGetKey> {
  const { createLocalJWKSet } = await loadLibrary()
  return createLocalJWKSet({ keys })
}

/** @throws {Error} which says what is wrong with the address or its answer */
async function readJson(address: string): Promise<Record<string, unknown>> {
  if (!isIssuerAddress(address)) throw new Error(`${address} is neither an https address nor one of this machine`)
  const response = await fetch(address, { redirect: 'error', signal: AbortSignal.timeout(FETCH_TIMEOUT_MS) })
  if (!response.ok) throw new Error(`${address} answered ${response.status}`)
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength
    if (bytes > MAX_DOCUMENT_BYTES) throw new Error(`${address} answered with more than ${MAX_DOCUMENT_BYTES} bytes`)
    chunks.push(chunk)
  }
  const parsed: unknown = JSON.parse(Buffer.concat(chunks).toString())
  if (typeof parsed === 'object' && parsed !== null) return Object.fromEntries(Object.entries(parsed))
  throw new Error(`${address} did not answer with a JSON object`)
}

function asTokenError(error: unknown, { errors }: Awaited<ReturnType<typeof loadLibrary>>): IdTokenError {
  if (error instanceof IdTokenError) return error
  if (error instanceof errors.JWTExpired) {
    return new IdTokenError('EXPIRED', `Token expired: ${error.payload.exp}`, error)
  }
  if (error instanceof errors.JWTClaimValidationFailed) {
    if (error.claim === 'aud') return new IdTokenError('AUDIENCE', 'Incorrect token audience.', error)
    if (error.claim === 'iss') return new IdTokenError('ISSUER', "Issuer doesn't match providerName", error)
    return new IdTokenError('MALFORMED', error.message, error)
  }
  if (error instanceof errors.JWSSignatureVerificationFailed || error instanceof errors.JWKSNoMatchingKey) {
    return new IdTokenError('SIGNATURE', 'Token signature invalid.', error)
  }
  return new IdTokenError('MALFORMED', "Can't parse token.", error)
}
