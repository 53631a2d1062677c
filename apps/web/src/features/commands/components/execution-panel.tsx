import Alert from '@cloudscape-design/components/alert'
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Link from '@cloudscape-design/components/link'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { valueText } from '@thingdeck/commands'
import type { CommandExecution, CommandResultValue, CommandTarget } from '@thingdeck/contract'
import { useState } from 'react'
import { executionsChanged } from '../../../shared/command-executions/execution-queries.ts'
import { ExecutionStatus } from '../../../shared/command-executions/execution-status.tsx'
import { isOver, isWaiting, mayComeLate } from '../../../shared/command-executions/execution-words.ts'
import { useCommandEvents } from '../../../shared/command-executions/use-command-events.ts'
import { type Fact, Facts } from '../../../shared/details/facts.tsx'
import { paths } from '../../../shared/paths.ts'
import { useWhyNot } from '../../../shared/session/session.tsx'
import { NameText } from '../../../shared/text/name-text.tsx'
import { visible } from '../../../shared/text/visible.tsx'
import { Age, formatSpan, useNow } from '../../../shared/time.tsx'
import { Copyable } from '../../../shared/ui/copyable.tsx'
import { ErrorAlert } from '../../../shared/ui/error-alert.tsx'
import { Loading } from '../../../shared/ui/loading.tsx'
import { executionQuery } from '../api.ts'
import { secondsInWords } from '../words/timeout.ts'
import { DeleteExecutionDialog } from './delete-execution-dialog.tsx'
import { DeviceLink } from './device-link.tsx'
import { LiveLine } from './live-line.tsx'

interface ExecutionPanelProps {
  readonly executionId: string
  readonly target: CommandTarget
}

/** One execution: how it stands, what the device answered, what it was sent with. It goes on by itself. */
export function ExecutionPanel({ executionId, target }: ExecutionPanelProps) {
  const { data, error, refetch } = useQuery(executionQuery(executionId, target))
  useCommandEvents(data?.commandId)
  if (error && !data)
    return <ErrorAlert error={error} what="The execution could not be read" onRetry={() => void refetch()} />
  if (!data) return <Loading what="execution" />
  return (
    <SpaceBetween size="m">
      {!isOver(data) && <LiveLine />}
      <Notice execution={data} />
      <Facts facts={factsOf(data)} />
      <Actions execution={data} />
    </SpaceBetween>
  )
}

/** What a person has to know to read the state rightly. */
function Notice({ execution }: { readonly execution: CommandExecution }) {
  const nowMs = useNow()
  const { status, createdAt, executionTimeoutSeconds } = execution
  if (mayComeLate(execution))
    return (
      <Alert type="warning" header="The device did not answer in time">
        It may have been away, or not subscribed to its commands, and the request has expired by now; or it got the
        request and is slow: an answer that still comes is taken, and shown here.
      </Alert>
    )
  if (!isWaiting(execution) || createdAt === undefined || executionTimeoutSeconds === undefined) return null
  const leftMs = Date.parse(createdAt) + executionTimeoutSeconds * 1_000 - nowMs
  return (
    <Box color="text-body-secondary">
      {status === 'CREATED' ? 'The device has not said anything yet.' : 'The device has begun.'}{' '}
      {leftMs > 0 ? `It has ${formatSpan(leftMs)} left.` : 'Its time is over.'}
    </Box>
  )
}

function factsOf(execution: CommandExecution): (Fact | undefined)[] {
  const { commandId, executionId, status, statusReason, result = {}, parameters = {}, target, targetArn } = execution
  const { createdAt, completedAt, lastUpdatedAt, executionTimeoutSeconds, timeToLive } = execution
  const age = (time: string | undefined) => time && <Age atMs={Date.parse(time)} />
  const tookMs = completedAt && createdAt ? Date.parse(completedAt) - Date.parse(createdAt) : undefined
  return [
    { label: 'State', value: <ExecutionStatus status={status} /> },
    statusReason && {
      label: 'Reason',
      value: (
        <>
          <span className="td-mono">{visible(statusReason.reasonCode)}</span>
          {statusReason.reasonDescription !== undefined && <div>{visible(statusReason.reasonDescription)}</div>}
        </>
      ),
    },
    ...Object.entries(result).map(([key, value]) => ({
      label: `Answered ${key}`,
      value: <ResultValue name={key} value={value} />,
    })),
    {
      label: 'Command',
      value: (
        <Link href={paths.command(commandId)}>
          <NameText text={commandId} />
        </Link>
      ),
    },
    { label: 'Sent to', value: <DeviceLink target={target} targetArn={targetArn} /> },
    ...Object.entries(parameters).map(([name, value]) => ({
      label: `Sent with ${name}`,
      value: <span className="td-mono">{visible(valueText(value))}</span>,
    })),
    { label: 'Sent', value: age(createdAt) },
    completedAt === undefined
      ? { label: 'Last heard', value: status === 'CREATED' ? undefined : age(lastUpdatedAt) }
      : { label: 'Ended', value: age(completedAt) },
    tookMs === undefined ? undefined : { label: 'Took', value: tookMs < 1_000 ? `${tookMs} ms` : formatSpan(tookMs) },
    executionTimeoutSeconds === undefined
      ? undefined
      : { label: 'Time-out', value: secondsInWords(executionTimeoutSeconds) },
    timeToLive === undefined ? undefined : { label: 'Remembered until', value: timeToLive.slice(0, 10) },
    { label: 'Execution', copy: executionId },
  ]
}

function ResultValue({ name, value }: { readonly name: string; readonly value: CommandResultValue }) {
  if (value.B !== undefined) return String(value.B)
  const text = value.S ?? value.BIN ?? ''
  return (
    <>
      <Copyable what={`answer ${name}`} text={text} />
      {value.BIN !== undefined && <div className="td-weak">Bytes, in Base64</div>}
    </>
  )
}

function Actions({ execution }: { readonly execution: CommandExecution }) {
  const { executionId, commandId, target } = execution
  const client = useQueryClient()
  const [isDeleting, setDeleting] = useState(false)
  const mayNotSend = useWhyNot('operator')
  const mayNotDelete = useWhyNot('admin')
  const whyNotDelete = mayNotDelete ?? (isOver(execution) ? undefined : 'Its device has not ended it yet.')
  return (
    <SpaceBetween direction="horizontal" size="xs">
      <Button
        href={paths.sendCommand({
          command: commandId,
          thing: target.thingName,
          client: target.clientId,
          like: executionId,
        })}
        {...(mayNotSend !== undefined && { disabled: true, disabledReason: mayNotSend })}
      >
        Send again with the same values
      </Button>
      <Button
        onClick={() => setDeleting(true)}
        {...(whyNotDelete !== undefined && { disabled: true, disabledReason: whyNotDelete })}
      >
        Delete execution
      </Button>
      {isDeleting && (
        <DeleteExecutionDialog
          execution={execution}
          onDeleted={() => void executionsChanged(client)}
          onClose={() => setDeleting(false)}
        />
      )}
    </SpaceBetween>
  )
}
