import type * as sdk from '@aws-sdk/client-cognito-identity'
import { AwsError, type Handlers, type Input } from '@thingdeck/aws-api'
import type { Caller } from '../../foundation/caller.ts'
import type { OpenIdProviders } from '../../foundation/open-id-providers.ts'
import { paginateByText } from '../../foundation/paging.ts'
import { parseRoleArn } from '../../foundation/roles.ts'
import { EMPTY_POOL, type IdentityPool, type RoleMapping } from './identity-pool.ts'
import type { IdentityStore } from './identity-store.ts'
import type { PoolStore } from './pool-store.ts'

const MAX_LISTED = 60
const MAX_RULES = 25
const MAX_TAGS = 50
const ROLE_TYPES = ['authenticated', 'unauthenticated']

export const invalidParameter = (message: string): AwsError => new AwsError('InvalidParameterException', message)

export const refusePageToken = (): AwsError =>
  invalidParameter('Invalid NextToken: a page goes on with the token that came with the page before it')

/** What CreateIdentityPool and UpdateIdentityPool say of a pool; an update replaces all of it. */
type PoolSettings = Input<typeof sdk, 'CreateIdentityPool'>

/**
 * The operations about pools.
 * @see Amazon Cognito Identity Pools API reference
 */
export function poolHandlers(pools: PoolStore, identities: IdentityStore, openIdProviders: OpenIdProviders) {
  const settingsOf = (
    input: PoolSettings,
  ): Omit<IdentityPool, 'id' | 'roles' | 'roleMappings' | 'principalTags' | 'tags'> => {
    if (input.SamlProviderARNs !== undefined && input.SamlProviderARNs.length > 0) {
      throw invalidParameter('SAML providers are not supported by this server')
    }
    for (const arn of input.OpenIdConnectProviderARNs ?? []) {
      if (!openIdProviders.find(arn))
        throw invalidParameter(`There is no OpenID Connect provider ${arn} in this account`)
    }
    return {
      name: input.IdentityPoolName,
      allowUnauthenticated: input.AllowUnauthenticatedIdentities,
      allowClassicFlow: input.AllowClassicFlow ?? false,
      developerProviderName: input.DeveloperProviderName ?? null,
      userPools: (input.CognitoIdentityProviders ?? []).map(({ ProviderName, ClientId, ServerSideTokenCheck }) => {
        if (ProviderName === undefined || ClientId === undefined) {
          throw invalidParameter('A Cognito identity provider needs a ProviderName and a ClientId')
        }
        return { providerName: ProviderName, clientId: ClientId, serverSideTokenCheck: ServerSideTokenCheck ?? false }
      }),
      openIdProviderArns: input.OpenIdConnectProviderARNs ?? [],
      supportedLogins: input.SupportedLoginProviders ?? {},
    }
  }
  const withTags = (tags: Readonly<Record<string, string>>, added: Readonly<Record<string, string>> = {}) => {
    const all = { ...tags, ...added }
    if (Object.keys(all).length > MAX_TAGS) throw invalidParameter(`At most ${MAX_TAGS} tags can be on a pool`)
    return all
  }
  const ofArn = (arn: string): IdentityPool => {
    const id = arn.slice(arn.lastIndexOf('/') + 1)
    if (arn === pools.arnOf(id)) return pools.mustFind(id)
    throw new AwsError('ResourceNotFoundException', `Resource '${arn}' not found.`)
  }
  return {
    CreateIdentityPool: (input) => {
      const tags = withTags({}, input.IdentityPoolTags)
      const pool = { ...EMPTY_POOL, ...settingsOf(input), id: pools.newId(), tags }
      pools.put(pool)
      return format(pool)
    },
    UpdateIdentityPool: (input) => {
      const { IdentityPoolId, IdentityPoolTags } = input
      const before = pools.mustFind(IdentityPoolId)
      const { developerProviderName } = before
      const settings = settingsOf(input)
      if (developerProviderName !== null && settings.developerProviderName !== developerProviderName) {
        throw invalidParameter('The developer provider name cannot be changed once it is set')
      }
      const tags = IdentityPoolTags === undefined ? before.tags : withTags({}, IdentityPoolTags)
      const pool = { ...before, ...settings, tags }
      pools.put(pool)
      return format(pool)
    },
    DescribeIdentityPool: ({ IdentityPoolId }) => format(pools.mustFind(IdentityPoolId)),
    ListIdentityPools: ({ MaxResults, NextToken }) => {
      const page = paginateByText(
        { maxResults: Math.max(1, MaxResults ?? MAX_LISTED), nextToken: NextToken },
        'identity pools',
        (after, count) => pools.list(after, count),
        ({ id }) => id,
        refusePageToken,
      )
      return {
        IdentityPools: page.items.map(({ id, name }) => ({ IdentityPoolId: id, IdentityPoolName: name })),
        ...(page.nextToken !== undefined && { NextToken: page.nextToken }),
      }
    },
    DeleteIdentityPool: ({ IdentityPoolId }) => {
      const { id } = pools.mustFind(IdentityPoolId)
      pools.delete(id, () => identities.deleteOf(id))
      return {}
    },
    GetIdentityPoolRoles: ({ IdentityPoolId }) => {
      const { id, roles, roleMappings } = pools.mustFind(IdentityPoolId)
      const mappings = Object.entries(roleMappings).map(([name, mapping]) => [name, formatMapping(mapping)] as const)
      return {
        IdentityPoolId: id,
        Roles: { ...roles },
        ...(mappings.length > 0 && { RoleMappings: Object.fromEntries(mappings) }),
      }
    },
    SetIdentityPoolRoles: ({ IdentityPoolId, Roles = {}, RoleMappings = {} }) => {
      const pool = pools.mustFind(IdentityPoolId)
      for (const [type, arn] of Object.entries(Roles)) {
        if (!ROLE_TYPES.includes(type))
          throw invalidParameter(`A pool has roles for ${ROLE_TYPES.join(' and ')}, not ${type}`)
        checkRole(arn)
      }
      const roleMappings = Object.fromEntries(
        Object.entries(RoleMappings).map(([name, mapping]) => [name, readMapping(name, mapping)]),
      )
      pools.put({ ...pool, roles: { ...Roles }, roleMappings })
      return {}
    },
    GetPrincipalTagAttributeMap: ({ IdentityPoolId, IdentityProviderName }) => {
      const { id, principalTags } = pools.mustFind(IdentityPoolId)
      const name = IdentityProviderName ?? ''
      const mapping = Object.hasOwn(principalTags, name) ? principalTags[name] : undefined
      return {
        IdentityPoolId: id,
        IdentityProviderName: name,
        UseDefaults: mapping?.useDefaults ?? false,
        PrincipalTags: { ...mapping?.tags },
      }
    },
    SetPrincipalTagAttributeMap: ({
      IdentityPoolId,
      IdentityProviderName,
      UseDefaults = false,
      PrincipalTags = {},
    }) => {
      const pool = pools.mustFind(IdentityPoolId)
      const name = IdentityProviderName ?? ''
      const mapping = { useDefaults: UseDefaults, tags: { ...PrincipalTags } }
      const others = Object.fromEntries(Object.entries(pool.principalTags).filter(([one]) => one !== name))
      const isOff = !UseDefaults && Object.keys(PrincipalTags).length === 0
      pools.put({ ...pool, principalTags: isOff ? others : { ...others, [name]: mapping } })
      return { IdentityPoolId: pool.id, IdentityProviderName: name, UseDefaults, PrincipalTags }
    },
    TagResource: ({ ResourceArn, Tags }) => {
      const pool = ofArn(ResourceArn ?? '')
      pools.put({ ...pool, tags: withTags(pool.tags, Tags) })
      return {}
    },
    UntagResource: ({ ResourceArn, TagKeys = [] }) => {
      const pool = ofArn(ResourceArn ?? '')
      const tags = Object.entries(pool.tags).filter(([key]) => !TagKeys.includes(key))
      pools.put({ ...pool, tags: Object.fromEntries(tags) })
      return {}
    },
    ListTagsForResource: ({ ResourceArn }) => ({ Tags: { ...ofArn(ResourceArn ?? '').tags } }),
  } satisfies Handlers<typeof sdk, Caller>
}

function format(pool: IdentityPool) {
  return {
    IdentityPoolId: pool.id,
    IdentityPoolName: pool.name,
    AllowUnauthenticatedIdentities: pool.allowUnauthenticated,
    AllowClassicFlow: pool.allowClassicFlow,
    ...(pool.developerProviderName !== null && { DeveloperProviderName: pool.developerProviderName }),
    ...(pool.userPools.length > 0 && {
      CognitoIdentityProviders: pool.userPools.map(({ providerName, clientId, serverSideTokenCheck }) => ({
        ProviderName: providerName,
        ClientId: clientId,
        ServerSideTokenCheck: serverSideTokenCheck,
      })),
    }),
    ...(pool.openIdProviderArns.length > 0 && { OpenIdConnectProviderARNs: [...pool.openIdProviderArns] }),
    ...(Object.keys(pool.supportedLogins).length > 0 && { SupportedLoginProviders: { ...pool.supportedLogins } }),
    IdentityPoolTags: { ...pool.tags },
  }
}

type MappingInput = NonNullable<Input<typeof sdk, 'SetIdentityPoolRoles'>['RoleMappings']>[string]

/** @throws {AwsError} InvalidParameterException */
function readMapping(name: string, { Type, AmbiguousRoleResolution, RulesConfiguration }: MappingInput): RoleMapping {
  if (Type !== 'Token' && Type !== 'Rules')
    throw invalidParameter(`The type of the mapping of ${name} is Token or Rules`)
  if (AmbiguousRoleResolution === undefined) {
    throw invalidParameter(`The mapping of ${name} needs an AmbiguousRoleResolution: AuthenticatedRole or Deny`)
  }
  const rules = RulesConfiguration?.Rules ?? []
  if (Type === 'Rules' && (rules.length === 0 || rules.length > MAX_RULES)) {
    throw invalidParameter(
      `A mapping by rules has between 1 and ${MAX_RULES} of them; that of ${name} has ${rules.length}`,
    )
  }
  return {
    type: Type,
    ambiguous: AmbiguousRoleResolution,
    rules: rules.map(({ Claim = '', MatchType = 'Equals', Value = '', RoleARN = '' }) => {
      checkRole(RoleARN)
      return { claim: Claim, match: MatchType, value: Value, roleArn: RoleARN }
    }),
  }
}

function formatMapping({ type, ambiguous, rules }: RoleMapping) {
  return {
    Type: type,
    AmbiguousRoleResolution: ambiguous,
    ...(rules.length > 0 && {
      RulesConfiguration: {
        Rules: rules.map(({ claim, match, value, roleArn }) => ({
          Claim: claim,
          MatchType: match,
          Value: value,
          RoleARN: roleArn,
        })),
      },
    }),
  }
}

function checkRole(arn: string): void {
  if (!parseRoleArn(arn)) throw invalidParameter(`${arn} is no ARN of a role`)
}
