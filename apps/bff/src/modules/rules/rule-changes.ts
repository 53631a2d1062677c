import { type AuditChange, type RulePayload, ruleSecrets, type Tags, withoutRuleSecrets } from '@thingdeck/contract'
import { changedMembers } from '../../plugins/audit/changes.ts'

/** A rule as the trail knows it; without a payload it is not there. */
export interface RuleState {
  readonly payload?: RulePayload
  readonly tags?: Tags | undefined
}

/** What differs between two states of a rule: that a secret is another one is said, none is told. */
export function ruleChanges(before: RuleState, after: RuleState): AuditChange[] {
  const changes = changedMembers(withoutSecrets(before), withoutSecrets(after))
  return before.payload && after.payload && haveOthers(before.payload, after.payload)
    ? [...changes, { path: 'secrets', beforeText: '"(hidden)"', afterText: '"(hidden, another)"' }]
    : changes
}

const haveOthers = (before: RulePayload, after: RulePayload): boolean =>
  JSON.stringify(ruleSecrets(before)) !== JSON.stringify(ruleSecrets(after))

const withoutSecrets = ({ payload, tags }: RuleState): object => ({
  ...(payload && withoutRuleSecrets(payload)),
  ...(tags && { tags }),
})
