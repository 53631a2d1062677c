import './answer.css'
import Box from '@cloudscape-design/components/box'
import Container from '@cloudscape-design/components/container'
import ExpandableSection from '@cloudscape-design/components/expandable-section'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { type DecidedNeed, nearestStatements } from '@thingdeck/policies'
import { formatCheck } from '../../../shared/authorization/check.ts'
import { NearestView } from '../../../shared/authorization/nearest-view.tsx'
import type { PolicySet } from '../../../shared/authorization/policy-set.ts'
import { PolicyText } from '../../../shared/authorization/policy-text.tsx'
import { statementWords } from '../../../shared/authorization/statement-words.ts'
import { visible } from '../../../shared/text/visible.tsx'
import type { AwsAnswers } from '../use-aws-answers.ts'
import type { CheckedRow } from '../use-simulation.ts'
import { AwsComparison } from './aws-comparison.tsx'
import { Fixes } from './fixes.tsx'
import { Variables } from './variables.tsx'

interface AnswerProps {
  readonly row: CheckedRow
  /** Which it is, from 0. */
  readonly index: number
  readonly aws: AwsAnswers | undefined
  readonly onTry: (policyName: string) => void
  readonly onEdit: (policyName: string) => void
}

/** One check explained: which statement decided, what the variables were, and what would have to change. */
export function Answer({ row, index, aws, onTry, onEdit }: AnswerProps) {
  const { check, door, outcome, policies } = row
  if (!outcome || !policies) return null
  return (
    <Container
      header={
        <Header variant="h2" description={door === 'mqtt' ? 'Over MQTT' : 'Over HTTPS: without a client id'}>
          <span className="td-mono">{visible(formatCheck(check))}</span>
        </Header>
      }
    >
      <SpaceBetween size="m">
        {outcome.refusedBefore !== undefined && <StatusIndicator type="error">{outcome.refusedBefore}</StatusIndicator>}
        {outcome.needs.map((need) => (
          <Need key={need.decision.action} need={need} policies={policies} />
        ))}
        {aws && <AwsComparison word={aws.words[index]} answers={aws} />}
        <Fixes key={JSON.stringify([check, index])} row={row} onTry={onTry} onEdit={onEdit} />
        <section aria-label="Variables">
          <Box variant="h3">Variables for this connection</Box>
          <Variables need={outcome.deciding} policies={policies} />
        </section>
      </SpaceBetween>
    </Container>
  )
}

function Need({ need, policies }: { readonly need: DecidedNeed; readonly policies: PolicySet }) {
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
