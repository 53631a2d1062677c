import type { Role } from '@aws-sdk/client-iam'
import { RULE_ROLE_PATH } from '@thingdeck/contract'
import {
  compilePolicies,
  evaluate,
  explain,
  MalformedPolicyError,
  type PolicyDecision,
  parsePolicyDocument,
} from '@thingdeck/policies'
import { arnOf, type RuleHome } from '@thingdeck/rules-sql'

/**
 * Whether AWS IoT may be a role, as its trust policy has it.
 * @param ruleName for whose sake; any where none is known yet
 */
export function trustOf(
  { Arn = '', AssumeRolePolicyDocument = '' }: Pick<Role, 'Arn' | 'AssumeRolePolicyDocument'>,
  home: RuleHome,
  ruleName = 'rule',
): { readonly decision: PolicyDecision['decision']; readonly why: string } {
  try {
    const document = parsePolicyDocument(decodeURIComponent(AssumeRolePolicyDocument), { dialect: 'iam' })
    const trust = evaluate(compilePolicies([{ policyName: 'the trust policy', document }]), {
      action: 'sts:AssumeRole',
      resource: Arn,
      principal: { type: 'Service', value: 'iot.amazonaws.com' },
      context: {
        'aws:SourceAccount': home.accountId,
        'aws:SourceArn': arnOf(home, 'iot', `rule/${ruleName}`),
      },
    })
    return { decision: trust.decision, why: explain(trust) }
  } catch (error) {
    if (!(error instanceof MalformedPolicyError) && !(error instanceof URIError)) throw error
    return { decision: 'IMPLICIT_DENY', why: `The trust policy cannot be understood: ${error.message}` }
  }
}

/**
 * Whether the console may let a role do more: one that is where the console makes roles for rules, and that AWS IoT may be.
 * What else there is below that path, somebody's own role say, is none of the console's business.
 */
export const isForRules = (role: Role, home: RuleHome): boolean =>
  role.Path === RULE_ROLE_PATH && trustOf(role, home).decision === 'ALLOWED'
