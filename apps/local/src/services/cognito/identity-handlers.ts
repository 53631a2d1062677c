import type * as sdk from '@aws-sdk/client-cognito-identity'
import { AwsError, type Handlers } from '@thingdeck/aws-api'
import type { Caller } from '../../foundation/caller.ts'
import type { LocalContext } from '../../foundation/context.ts'
import { mapPage, paginateByText } from '../../foundation/paging.ts'
import type { Identities } from './identities.ts'
import type { IdentityRecord, IdentityStore } from './identity-store.ts'
import { refusePageToken } from './pool-handlers.ts'
import type { PoolStore } from './pool-store.ts'
import type { PoolTokens } from './pool-tokens.ts'

/** Of tokens for developer authenticated identities. */
const DEVELOPER_TOKEN_SECONDS = 900
const MAX_LISTED = 60

export interface IdentityHandlerParts {
  readonly identities: Identities
  readonly store: IdentityStore
  readonly pools: PoolStore
  readonly tokens: PoolTokens
}

/** The operations about identities. */
export function identityHandlers({ identities, store, pools }: IdentityHandlerParts) {
  const format = ({ id, createdAtMs, modifiedAtMs }: IdentityRecord) => ({
    IdentityId: id,
    Logins: store.providersOf(id),
    CreationDate: new Date(createdAtMs),
    LastModifiedDate: new Date(modifiedAtMs),
  })
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
    GetOpenIdToken: async (input) => ({ IdentityId: input.IdentityId, Token: await identities.tokenFor(input) }),
    DescribeIdentity: ({ IdentityId }) => format(identities.mustFind(IdentityId)),
    // Whatever `HideDisabled` says: no login provider is ever disabled here.
    ListIdentities: ({ IdentityPoolId, MaxResults, NextToken, HideDisabled: _ }) => {
      const { id } = pools.mustFind(IdentityPoolId)
      const page = paginateByText(
        { maxResults: Math.max(1, MaxResults ?? MAX_LISTED), nextToken: NextToken },
        `identities of ${id}`,
        (after, count) => store.list(id, after, count),
        (identity) => identity.id,
        refusePageToken,
      )
      const { items, nextToken } = mapPage(page, format)
      return { IdentityPoolId: id, Identities: items, ...(nextToken !== undefined && { NextToken: nextToken }) }
    },
    DeleteIdentities: ({ IdentityIdsToDelete = [] }) => {
      for (const id of IdentityIdsToDelete) store.delete(id)
      return { UnprocessedIdentityIds: [] }
    },
    UnlinkIdentity: async ({ IdentityId, Logins = {}, LoginsToRemove = [] }) => {
      const identity = identities.mustFind(IdentityId)
      await identities.checkOwned(identity, Logins)
      const logins = store.loginsOf(identity.id).filter(({ provider }) => LoginsToRemove.includes(provider))
      if (logins.length > 0) store.unlink(identity, logins)
      return {}
    },
  } satisfies Handlers<typeof sdk, Caller>
}

/** The operations about identities whom a developer's own server authenticates. */
export function developerIdentityHandlers(
  context: LocalContext,
  { identities, store, pools, tokens }: IdentityHandlerParts,
) {
  const developerPool = (poolId: string | undefined, name: string | undefined) => {
    const pool = pools.mustFind(poolId)
    if (pool.developerProviderName !== null && pool.developerProviderName === name) return { pool, provider: name }
    throw new AwsError('InvalidParameterException', `${name} is not the developer provider of identity pool ${pool.id}`)
  }
  return {
    GetOpenIdTokenForDeveloperIdentity: async (input) => {
      const { IdentityPoolId, IdentityId, Logins = {}, TokenDuration = DEVELOPER_TOKEN_SECONDS, PrincipalTags } = input
      if (PrincipalTags !== undefined && Object.keys(PrincipalTags).length > 0) {
        throw new AwsError('InvalidParameterException', 'PrincipalTags are not supported by this server')
      }
      const [entry, ...others] = Object.entries(Logins)
      if (!entry || others.length > 0) {
        throw new AwsError('InvalidParameterException', 'Logins must have the one login of the developer provider')
      }
      const [name, sub] = entry
      const { pool, provider } = developerPool(IdentityPoolId, name)
      const login = { provider, sub }
      await tokens.publicKey() // where the key cannot be kept there is no identity either
      const identity = context.database.transaction(() => {
        const known = store.identityOf(pool.id, login)
        const wanted = IdentityId === undefined ? undefined : identities.mustFindOpen(IdentityId)
        if (wanted && wanted.poolId !== pool.id) {
          throw new AwsError('ResourceNotFoundException', `Identity '${IdentityId}' not found.`)
        }
        if (wanted && known !== undefined && known !== wanted.id) {
          throw new AwsError(
            'DeveloperUserAlreadyRegisteredException',
            'The developer user is registered with another identity.',
          )
        }
        const found = wanted ?? (known === undefined ? store.create(pool.id) : identities.mustFind(known))
        store.link(found, login)
        return found
      })
      const amr = ['authenticated', provider, `${provider}:${pool.id}:${sub}`]
      const token = { identityId: identity.id, poolId: pool.id, amr, lifetimeSeconds: TokenDuration }
      return { IdentityId: identity.id, Token: await tokens.issue(token) }
    },
    LookupDeveloperIdentity: ({ IdentityPoolId, IdentityId, DeveloperUserIdentifier, MaxResults, NextToken }) => {
      const pool = pools.mustFind(IdentityPoolId)
      const provider = pool.developerProviderName
      const id =
        IdentityId ?? store.identityOf(pool.id, { provider: provider ?? '', sub: DeveloperUserIdentifier ?? '' })
      const identity = identities.mustFind(id)
      const users = store.loginsOf(identity.id).filter((login) => login.provider === provider)
      if (DeveloperUserIdentifier !== undefined && users.every(({ sub }) => sub !== DeveloperUserIdentifier)) {
        throw new AwsError('ResourceConflictException', 'The identity and the developer user do not belong together.')
      }
      const page = paginateByText(
        { maxResults: Math.max(1, MaxResults ?? MAX_LISTED), nextToken: NextToken },
        `developer users of ${identity.id}`,
        (after, count) => users.filter(({ sub }) => sub > after).slice(0, count),
        ({ sub }) => sub,
        refusePageToken,
      )
      return {
        IdentityId: identity.id,
        DeveloperUserIdentifierList: page.items.map(({ sub }) => sub),
        ...(page.nextToken !== undefined && { NextToken: page.nextToken }),
      }
    },
    MergeDeveloperIdentities: ({
      SourceUserIdentifier,
      DestinationUserIdentifier,
      DeveloperProviderName,
      IdentityPoolId,
    }) => {
      const { pool, provider } = developerPool(IdentityPoolId, DeveloperProviderName)
      const of = (sub: string | undefined) =>
        identities.mustFind(store.identityOf(pool.id, { provider, sub: sub ?? '' })).id
      const [from, to] = [of(SourceUserIdentifier), of(DestinationUserIdentifier)]
      context.database.transaction(() => {
        if (from === to) return
        store.move(from, to)
        store.delete(from)
      })
      return { IdentityId: to }
    },
    UnlinkDeveloperIdentity: ({ IdentityId, IdentityPoolId, DeveloperProviderName, DeveloperUserIdentifier }) => {
      const { pool, provider } = developerPool(IdentityPoolId, DeveloperProviderName)
      const identity = identities.mustFind(IdentityId)
      const login = { provider, sub: DeveloperUserIdentifier ?? '' }
      if (store.identityOf(pool.id, login) !== identity.id) {
        throw new AwsError('ResourceNotFoundException', `Developer user '${login.sub}' of '${identity.id}' not found.`)
      }
      store.unlink(identity, [login])
      return {}
    },
  } satisfies Handlers<typeof sdk, Caller>
}
