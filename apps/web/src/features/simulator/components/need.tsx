import ExpandableSection from '@cloudscape-design/components/expandable-section'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { type DecidedNeed, nearestStatements } from '@thingdeck/policies'
import { NearestView } from '../../../shared/authorization/nearest-view.tsx'
import type { PolicySet } from '../../../shared/authorization/policy-set.ts'
import { PolicyText } from '../../../shared/authorization/policy-text.tsx'
import { statementWords } from '../../../shared/authorization/statement-words.ts'
import { visible } from '../../../shared/text/visible.tsx'

/** One action that a request needs, and the statement that decided about it. */
export function Need({ need, policies }: { readonly need: DecidedNeed; readonly policies: PolicySet }) {
  const { allowed, denied, action, resource, decision } = need.decision
  const [statement] = denied.length > 0 ? denied : allowed
  const [overridden] = allowed
  const nearest = statement ? [] : nearestStatements(policies.named, { action, resource, context: need.context }, 1)
  const shown = statement ?? nearest[0]?.statement
  const text = shown && policies.counted.find(({ policyName }) => policyName === shown.policyName)?.text
  return (
    <section aria-label={`${action} decided`}>
      <SpaceBetween size="xs">
        <StatusIndicator type={decision === 'ALLOWED' ? 'success' : 'error'}>
          <strong>{action}</strong> {decision === 'ALLOWED' ? 'is allowed' : 'is denied'}
          {statement ? ` by ${statementWords(statement, policies)}` : ': no statement allows it'}
          {denied.length > 0 && overridden && `. It overrides ${statementWords(overridden, policies)}, which allows it`}
        </StatusIndicator>
        <span className="td-mono td-weak">{visible(resource)}</span>
        {nearest.map((each) => (
          <NearestView
            key={JSON.stringify(each.statement)}
            nearest={each}
            decision={need.decision}
            policies={policies}
          />
        ))}
        {nearest.length === 0 && !statement && <span>No policy has an Allow statement.</span>}
        {shown && text !== undefined && (
          <ExpandableSection headerText={`The text of ${shown.policyName}`} defaultExpanded={statement !== undefined}>
            <PolicyText label={`Policy ${shown.policyName}`} text={text} statement={shown.statementIndex} />
          </ExpandableSection>
        )}
      </SpaceBetween>
    </section>
  )
}
