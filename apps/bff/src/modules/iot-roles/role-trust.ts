import type { Role } from '@aws-sdk/client-iam'
import { IOT_ROLE_PATH, type IotRolePurpose } from '@thingdeck/contract'
import { evaluate, explain, type PolicyDecision } from '@thingdeck/policies'
import { arnOf, type RuleHome } from '@thingdeck/rules-sql'
import { isNotUnderstood, trustPolicyOf } from '../../aws/trust-policy.ts'

/** For whose sake AWS IoT would be a role. */
export interface IotRoleUser {
  readonly purpose: IotRolePurpose
  /** Of the rule, or the template; any where none is known yet. */
  readonly name?: string | undefined
}

/** Whether AWS IoT may be a role, as its trust policy has it. */
export function trustOf(
  { Arn = '', AssumeRolePolicyDocument }: Pick<Role, 'Arn' | 'AssumeRolePolicyDocument'>,
  home: RuleHome,
  { purpose, name = 'any' }: IotRoleUser,
): { readonly decision: PolicyDecision['decision']; readonly why: string } {
  try {
    const trust = evaluate(trustPolicyOf({ AssumeRolePolicyDocument }), {
      action: 'sts:AssumeRole',
      resource: Arn,
      principal: { type: 'Service', value: 'iot.amazonaws.com' },
      context: {
        'aws:SourceAccount': home.accountId,
        // Of provisioning AWS does not say that it tells for which template.
        ...(purpose === 'rule' && { 'aws:SourceArn': arnOf(home, 'iot', `rule/${name}`) }),
      },
    })
    return { decision: trust.decision, why: explain(trust) }
  } catch (error) {
    if (!isNotUnderstood(error)) throw error
    return { decision: 'IMPLICIT_DENY', why: `The trust policy cannot be understood: ${error.message}` }
  }
}

/**
 * Whether the console may let a role do more: one that is where the console makes roles for AWS IoT, and that AWS IoT may
 * be. What else there is below that path, somebody's own role say, is none of the console's business.
 */
export const isOfConsole = (role: Role, home: RuleHome, user: IotRoleUser): boolean =>
  role.Path === IOT_ROLE_PATH && trustOf(role, home, user).decision === 'ALLOWED'
