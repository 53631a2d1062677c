import {
  type CognitoIdentityClient,
  DescribeIdentityCommand,
  DescribeIdentityPoolCommand,
  type DescribeIdentityPoolCommandOutput,
  GetIdentityPoolRolesCommand,
  type IdentityDescription,
  ListIdentitiesCommand,
  ListIdentityPoolsCommand,
} from '@aws-sdk/client-cognito-identity'
import { type IoTClient, paginateListAttachedPolicies, paginateListPrincipalThings } from '@aws-sdk/client-iot'
import type { CognitoIdentity, IdentityDetail, IdentityPage, IdentityPool, IdentityPoolPage } from '@thingdeck/contract'
import { collected } from '../../aws/pages.ts'
import { isRefused, orUnread } from '../../aws/why-unread.ts'

/** The most that Cognito gives at once (Cognito Identity API reference). */
const PAGE = 60

interface Page {
  readonly nextToken?: string | undefined
  readonly maxResults?: number | undefined
}

/** Cognito's identity pools and their identities. Errors are AWS's own. */
export interface IdentityPools {
  /** What the console's own role may not read, or nothing serves here, is said. */
  list(page: Page): Promise<IdentityPoolPage>
  describe(identityPoolId: string): Promise<IdentityPool>
  identities(identityPoolId: string, page: Page): Promise<IdentityPage>
  identity(identityId: string): Promise<IdentityDetail>
}

export function createIdentityPools(cognito: CognitoIdentityClient, iot: IoTClient): IdentityPools {
  const paged = ({ nextToken, maxResults = PAGE }: Page) => ({
    MaxResults: maxResults,
    ...(nextToken !== undefined && nextToken !== '' && { NextToken: nextToken }),
  })
  return {
    async list(page) {
      const read = async () => {
        const { IdentityPools = [], NextToken } = await cognito.send(new ListIdentityPoolsCommand(paged(page)))
        const pools = IdentityPools.map(({ IdentityPoolId = '', IdentityPoolName = '' }) => ({
          identityPoolId: IdentityPoolId,
          name: IdentityPoolName,
        }))
        return { outcome: 'read' as const, pools, ...(NextToken && { nextToken: NextToken }) }
      }
      return orUnread(read, { pools: [] })
    },

    async describe(identityPoolId) {
      const [pool, roles] = await Promise.all([
        cognito.send(new DescribeIdentityPoolCommand({ IdentityPoolId: identityPoolId })),
        rolesOf(cognito, identityPoolId),
      ])
      return {
        identityPoolId,
        name: pool.IdentityPoolName ?? '',
        allowsUnauthenticated: pool.AllowUnauthenticatedIdentities ?? false,
        allowsClassicFlow: pool.AllowClassicFlow ?? false,
        providers: providersOf(pool),
        ...(roles && { roles }),
      }
    },

    async identities(identityPoolId, page) {
      const { Identities = [], NextToken } = await cognito.send(
        new ListIdentitiesCommand({ IdentityPoolId: identityPoolId, ...paged(page) }),
      )
      return { identities: Identities.map(format), ...(NextToken && { nextToken: NextToken }) }
    },

    async identity(identityId) {
      const [identity, policyNames, thingNames] = await Promise.all([
        cognito.send(new DescribeIdentityCommand({ IdentityId: identityId })),
        collected(paginateListAttachedPolicies({ client: iot }, { target: identityId }), ({ policies = [] }) =>
          policies.flatMap(({ policyName }) => policyName ?? []),
        ),
        collected(paginateListPrincipalThings({ client: iot }, { principal: identityId }), ({ things }) => things),
      ])
      return { ...format(identity), policyNames, thingNames }
    },
  }
}

async function rolesOf(cognito: CognitoIdentityClient, IdentityPoolId: string): Promise<IdentityPool['roles']> {
  try {
    const { Roles, RoleMappings = {} } = await cognito.send(new GetIdentityPoolRolesCommand({ IdentityPoolId }))
    return {
      ...(Roles?.authenticated !== undefined && { authenticated: Roles.authenticated }),
      ...(Roles?.unauthenticated !== undefined && { unauthenticated: Roles.unauthenticated }),
      mappings: Object.entries(RoleMappings).map(([provider, mapping]) => ({
        provider,
        type: mapping.Type ?? 'Token',
        ...(mapping.AmbiguousRoleResolution && { ambiguous: mapping.AmbiguousRoleResolution }),
        rules: (mapping.RulesConfiguration?.Rules ?? []).map((rule) => ({
          claim: rule.Claim ?? '',
          match: rule.MatchType ?? '',
          value: rule.Value ?? '',
          roleArn: rule.RoleARN ?? '',
        })),
      })),
    }
  } catch (error) {
    if (isRefused(error)) return undefined
    throw error
  }
}

const providersOf = (pool: DescribeIdentityPoolCommandOutput): IdentityPool['providers'] => [
  ...(pool.CognitoIdentityProviders ?? []).map(({ ProviderName = '', ClientId }) => ({
    kind: 'user-pool' as const,
    name: ProviderName,
    ...(ClientId !== undefined && { clientId: ClientId }),
  })),
  ...(pool.OpenIdConnectProviderARNs ?? []).map((name) => ({ kind: 'openid' as const, name })),
  ...(pool.SamlProviderARNs ?? []).map((name) => ({ kind: 'saml' as const, name })),
  ...Object.entries(pool.SupportedLoginProviders ?? {}).map(([name, clientId]) => ({
    kind: 'social' as const,
    name,
    clientId,
  })),
  ...(pool.DeveloperProviderName === undefined
    ? []
    : [{ kind: 'developer' as const, name: pool.DeveloperProviderName }]),
]

const format = ({
  IdentityId = '',
  Logins = [],
  CreationDate,
  LastModifiedDate,
}: IdentityDescription): CognitoIdentity => ({
  identityId: IdentityId,
  logins: Logins,
  ...(CreationDate && { createdAt: CreationDate.toISOString() }),
  ...(LastModifiedDate && { changedAt: LastModifiedDate.toISOString() }),
})
