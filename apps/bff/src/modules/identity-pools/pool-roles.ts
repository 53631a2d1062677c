import {
  type CognitoIdentityClient,
  GetIdentityPoolRolesCommand,
  type SetIdentityPoolRolesCommandInput,
} from '@aws-sdk/client-cognito-identity'
import type { IdentityPool, NewIdentityPoolRoles, NewRoleMapping } from '@thingdeck/contract'
import { unlessRefused } from '../../aws/why-unread.ts'
import { Problem } from '../../problem.ts'

/** The roles of a pool; undefined: the console may not read them. */
export const rolesOf = (cognito: CognitoIdentityClient, IdentityPoolId: string): Promise<IdentityPool['roles']> =>
  unlessRefused(async () => {
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
  })

/** The same as Cognito is told; it replaces what was. */
export const rolesInput = ({
  authenticated,
  unauthenticated,
  mappings,
}: NewIdentityPoolRoles): Pick<SetIdentityPoolRolesCommandInput, 'RoleMappings'> & {
  readonly Roles: Record<string, string>
} => ({
  Roles: {
    ...(authenticated !== undefined && { authenticated }),
    ...(unauthenticated !== undefined && { unauthenticated }),
  },
  RoleMappings: Object.fromEntries(
    mappings.map(({ provider, type, ambiguous, rules }) => [
      provider,
      {
        Type: type,
        AmbiguousRoleResolution: ambiguous,
        ...(type === 'Rules' && {
          RulesConfiguration: {
            Rules: rules.map(({ claim, match, value, roleArn }) => ({
              Claim: claim,
              MatchType: match,
              Value: value,
              RoleARN: roleArn,
            })),
          },
        }),
      },
    ]),
  ),
})

/** @throws {Problem} BAD_REQUEST for what Cognito would not take, or would be lost on the way to it */
export function mustBeMappings(mappings: readonly NewRoleMapping[]): void {
  const providers = new Set(mappings.map(({ provider }) => provider))
  if (providers.size < mappings.length) throw new Problem('BAD_REQUEST', 'mappings: a login provider has one at most.')
  for (const { provider, type, rules } of mappings) {
    if (type === 'Rules' && rules.length === 0) {
      throw new Problem('BAD_REQUEST', `mappings: that of ${provider} is by rules, and has none.`)
    }
    if (type === 'Token' && rules.length > 0) {
      throw new Problem('BAD_REQUEST', `mappings: that of ${provider} is by the token, and has rules.`)
    }
  }
}
