import type { IAMClient, Role } from '@aws-sdk/client-iam'
import type { PoolRoleList } from '@thingdeck/contract'
import { compilePolicies, evaluate, MalformedPolicyError, parsePolicyDocument } from '@thingdeck/policies'
import { lookThroughRoles } from '../../aws/look-through-roles.ts'
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
        const trusts = {
          authenticated: isTrusting(role, identityPoolId, 'authenticated'),
          unauthenticated: isTrusting(role, identityPoolId, 'unauthenticated'),
        }
        if (!trusts.authenticated && !trusts.unauthenticated) return []
        const { RoleName = '', Arn = '', Description } = role
        return [{ roleName: RoleName, roleArn: Arn, ...(Description && { description: Description }), ...trusts }]
      })
      return { outcome: 'read' as const, roles, isAll }
    },
    { roles: [], isAll: false },
  )
}

function isTrusting(
  { Arn = '', AssumeRolePolicyDocument = '' }: Role,
  identityPoolId: string,
  amr: 'authenticated' | 'unauthenticated',
): boolean {
  try {
    const document = parsePolicyDocument(decodeURIComponent(AssumeRolePolicyDocument), { dialect: 'iam' })
    const trust = evaluate(compilePolicies([{ policyName: 'the trust policy', document }]), {
      action: 'sts:AssumeRoleWithWebIdentity',
      resource: Arn,
      principal: { type: 'Federated', value: COGNITO },
      context: { [`${COGNITO}:aud`]: identityPoolId, [`${COGNITO}:amr`]: [amr] },
    })
    return trust.decision === 'ALLOWED'
  } catch (error) {
    if (!(error instanceof MalformedPolicyError) && !(error instanceof URIError)) throw error
    return false // what cannot be understood trusts nobody here
  }
}
