import type * as sdk from '@aws-sdk/client-cognito-identity'
import { AwsError, type Handlers, type Input } from '@thingdeck/aws-api'
import type { Caller } from '../../foundation/caller.ts'
import type { LocalContext } from '../../foundation/context.ts'
import type { AccessKeys, TemporaryCredentials } from '../../foundation/credentials.ts'
import { parseRoleArn, type Roles } from '../../foundation/roles.ts'
import { GROUPS, type IdentityPool, roleNameOf, UNAUTHENTICATED_ROLE } from './identity-pool.ts'
import { type IdentityRecord, IdentityStore } from './identity-store.ts'
import type { Login, LoginVerifier } from './login-provider.ts'

/** Credentials of the enhanced flow are good for one hour. */
const LIFETIME_SECONDS = 3600
const SESSION_NAME = 'CognitoIdentityCredentials'
const MISMATCH = "Logins don't match. Please include at least one valid login for this identity or identity pool."

type CognitoInput<Name extends 'GetId' | 'GetCredentialsForIdentity'> = Input<typeof sdk, Name>

export interface IdentitiesParts {
  readonly pool: IdentityPool
  readonly logins: LoginVerifier
  readonly credentials: AccessKeys
  readonly roles: Roles
}

/**
 * The enhanced flow of a Cognito identity pool: a login becomes an identity, an identity temporary credentials.
 * @see Amazon Cognito developer guide, "Identity pools authentication flow"
 */
export class Identities {
  readonly store: IdentityStore
  readonly pool: IdentityPool
  readonly #context: LocalContext
  readonly #parts: IdentitiesParts

  constructor(context: LocalContext, parts: IdentitiesParts) {
    this.store = new IdentityStore(context)
    this.pool = parts.pool
    this.#context = context
    this.#parts = parts
  }

  /**
   * The identity of a login, always the same one; without logins a new one, if the pool allows that.
   * @throws {AwsError} ResourceNotFoundException for another pool, NotAuthorizedException, ResourceConflictException
   *   for logins of two identities
   */
  async identify({ IdentityPoolId: poolId, Logins: tokens = {} }: CognitoInput<'GetId'>): Promise<string> {
    if (poolId !== this.pool.id) throw new AwsError('ResourceNotFoundException', `IdentityPool '${poolId}' not found.`)
    const logins = await this.#verify(tokens)
    if (logins.length === 0) this.#checkUnauthenticated()
    return this.#context.database.transaction(() => {
      const known = new Set(logins.flatMap((login) => this.store.identityOf(login) ?? []))
      if (known.size > 1) throw new AwsError('ResourceConflictException', 'The logins belong to different identities.')
      const [id = this.store.create().id] = known
      for (const login of logins) this.store.link(id, login)
      return id
    })
  }

  /**
   * Credentials for an identity. One that has logins gets them only with one of these.
   * @throws {AwsError} ResourceNotFoundException, NotAuthorizedException
   */
  async credentialsFor(request: CognitoInput<'GetCredentialsForIdentity'>): Promise<TemporaryCredentials> {
    const identity = this.#mustFind(request.IdentityId)
    const logins = await this.#verify(request.Logins ?? {})
    this.#checkLogins(identity, logins)
    const roleName = this.#roleOf(logins, request.CustomRoleArn)
    const role = this.#parts.roles.find(roleName)
    if (!role) {
      throw new AwsError(
        'InvalidIdentityPoolConfigurationException',
        'Invalid identity pool configuration. Check assigned IAM roles for this pool.',
      )
    }
    this.store.setLastRole(identity.id, roleName)
    const authenticated = logins.length > 0
    return this.#parts.credentials.issue(
      {
        kind: 'cognito',
        arn: `arn:aws:sts::${this.#context.account.id}:assumed-role/${roleName}/${SESSION_NAME}`,
        principalId: `${role.id}:${SESSION_NAME}`,
        roleName,
        identityId: identity.id,
        authenticated,
        variables: {
          'cognito-identity.amazonaws.com:aud': this.pool.id,
          'cognito-identity.amazonaws.com:sub': identity.id,
          'cognito-identity.amazonaws.com:amr': authenticated
            ? ['authenticated', ...logins.flatMap(({ provider, sub }) => [provider, `${provider}:${sub}`])]
            : ['unauthenticated'],
        },
      },
      LIFETIME_SECONDS,
    )
  }

  exists(id: string): boolean {
    return this.store.find(id) !== undefined
  }

  #mustFind(id: string): IdentityRecord {
    const identity = this.store.find(id)
    if (!identity) throw new AwsError('ResourceNotFoundException', `Identity '${id}' not found.`)
    return identity
  }

  async #verify(tokens: Readonly<Record<string, string>>): Promise<Login[]> {
    const logins: Login[] = []
    for (const [name, token] of Object.entries(tokens)) logins.push(await this.#parts.logins.verify(name, token))
    return logins
  }

  #checkUnauthenticated(): void {
    if (this.pool.allowUnauthenticated) return
    throw new AwsError('NotAuthorizedException', 'Unauthenticated access is not supported for this identity pool.')
  }

  #checkLogins({ id }: IdentityRecord, logins: readonly Login[]): void {
    const linked = this.store.providersOf(id).length > 0
    if (logins.length === 0) {
      if (linked) throw new AwsError('NotAuthorizedException', `Access to Identity '${id}' is forbidden.`)
      this.#checkUnauthenticated()
      return
    }
    const owners = logins.map((login) => this.store.identityOf(login))
    const elsewhere = owners.some((owner) => owner !== undefined && owner !== id)
    if (elsewhere || (linked && !owners.includes(id))) throw new AwsError('NotAuthorizedException', MISMATCH)
    for (const login of logins) this.store.link(id, login)
  }

  #roleOf(logins: readonly Login[], customRoleArn: string | undefined): string {
    if (logins.length === 0) return UNAUTHENTICATED_ROLE
    const held = new Set(logins.flatMap(({ groups }) => groups))
    const roles = GROUPS.filter((group) => held.has(group)).map(roleNameOf)
    const wanted = customRoleArn === undefined ? roles[0] : parseRoleArn(customRoleArn)?.name
    if (wanted === undefined || !roles.includes(wanted)) {
      throw new AwsError('NotAuthorizedException', 'The groups of this login map to no such role of the identity pool.')
    }
    return wanted
  }
}

/** The operations of Cognito's identity service. */
export function identityHandlers(identities: Identities, logins: LoginVerifier, roles: Roles) {
  const { pool } = identities
  const checkPool = (id: string) => {
    if (id !== pool.id) throw new AwsError('ResourceNotFoundException', `IdentityPool '${id}' not found.`)
  }
  return {
    GetId: async (input) => ({ IdentityId: await identities.identify(input) }),
    GetCredentialsForIdentity: async (input) => {
      const credentials = await identities.credentialsFor(input)
      return {
        IdentityId: input.IdentityId,
        Credentials: {
          AccessKeyId: credentials.accessKeyId,
          SecretKey: credentials.secretAccessKey,
          SessionToken: credentials.sessionToken,
          Expiration: new Date(credentials.expiresAtMs),
        },
      }
    },
    DescribeIdentity: ({ IdentityId: id }) => {
      const identity = identities.store.find(id)
      if (!identity) throw new AwsError('ResourceNotFoundException', `Identity '${id}' not found.`)
      return {
        IdentityId: id,
        Logins: identities.store.providersOf(id),
        CreationDate: new Date(identity.createdAtMs),
        LastModifiedDate: new Date(identity.modifiedAtMs),
      }
    },
    DescribeIdentityPool: ({ IdentityPoolId: id }) => {
      checkPool(id)
      return {
        IdentityPoolId: pool.id,
        IdentityPoolName: pool.name,
        AllowUnauthenticatedIdentities: pool.allowUnauthenticated,
        AllowClassicFlow: false,
        CognitoIdentityProviders: logins.providers.flatMap(({ issuer, audience }) =>
          audience.map((ClientId) => ({ ProviderName: issuer.replace(/^https?:\/\//, ''), ClientId })),
        ),
      }
    },
    ListIdentityPools: ({ NextToken }) => {
      if (NextToken !== undefined)
        throw new AwsError('InvalidParameterException', 'Invalid NextToken: there is one page')
      return { IdentityPools: [{ IdentityPoolId: pool.id, IdentityPoolName: pool.name }] }
    },
    GetIdentityPoolRoles: ({ IdentityPoolId: id }) => {
      checkPool(id)
      return {
        IdentityPoolId: pool.id,
        Roles: {
          authenticated: roles.arnOf(roleNameOf('viewer')),
          ...(pool.allowUnauthenticated && { unauthenticated: roles.arnOf(UNAUTHENTICATED_ROLE) }),
        },
      }
    },
  } satisfies Handlers<typeof sdk, Caller>
}
