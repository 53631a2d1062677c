import type { IAMClient, Role } from '@aws-sdk/client-iam'
import type { PoolRoleList } from '@thingdeck/contract'
import { evaluate } from '@thingdeck/policies'
import { lookThroughRoles } from '../../aws/look-through-roles.ts'
import { isNotUnderstood, trustPolicyOf } from '../../aws/trust-policy.ts'
import { orUnread } from '../../aws/why-unread.ts'

const COGNITO = 'cognito-identity.amazonaws.com'

/**
 * The roles that a pool may give, as their trust policies have it: to who signed in, to guests, or to both.
 * @see Amazon Cognito developer guide, "Role trust and permissions"
 */
export function trustingRoles(iam: IAMClient, identityPoolId: string): Promise<PoolRoleList> {
  return orUnread(
    async () => {
      const { found, isAll } = await lookThroughRoles(iam)
      const roles = found.flatMap((role) => {
        const trusts = trustsOf(role, identityPoolId)
        if (!trusts.authenticated && !trusts.unauthenticated) return []
        const { RoleName = '', Arn = '', Description } = role
        return [{ roleName: RoleName, roleArn: Arn, ...(Description && { description: Description }), ...trusts }]
      })
      return { outcome: 'read' as const, roles, isAll }
    },
    { roles: [], isAll: false },
  )
}

/** What cannot be understood trusts nobody here. */
function trustsOf(
  role: Role,
  identityPoolId: string,
): { readonly authenticated: boolean; readonly unauthenticated: boolean } {
  try {
    const policies = trustPolicyOf(role)
    const isTrusting = (amr: 'authenticated' | 'unauthenticated') =>
      evaluate(policies, {
        action: 'sts:AssumeRoleWithWebIdentity',
        resource: role.Arn ?? '',
        principal: { type: 'Federated', value: COGNITO },
        context: { [`${COGNITO}:aud`]: identityPoolId, [`${COGNITO}:amr`]: [amr] },
      }).decision === 'ALLOWED'
    return { authenticated: isTrusting('authenticated'), unauthenticated: isTrusting('unauthenticated') }
  } catch (error) {
    if (!isNotUnderstood(error)) throw error
    return { authenticated: false, unauthenticated: false }
  }
}
