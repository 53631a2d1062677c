import Box from '@cloudscape-design/components/box'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useQuery } from '@tanstack/react-query'
import type { JobExecutionSummary } from '@thingdeck/contract'
import { Facts } from '../../../shared/details/facts.tsx'
import { visible } from '../../../shared/text/visible.tsx'
import { Age, formatSpan } from '../../../shared/time.tsx'
import { ErrorAlert } from '../../../shared/ui/error-alert.tsx'
import { Loading } from '../../../shared/ui/loading.tsx'
import { executionQuery } from '../api.ts'
import { attemptNumber } from '../words/status.ts'
import { ExecutionStatus } from './execution-status.tsx'

interface AttemptProps {
  readonly attempt: JobExecutionSummary
  readonly isOnly: boolean
}

/** One attempt of a job on a thing: its times, and what the device said of it in its own words. */
export function Attempt({ attempt, isOnly }: AttemptProps) {
  const { thingName, jobId, executionNumber, status } = attempt
  const { data, error, refetch } = useQuery(executionQuery(thingName, jobId, executionNumber))
  return (
    <SpaceBetween size="xs">
      <Box variant="h3">
        {isOnly ? 'What the device said' : `Attempt ${attemptNumber(attempt)}`}{' '}
        {!isOnly && <ExecutionStatus status={status} />}
      </Box>
      {error && <ErrorAlert error={error} what="The attempt could not be read" onRetry={() => void refetch()} />}
      {!data && !error && <Loading what="attempt" />}
      {data && (
        <>
          <StatusDetails details={data.statusDetails} />
          <Facts
            facts={[
              { label: 'Queued', value: ageOf(data.queuedAt) },
              { label: 'Begun', value: ageOf(data.startedAt) },
              // What is queued AWS itself has touched last, and no device.
              status === 'QUEUED' ? undefined : { label: 'Last heard', value: ageOf(data.lastUpdatedAt) },
              { label: 'Version', value: data.versionNumber },
              { label: 'Execution number', value: data.executionNumber },
              data.secondsBeforeTimedOut === undefined
                ? undefined
                : { label: 'Times out', value: `in about ${formatSpan(data.secondsBeforeTimedOut * 1_000)}` },
              data.forceCanceled ? { label: 'Canceled', value: 'by force' } : undefined,
            ]}
          />
        </>
      )}
    </SpaceBetween>
  )
}

const ageOf = (time: string | undefined) => (time === undefined ? undefined : <Age atMs={Date.parse(time)} />)

function StatusDetails({ details }: { readonly details: Readonly<Record<string, string>> }) {
  const entries = Object.entries(details)
  if (entries.length === 0) return <Box color="text-body-secondary">It gave no status details.</Box>
  return (
    <dl className="td-job-details">
      {entries.map(([key, value]) => (
        <div key={key}>
          <dt className="td-mono">{visible(key)}</dt>
          <dd className="td-mono">{visible(value)}</dd>
        </div>
      ))}
    </dl>
  )
}
