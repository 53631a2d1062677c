import Alert from '@cloudscape-design/components/alert'
import Box from '@cloudscape-design/components/box'
import Link from '@cloudscape-design/components/link'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import Table from '@cloudscape-design/components/table'
import type { AuthorizerTestResult } from '@thingdeck/contract'
import { paths } from '../../../../shared/paths.ts'
import { NameText } from '../../../../shared/text/name-text.tsx'
import { visible } from '../../../../shared/text/visible.tsx'
import type { JudgedMember } from '../../trial/judge-answer.ts'

const VERDICTS = { good: 'success', bad: 'error', note: 'info' } as const

interface AnswerProps {
  readonly authorizerName: string
  readonly answer: AuthorizerTestResult
  readonly judged: readonly JudgedMember[]
}

/** What the function answered, member by member. */
export function Answer({ authorizerName, answer, judged }: AnswerProps) {
  if (answer.outcome === 'refused') {
    return (
      <Alert type="error" header={visible(`${answer.code ?? ''}: ${answer.message ?? ''}`)}>
        {answer.code === 'InvalidResponseException' ? (
          <>
            The function is not there, may not be called by AWS IoT, failed, took longer than five seconds, or answered
            something that AWS IoT cannot use.{' '}
            <Link href={paths.authorizer(authorizerName)}>The authorizer’s page</Link> says whether AWS IoT may call it,
            and has <Link href={paths.authorizer(authorizerName, { tab: 'calls' })}>its last runs</Link>.
          </>
        ) : (
          'AWS IoT did not call the function: what was sent is not as the authorizer wants it.'
        )}
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
