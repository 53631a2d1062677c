import { AwsError } from '@thingdeck/aws-api'
import type { Account } from '../../foundation/account.ts'
import type { SessionOwner } from '../../foundation/credentials.ts'
import { COGNITO_ISSUER, IdTokenError, type IdTokens, providerName } from '../../foundation/id-tokens.ts'
import { decideTrust, type Role } from '../../foundation/roles.ts'
import type { OpenIdProviderStore } from './open-id-provider-store.ts'

/** Who stands behind a token of a web identity. */
export interface WebIdentity {
  /** As the token has it. */
  readonly issuer: string
  /** What it was made out to: a client id, or an identity pool. */
  readonly audience: string
  readonly sub: string
  /** What a trust policy has as `Federated`. */
  readonly federated: string
  /** Values for condition keys: `HOST/PATH:aud`, `HOST/PATH:sub`. */
  readonly variables: Readonly<Record<string, string | readonly string[]>>
}

const COGNITO = 'cognito-identity.amazonaws.com'

/**
 * Identities that are known elsewhere: by an OpenID Connect provider of the account, or by an identity pool.
 * @see IAM user guide, "Available keys for AWS OIDC federation"
 */
export class WebIdentities {
  readonly #providers: OpenIdProviderStore
  readonly #tokens: IdTokens

  constructor(providers: OpenIdProviderStore, tokens: IdTokens) {
    this.#providers = providers
    this.#tokens = tokens
  }

  /** @throws {AwsError} InvalidIdentityTokenException, ExpiredTokenException, IDPCommunicationErrorException */
  async identify(token: string): Promise<WebIdentity> {
    try {
      const issuer = await this.#tokens.issuerOf(token)
      const name = providerName(issuer)
      const provider = name === COGNITO ? undefined : this.#providers.find(this.#providers.arnOf(issuer))
      if (name !== COGNITO && !provider) {
        throw invalidToken(`No OpenIDConnect provider found in your account for ${issuer}`)
      }
      const expected = provider ? { issuer: provider.url, audience: provider.clientIds } : { issuer: COGNITO_ISSUER }
      const { sub = '', aud, ...claims } = await this.#tokens.verify(token, expected)
      const audiences = typeof aud === 'string' ? [aud] : (aud ?? [])
      const audience = audiences.find((one) => provider?.clientIds.includes(one) ?? true) ?? ''
      const amr = stringsIn(claims.amr)
      return {
        issuer,
        audience,
        sub,
        federated: provider?.arn ?? COGNITO,
        variables: {
          [`${name}:aud`]: audience,
          [`${name}:sub`]: sub,
          ...(amr.length > 0 && { [`${name}:amr`]: amr }),
          ...(typeof claims.azp === 'string' && { [`${name}:azp`]: claims.azp }),
        },
      }
    } catch (error) {
      throw error instanceof IdTokenError ? refusalOf(error) : error
    }
  }

  /** Whether a role lets that identity be it. */
  isTrusted(role: Role, { federated, variables }: WebIdentity): boolean {
    const principal = { type: 'Federated', value: federated } as const
    return decideTrust(role, principal, variables, 'sts:AssumeRoleWithWebIdentity').decision === 'ALLOWED'
  }
}

/** What a session of the role is for an identity; that of a pool is one of Cognito's to AWS IoT, whichever flow it took. */
export function webIdentitySession(
  account: Account,
  role: Role,
  sessionName: string,
  identity: WebIdentity,
): SessionOwner {
  const session = {
    arn: `arn:aws:sts::${account.id}:assumed-role/${role.name}/${sessionName}`,
    principalId: `${role.id}:${sessionName}`,
    roleName: role.name,
    variables: identity.variables,
  }
  if (identity.federated !== COGNITO) return { kind: 'assumed-role', ...session, sessionName }
  const authenticated = stringsIn(identity.variables[`${COGNITO}:amr`]).includes('authenticated')
  return { kind: 'cognito', ...session, identityId: identity.sub, authenticated }
}

function stringsIn(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
}

const invalidToken = (message: string): AwsError => new AwsError('InvalidIdentityTokenException', message)

function refusalOf(error: IdTokenError): AwsError {
  if (error.code === 'EXPIRED') return new AwsError('ExpiredTokenException', `Token expired. ${error.message}`)
  if (error.code === 'UNREACHABLE') {
    const refusal = new AwsError(
      'IDPCommunicationErrorException',
      "Couldn't retrieve verification key from your identity provider",
    )
    refusal.cause = error
    return refusal
  }
  return invalidToken(error.message)
}
