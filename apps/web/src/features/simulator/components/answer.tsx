import './answer.css'
import Box from '@cloudscape-design/components/box'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { formatCheck } from '../../../shared/authorization/check.ts'
import { visible } from '../../../shared/text/visible.tsx'
import type { AwsAnswers } from '../use-aws-answers.ts'
import type { CheckedRow } from '../use-simulation.ts'
import { AwsComparison } from './aws-comparison.tsx'
import { Fixes } from './fixes.tsx'
import { Need } from './need.tsx'
import { Sides } from './sides.tsx'
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
        {row.sides.length > 1 ? (
          <Sides row={row} />
        ) : (
          outcome.needs.map((need) => <Need key={need.decision.action} need={need} policies={policies} />)
        )}
        {aws && <AwsComparison word={aws.words[index]} answers={aws} />}
        <Fixes key={JSON.stringify([check, index])} row={row} onTry={onTry} onEdit={onEdit} />
        <section aria-label="Variables">
          <Box variant="h3">Variables for this connection{row.sides.length > 1 && `, as ${row.side?.title} ask`}</Box>
          <Variables need={outcome.deciding} policies={policies} />
        </section>
      </SpaceBetween>
    </Container>
  )
}
