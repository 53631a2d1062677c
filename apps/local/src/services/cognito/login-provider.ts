import { AwsError } from '@thingdeck/aws-api'
import type { JWTPayload } from 'jose'
import {
  COGNITO_ISSUER,
  type ExpectedToken,
  IdTokenError,
  type IdTokens,
  providerName,
} from '../../foundation/id-tokens.ts'
import type { OpenIdProviders } from '../../foundation/open-id-providers.ts'
import type { IdentityPool } from './identity-pool.ts'

/** The key in `Logins` of tokens that the pool gave out itself, for developer authenticated identities. */
export const COGNITO_LOGIN = providerName(COGNITO_ISSUER)

/** Whose token was shown. */
export interface Login {
  /** The key in `Logins`: the issuer without its scheme. */
  readonly provider: string
  readonly sub: string
  readonly claims: JWTPayload
  /** Under which the pool's role mappings and principal tags may have it. */
  readonly mappingKeys: readonly string[]
}

/** The issuer in this server. */
export interface EmbeddedIssuer {
  readonly issuer: string
  readonly clientId: string
}

/** Verifies the tokens in `Logins`. */
export class LoginVerifier {
  readonly #tokens: IdTokens
  readonly #providers: OpenIdProviders
  readonly #embedded: EmbeddedIssuer

  constructor(tokens: IdTokens, providers: OpenIdProviders, embedded: EmbeddedIssuer) {
    this.#tokens = tokens
    this.#providers = providers
    this.#embedded = embedded
  }

  /**
   * @throws {AwsError} NotAuthorizedException for a provider that the pool does not know and for a token that is not
   *   good, ExternalServiceException when the issuer's keys cannot be read
   */
  async verify(pool: IdentityPool, name: string, token: string): Promise<Login> {
    const known = this.#providerOf(pool, name)
    if (!known) throw refused('Token is not from a supported provider of this identity pool.')
    try {
      const claims = await this.#tokens.verify(token, known.expected)
      const audiences = typeof claims.aud === 'string' ? [claims.aud] : (claims.aud ?? [])
      const mappingKeys = [name, ...audiences.map((audience) => `${name}:${audience}`), ...known.alsoMappedAs]
      return { provider: name, sub: claims.sub ?? '', claims, mappingKeys }
    } catch (error) {
      throw error instanceof IdTokenError ? refusalOf(error) : error
    }
  }

  #providerOf(
    pool: IdentityPool,
    name: string,
  ): { readonly expected: ExpectedToken; readonly alsoMappedAs: readonly string[] } | undefined {
    if (name === COGNITO_LOGIN) {
      return { expected: { issuer: COGNITO_ISSUER, audience: [pool.id] }, alsoMappedAs: [] }
    }
    const clientIds = pool.userPools.filter(({ providerName: one }) => one === name).map(({ clientId }) => clientId)
    if (clientIds.length > 0) {
      const { issuer } = this.#embedded
      const isEmbedded = providerName(issuer) === name
      return { expected: { issuer: isEmbedded ? issuer : `https://${name}`, audience: clientIds }, alsoMappedAs: [] }
    }
    for (const arn of pool.openIdProviderArns) {
      const provider = this.#providers.find(arn)
      if (!provider || providerName(provider.url) !== name) continue
      return { expected: { issuer: provider.url, audience: provider.clientIds }, alsoMappedAs: [arn] }
    }
    const appId = Object.hasOwn(pool.supportedLogins, name) ? pool.supportedLogins[name] : undefined
    return appId === undefined
      ? undefined
      : { expected: { issuer: `https://${name}`, audience: [appId] }, alsoMappedAs: [] }
  }
}

function refusalOf(error: IdTokenError): AwsError {
  if (error.code !== 'UNREACHABLE') return refused(`Invalid login token. ${error.message}`)
  const refusal = new AwsError('ExternalServiceException', error.message)
  refusal.cause = error
  return refusal
}

function refused(message: string): AwsError {
  return new AwsError('NotAuthorizedException', message)
}
