import type { RoleAliasPolicy, RoleAliasUsers } from '@thingdeck/contract'
import { compilePolicies, evaluate, MalformedPolicyError, parsePolicyDocument } from '@thingdeck/policies'
import type { PolicyLooks } from '../../aws/policy-looks.ts'
import { ASSUME_ROLE } from './assume-role.ts'

/** Which policies let whom use a role alias, as far as is known by now. Errors are AWS's own. */
export async function roleAliasUsers(policies: PolicyLooks, roleAliasArn: string): Promise<RoleAliasUsers> {
  const { documents, looked, listed, isOver, isAll } = await policies.documents()
  const speaking = [...documents].flatMap(([policyName, text]) => {
    const effect = effectOf(policyName, text, roleAliasArn)
    return effect === undefined ? [] : [{ policyName, effect }]
  })
  const found = await Promise.all(
    speaking.map(async (policy) => {
      const { targets, hasMoreTargets } = await policies.targetsOf(policy.policyName)
      return { ...policy, targets: [...targets], hasMoreTargets }
    }),
  )
  return {
    looked,
    listed,
    isOver,
    isAll,
    policies: found.sort((one, other) => (one.policyName < other.policyName ? -1 : 1)),
  }
}

/** What a policy says of an alias, whoever asks; undefined: nothing. */
function effectOf(policyName: string, text: string, roleAliasArn: string): RoleAliasPolicy['effect'] | undefined {
  try {
    const compiled = compilePolicies([{ policyName, document: parsePolicyDocument(text) }])
    const { decision, nearMisses } = evaluate(compiled, { action: ASSUME_ROLE, resource: roleAliasArn })
    if (decision === 'ALLOWED') return 'allows'
    if (decision === 'EXPLICIT_DENY') return 'denies'
    return nearMisses.some(({ reason }) => reason === 'CONDITION' || reason === 'UNRESOLVED_VARIABLE')
      ? 'depends'
      : undefined
  } catch (error) {
    if (error instanceof MalformedPolicyError) return undefined // AWS took it: it says more than this parser knows
    throw error
  }
}
