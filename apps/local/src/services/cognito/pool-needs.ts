import type * as sdk from '@aws-sdk/client-cognito-identity'
import type { NeedsOf } from '../../foundation/control-plane-needs.ts'

/**
 * What policies are asked about the roles that a pool gives out: whoever sets them hands them to Cognito, which is to be
 * allowed as it is of every other service.
 */
export const POOL_NEEDS: NeedsOf<typeof sdk> = {
  SetIdentityPoolRoles: ({ IdentityPoolId, Roles = {}, RoleMappings = {} }) => ({
    resources: [`identitypool/${IdentityPoolId}`],
    passedRoles: [
      ...Object.values(Roles),
      ...Object.values(RoleMappings).flatMap(({ RulesConfiguration }) =>
        (RulesConfiguration?.Rules ?? []).flatMap(({ RoleARN }) => RoleARN ?? []),
      ),
    ],
    passedTo: 'cognito-identity.amazonaws.com',
  }),
}
