import type * as sdk from '@aws-sdk/client-cognito-identity'
import { AwsError, type Input } from '@thingdeck/aws-api'
import type { JWTPayload } from 'jose'
import type { LocalContext } from '../../foundation/context.ts'
import type { AccessKeys, TemporaryCredentials } from '../../foundation/credentials.ts'
import { decideTrust, parseRoleArn, type Role, type Roles } from '../../foundation/roles.ts'
import type { IdentityPool } from './identity-pool.ts'
import type { IdentityRecord, IdentityStore } from './identity-store.ts'
import { COGNITO_LOGIN, type Login, type LoginVerifier } from './login-provider.ts'
import type { PoolStore } from './pool-store.ts'
import type { PoolTokens } from './pool-tokens.ts'
import { mappedRoles } from './role-mapping.ts'
import { UNAUTHENTICATED_SESSION } from './unauthenticated-session.ts'

/** Credentials of the enhanced flow are good for one hour. */
const LIFETIME_SECONDS = 3600
/** Tokens for the basic flow. */
const TOKEN_SECONDS = 600
const SESSION_NAME = 'CognitoIdentityCredentials'
const MISMATCH = "Logins don't match. Please include at least one valid login for this identity or identity pool."
const DEFAULT_TAGS = { username: 'sub', client: 'aud' } as const
/** Who assumes the roles of pools. */
const COGNITO = { type: 'Federated', value: COGNITO_LOGIN } as const

type CognitoInput<Name extends 'GetId' | 'GetCredentialsForIdentity' | 'GetOpenIdToken'> = Input<typeof sdk, Name>

export interface IdentitiesParts {
  readonly store: IdentityStore
  readonly pools: PoolStore
  readonly logins: LoginVerifier
  readonly tokens: PoolTokens
  readonly credentials: AccessKeys
  readonly roles: Roles
}

/**
 * The flows of identity pools: a login becomes an identity, an identity temporary credentials (enhanced) or a token for
 * them (basic).
 * @see Amazon Cognito developer guide, "Identity pools authentication flow"
 */
export class Identities {
  readonly #context: LocalContext
  readonly #parts: IdentitiesParts

  constructor(context: LocalContext, parts: IdentitiesParts) {
    this.#context = context
    this.#parts = parts
  }

  /**
   * The identity of a login, always the same one; without logins a new one, if the pool allows that.
   * @throws {AwsError} ResourceNotFoundException for another pool, NotAuthorizedException, ResourceConflictException
   *   for logins of two identities
   */
  async identify({ IdentityPoolId: poolId, Logins: tokens = {} }: CognitoInput<'GetId'>): Promise<string> {
    const { store, pools } = this.#parts
    const pool = pools.mustFind(poolId)
    const logins = await this.#verify(pool, tokens)
    if (logins.length === 0) checkUnauthenticated(pool)
    return this.#context.database.transaction(() => {
      const known = new Set(logins.flatMap((login) => this.#ownerOf(pool, login) ?? []))
      if (known.size > 1) throw new AwsError('ResourceConflictException', 'The logins belong to different identities.')
      const [id = store.create(pool.id).id] = known
      this.#link({ id, poolId: pool.id }, logins)
      return id
    })
  }

  /**
   * Credentials for an identity. One that has logins gets them only with one of these.
   * @throws {AwsError} ResourceNotFoundException, NotAuthorizedException, InvalidIdentityPoolConfigurationException
   */
  async credentialsFor(request: CognitoInput<'GetCredentialsForIdentity'>): Promise<TemporaryCredentials> {
    const { store, credentials } = this.#parts
    const identity = this.mustFindOpen(request.IdentityId)
    const pool = this.#parts.pools.mustFind(identity.poolId)
    const logins = await this.#verify(pool, request.Logins ?? {})
    this.#checkLogins(pool, identity, logins)
    const role = this.#roleOf(pool, logins, request.CustomRoleArn)
    const authenticated = logins.length > 0
    const variables = {
      'cognito-identity.amazonaws.com:aud': pool.id,
      'cognito-identity.amazonaws.com:sub': identity.id,
      'cognito-identity.amazonaws.com:amr': amrOf(logins),
    }
    const tags = this.#tagsOf(pool, logins)
    this.#checkTrust(role, variables, tags)
    store.setLastRole(identity.id, role.name)
    return credentials.issue(
      {
        kind: 'cognito',
        arn: `arn:aws:sts::${this.#context.account.id}:assumed-role/${role.name}/${SESSION_NAME}`,
        principalId: `${role.id}:${SESSION_NAME}`,
        roleName: role.name,
        identityId: identity.id,
        authenticated,
        variables: { ...variables, ...tags },
        ...(!authenticated && { sessionPolicies: UNAUTHENTICATED_SESSION }),
      },
      LIFETIME_SECONDS,
    )
  }

  /**
   * A token of the pool, with which roles that trust the pool can be assumed.
   * @throws {AwsError} ResourceNotFoundException, NotAuthorizedException, InvalidParameterException without basic flow
   */
  async tokenFor({ IdentityId: id, Logins: tokens = {} }: CognitoInput<'GetOpenIdToken'>): Promise<string> {
    const identity = this.mustFindOpen(id)
    const pool = this.#parts.pools.mustFind(identity.poolId)
    if (!pool.allowClassicFlow) {
      throw new AwsError('InvalidParameterException', 'Basic (classic) flow is not enabled, please use enhanced flow.')
    }
    const logins = await this.#verify(pool, tokens)
    this.#checkLogins(pool, identity, logins)
    const { id: identityId, poolId } = identity
    return this.#parts.tokens.issue({ identityId, poolId, amr: amrOf(logins), lifetimeSeconds: TOKEN_SECONDS })
  }

  /** @throws {AwsError} NotAuthorizedException, unless one of the logins is the identity's */
  async checkOwned(identity: IdentityRecord, tokens: Readonly<Record<string, string>>): Promise<void> {
    const pool = this.#parts.pools.mustFind(identity.poolId)
    const logins = await this.#verify(pool, tokens)
    if (logins.some((login) => this.#ownerOf(pool, login) === identity.id)) return
    throw new AwsError('NotAuthorizedException', MISMATCH)
  }

  /** @throws {AwsError} ResourceNotFoundException */
  mustFind(id: string | undefined): IdentityRecord {
    const identity = id === undefined ? undefined : this.#parts.store.find(id)
    if (!identity) throw new AwsError('ResourceNotFoundException', `Identity '${id}' not found.`)
    return identity
  }

  /** One that is somebody's, or may become it. @throws {AwsError} ResourceNotFoundException, NotAuthorizedException */
  mustFindOpen(id: string | undefined): IdentityRecord {
    const identity = this.mustFind(id)
    if (identity.isClosed) throw forbidden(identity)
    return identity
  }

  /** Who shows the tokens of one person at several providers is the person: each must be good. */
  async #verify(pool: IdentityPool, tokens: Readonly<Record<string, string>>): Promise<Login[]> {
    const logins: Login[] = []
    for (const [name, token] of Object.entries(tokens)) {
      logins.push(await this.#parts.logins.verify(pool, name, token))
    }
    return logins
  }

  /** A token of the pool's own names the identity; others are linked to one. */
  #ownerOf(pool: IdentityPool, login: Login): string | undefined {
    const { store } = this.#parts
    if (login.provider !== COGNITO_LOGIN) return store.identityOf(pool.id, login)
    if (!stringsIn(login.claims.amr).includes('authenticated')) throw new AwsError('NotAuthorizedException', MISMATCH)
    return this.mustFindOpen(login.sub).id
  }

  #link(identity: Pick<IdentityRecord, 'id' | 'poolId'>, logins: readonly Login[]): void {
    for (const login of logins) if (login.provider !== COGNITO_LOGIN) this.#parts.store.link(identity, login)
  }

  #checkLogins(pool: IdentityPool, identity: IdentityRecord, logins: readonly Login[]): void {
    const linked = this.#parts.store.providersOf(identity.id).length > 0
    if (logins.length === 0) {
      if (linked) throw forbidden(identity)
      checkUnauthenticated(pool)
      return
    }
    const owners = logins.map((login) => this.#ownerOf(pool, login))
    const elsewhere = owners.some((owner) => owner !== undefined && owner !== identity.id)
    if (elsewhere || (linked && !owners.includes(identity.id))) throw new AwsError('NotAuthorizedException', MISMATCH)
    this.#link(identity, logins)
  }

  #roleOf(pool: IdentityPool, logins: readonly Login[], customRoleArn: string | undefined): Role {
    const allowed = mappedRoles(pool, logins, customRoleArn)
    const isUnset = logins.length === 0 || Object.keys(pool.roleMappings).length === 0
    if (allowed.length === 0 && isUnset) throw misconfigured()
    const wanted = customRoleArn ?? allowed[0]
    if (wanted === undefined || !allowed.includes(wanted)) {
      throw new AwsError('NotAuthorizedException', 'The claims of this login map to no such role of the identity pool.')
    }
    const role = this.#parts.roles.find(parseRoleArn(wanted)?.name ?? '')
    if (!role) throw misconfigured()
    return role
  }

  #tagsOf(pool: IdentityPool, logins: readonly Login[]): Readonly<Record<string, string>> {
    for (const { mappingKeys, claims } of logins) {
      const key = mappingKeys.find((one) => Object.hasOwn(pool.principalTags, one))
      const mapping = key === undefined ? undefined : pool.principalTags[key]
      if (!mapping) continue
      return tagsFrom(mapping.useDefaults ? DEFAULT_TAGS : mapping.tags, claims)
    }
    return {}
  }

  #checkTrust(role: Role, context: Parameters<typeof decideTrust>[2], tags: Readonly<Record<string, string>>): void {
    const actions = ['sts:AssumeRoleWithWebIdentity', ...(Object.keys(tags).length > 0 ? ['sts:TagSession'] : [])]
    if (actions.some((action) => decideTrust(role, COGNITO, context, action).decision !== 'ALLOWED')) {
      throw misconfigured()
    }
  }
}

function checkUnauthenticated({ allowUnauthenticated }: IdentityPool): void {
  if (allowUnauthenticated) return
  throw new AwsError('NotAuthorizedException', 'Unauthenticated access is not supported for this identity pool.')
}

const forbidden = ({ id }: IdentityRecord): AwsError =>
  new AwsError('NotAuthorizedException', `Access to Identity '${id}' is forbidden.`)

const misconfigured = (): AwsError =>
  new AwsError(
    'InvalidIdentityPoolConfigurationException',
    'Invalid identity pool configuration. Check assigned IAM roles for this pool.',
  )

function amrOf(logins: readonly Login[]): string[] {
  if (logins.length === 0) return ['unauthenticated']
  return [
    'authenticated',
    ...logins.flatMap(({ provider, sub, claims }) =>
      provider === COGNITO_LOGIN
        ? stringsIn(claims.amr).filter((text) => text !== 'authenticated')
        : [provider, `${provider}:${sub}`],
    ),
  ]
}

function tagsFrom(claimsByTag: Readonly<Record<string, string>>, claims: JWTPayload): Record<string, string> {
  return Object.fromEntries(
    Object.entries(claimsByTag).flatMap(([tag, claim]) => {
      const value = Object.hasOwn(claims, claim) ? claims[claim] : undefined
      const text = Array.isArray(value) ? value[0] : value
      return typeof text === 'string' ? [[`aws:PrincipalTag/${tag}`, text]] : []
    }),
  )
}

function stringsIn(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
}
