import { AwsError } from '@thingdeck/aws-api'
import type { JWK, JWTPayload, JWTVerifyGetKey } from 'jose'
import type { Clock } from '../../foundation/clock.ts'
import { lazily } from '../../foundation/lazily.ts'

/** Loaded when the first token is shown: most servers in tests never see one. */
const loadLibrary = lazily(() => import('jose'))

/** An OpenID Connect issuer whose id tokens the identity pool takes. */
export interface LoginProvider {
  /** The `iss` of its tokens. */
  readonly issuer: string
  /** The client ids that tokens may be made out to. */
  readonly audience: readonly string[]
  /** Its keys, where they are at hand; otherwise they are read from where the issuer publishes them. */
  readonly keys?: () => Promise<readonly JWK[]>
}

/** Whose token was shown. */
export interface Login {
  /** The key in `Logins`: the issuer without its scheme. */
  readonly provider: string
  readonly sub: string
  readonly groups: readonly string[]
}

/** Verifies the tokens in `Logins`. */
export class LoginVerifier {
  readonly #clock: Clock
  readonly #providers: ReadonlyMap<string, { provider: LoginProvider; keys: () => Promise<JWTVerifyGetKey> }>

  constructor(providers: readonly LoginProvider[], clock: Clock) {
    this.#clock = clock
    this.#providers = new Map(
      providers.map((provider) => [providerName(provider.issuer), { provider, keys: lazily(() => keysOf(provider)) }]),
    )
  }

  get providers(): readonly LoginProvider[] {
    return [...this.#providers.values()].map(({ provider }) => provider)
  }

  /**
   * @throws {AwsError} NotAuthorizedException for a provider that the pool does not know and for a token that is not
   *   good, ExternalServiceException when the issuer's keys cannot be read
   */
  async verify(name: string, token: string): Promise<Login> {
    const known = this.#providers.get(name)
    if (!known) throw refused('Token is not from a supported provider of this identity pool.')
    const jose = await loadLibrary()
    const keys = await known.keys()
    let payload: JWTPayload
    try {
      const { issuer, audience } = known.provider
      const options = { issuer, audience: [...audience], currentDate: new Date(this.#clock()) }
      payload = (await jose.jwtVerify(token, keys, { ...options, requiredClaims: ['sub', 'exp', 'iat'] })).payload
    } catch (error) {
      throw asRefusal(error, jose)
    }
    const groups: unknown = payload['cognito:groups']
    return {
      provider: name,
      sub: payload.sub ?? '',
      groups: Array.isArray(groups) ? groups.filter((group) => typeof group === 'string') : [],
    }
  }
}

/** The issuer as `Logins` names it: without scheme, without a slash at its end. */
export function providerName(issuer: string): string {
  return issuer.replace(/^https?:\/\//, '').replace(/\/$/, '')
}

async function keysOf({ issuer, keys }: LoginProvider): Promise<JWTVerifyGetKey> {
  if (!keys) return publishedKeys(issuer)
  const { createLocalJWKSet } = await loadLibrary()
  return createLocalJWKSet({ keys: [...(await keys())] })
}

/** @see OpenID Connect Discovery 1.0 §4 */
async function publishedKeys(issuer: string): Promise<JWTVerifyGetKey> {
  try {
    const response = await fetch(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`)
    const metadata: unknown = await response.json()
    const uri: unknown =
      typeof metadata === 'object' && metadata !== null ? Reflect.get(metadata, 'jwks_uri') : undefined
    const { createRemoteJWKSet } = await loadLibrary()
    return createRemoteJWKSet(new URL(String(uri)))
  } catch (cause) {
    throw unreachable(issuer, cause)
  }
}

function asRefusal(error: unknown, { errors }: Awaited<ReturnType<typeof loadLibrary>>): AwsError {
  if (error instanceof errors.JWTExpired) return refused(`Invalid login token. Token expired: ${error.payload.exp}`)
  if (error instanceof errors.JWTClaimValidationFailed) {
    const what: Readonly<Record<string, string>> = {
      aud: 'Incorrect token audience.',
      iss: "Issuer doesn't match providerName",
    }
    return refused(`Invalid login token. ${what[error.claim] ?? error.message}`)
  }
  if (error instanceof errors.JWSSignatureVerificationFailed || error instanceof errors.JWKSNoMatchingKey) {
    return refused('Invalid login token. Token signature invalid.')
  }
  if (error instanceof errors.JOSEError && !(error instanceof errors.JWKSTimeout)) {
    return refused("Invalid login token. Can't parse token.")
  }
  return unreachable('the login provider', error)
}

function refused(message: string): AwsError {
  return new AwsError('NotAuthorizedException', message)
}

function unreachable(issuer: string, cause: unknown): AwsError {
  const error = new AwsError('ExternalServiceException', `The keys of ${issuer} cannot be read`)
  error.cause = cause
  return error
}
