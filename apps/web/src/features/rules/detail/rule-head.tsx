import '../rules.css'
import type { Rule } from '@thingdeck/contract'
import { visible } from '../../../shared/text/visible.tsx'
import { topicFilterOf } from '../rehearsal/topic-filter-of.ts'
import { RuleStatus } from '../rule-status.tsx'

/** Below a rule's name: whether it acts, and on what. */
export function RuleHead({ rule: { ruleName, payload } }: { readonly rule: Rule }) {
  const filter = topicFilterOf(payload)
  return (
    <span className="td-rule-head">
      <RuleStatus isDisabled={payload.ruleDisabled === true} />
      <span>
        {filter === undefined ? 'by Basic Ingest only, ' : 'on '}
        <span className="td-mono">{visible(filter ?? `$aws/rules/${ruleName}/`)}</span>
      </span>
    </span>
  )
}
