import Alert from '@cloudscape-design/components/alert'
import Box from '@cloudscape-design/components/box'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import Table from '@cloudscape-design/components/table'
import type { AuthorizerTestResult } from '@thingdeck/contract'
import { NameText } from '../../../../shared/text/name-text.tsx'
import { visible } from '../../../../shared/text/visible.tsx'
import type { JudgedMember } from '../../trial/judge-answer.ts'

const VERDICTS = { good: 'success', bad: 'error', note: 'info' } as const

interface AnswerProps {
  readonly answer: AuthorizerTestResult
  readonly judged: readonly JudgedMember[]
}

/** What the function answered, member by member. */
export function Answer({ answer, judged }: AnswerProps) {
  if (answer.outcome === 'refused') {
    return (
      <Alert type="error" header={visible(`${answer.code ?? ''}: ${answer.message ?? ''}`)}>
        {answer.code === 'InvalidResponseException'
          ? 'The function failed, took longer than five seconds, or answered something that AWS IoT cannot use: look at its log.'
          : 'AWS IoT did not call the function: what was sent is not as the authorizer wants it.'}
      </Alert>
    )
  }
  return (
    <SpaceBetween size="s">
      <Table
        variant="embedded"
        wrapLines
        items={[...judged]}
        trackBy="member"
        ariaLabels={{ tableLabel: 'Answer of the function' }}
        columnDefinitions={[
          {
            id: 'member',
            header: 'Member',
            isRowHeader: true,
            width: 240,
            cell: ({ member }) => <span className="td-mono">{member}</span>,
          },
          { id: 'value', header: 'Answered', width: 200, cell: ({ value }) => <NameText text={value} /> },
          {
            id: 'verdict',
            header: 'What AWS IoT makes of it',
            minWidth: 240,
            cell: ({ verdict, words }) => <StatusIndicator type={VERDICTS[verdict]}>{visible(words)}</StatusIndicator>,
          },
        ]}
      />
      <Box color="text-body-secondary">AWS IoT leaves other members of the answer out, and tells of these alone.</Box>
    </SpaceBetween>
  )
}
