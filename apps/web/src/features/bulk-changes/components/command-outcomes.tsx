import Link from '@cloudscape-design/components/link'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useQuery } from '@tanstack/react-query'
import { type BulkChange, type BulkChangeResult, COMMAND_EXECUTION_STATUSES } from '@thingdeck/contract'
import { executionsSinceQuery } from '../../../shared/command-executions/execution-queries.ts'
import { ExecutionStatus } from '../../../shared/command-executions/execution-status.tsx'
import { executionStatus } from '../../../shared/command-executions/execution-words.ts'
import { useCommandEvents } from '../../../shared/command-executions/use-command-events.ts'
import { formatCount } from '../../../shared/format.ts'
import { paths } from '../../../shared/paths.ts'

interface CommandOutcomesProps {
  readonly commandId: string
  readonly startedAt: BulkChange['startedAt']
}

/** What devices made of a command since it was sent to many: how many are in which state, live, each a way to these. */
export function CommandOutcomes({ commandId, startedAt }: CommandOutcomesProps) {
  useCommandEvents(commandId)
  const { data } = useQuery(executionsSinceQuery(commandId, startedAt))
  if (!data) return null
  const all = [...data.values()]
  return (
    <SpaceBetween direction="horizontal" size="l">
      <span>What came of it:</span>
      {COMMAND_EXECUTION_STATUSES.flatMap((status) => {
        const count = all.filter((execution) => execution.status === status).length
        return count === 0
          ? []
          : [
              <Link key={status} href={paths.command(commandId, { tab: 'executions', status, from: startedAt })}>
                <StatusIndicator type={executionStatus(status).type}>
                  {`${formatCount(count)} ${executionStatus(status).words.toLowerCase()}`}
                </StatusIndicator>
              </Link>,
            ]
      })}
      {all.length === 0 && <span className="td-weak">nothing was sent yet</span>}
    </SpaceBetween>
  )
}

interface CommandOutcomeProps extends CommandOutcomesProps {
  readonly result: BulkChangeResult
}

/** The same of one device. */
export function CommandOutcome({ commandId, startedAt, result: { target, executionId } }: CommandOutcomeProps) {
  const { data } = useQuery(executionsSinceQuery(commandId, startedAt))
  if (executionId === undefined) return '–'
  const found = data?.get(executionId)
  return (
    <SpaceBetween direction="horizontal" size="xs">
      {found && <ExecutionStatus status={found.status} />}
      <Link href={paths.commandExecutions({ thing: target, look: executionId })}>Show the execution</Link>
    </SpaceBetween>
  )
}
