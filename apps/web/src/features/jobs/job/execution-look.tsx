import Alert from '@cloudscape-design/components/alert'
import Link from '@cloudscape-design/components/link'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useQuery } from '@tanstack/react-query'
import type { JobExecutionSummary } from '@thingdeck/contract'
import { Facts } from '../../../shared/details/facts.tsx'
import { paths } from '../../../shared/paths.ts'
import { Age, formatSpan } from '../../../shared/time.tsx'
import { ErrorAlert } from '../../../shared/ui/error-alert.tsx'
import { Loading } from '../../../shared/ui/loading.tsx'
import { attemptsQuery } from '../api.ts'
import { Attempt } from '../components/attempt.tsx'
import { CausesList } from '../components/causes-list.tsx'
import { ExecutionStatus } from '../components/execution-status.tsx'
import { inStateSinceMs, tookMs } from '../components/execution-times.ts'
import { isOpen } from '../words/status.ts'

interface ExecutionLookProps {
  readonly thingName: string
  readonly jobId: string
  /** The last attempt, where it is known. */
  readonly execution: JobExecutionSummary | undefined
  /** It is looked at on the page of the thing itself. */
  readonly isOnThing?: boolean
}

/** One thing of a job: how it stands and what keeps it, then every attempt with what the device said. */
export function ExecutionLook({ thingName, jobId, execution, isOnThing = false }: ExecutionLookProps) {
  const { data, error, refetch } = useQuery(attemptsQuery(thingName, jobId))
  const attempts = data?.executions ?? (execution ? [execution] : [])
  const latest = attempts[0] ?? execution
  if (error && !latest) {
    return <ErrorAlert error={error} what="The execution could not be read" onRetry={() => void refetch()} />
  }
  if (!latest)
    return data ? <Alert type="info">The job has no execution on this thing.</Alert> : <Loading what="execution" />
  const since = inStateSinceMs(latest)
  const took = tookMs(latest)
  return (
    <SpaceBetween size="l">
      <Facts
        facts={[
          {
            label: 'State',
            value: (
              <>
                <ExecutionStatus status={latest.status} />
                {since !== undefined && (
                  <>
                    , <Age atMs={since} />
                  </>
                )}
              </>
            ),
          },
          took === undefined ? undefined : { label: 'Took', value: formatSpan(took) },
          isOnThing
            ? undefined
            : { label: 'Thing', value: <Link href={paths.thing(thingName, { tab: 'jobs' })}>its jobs</Link> },
        ]}
      />
      {isOpen(latest.status) && <CausesList thingName={thingName} jobId={jobId} execution={latest} />}
      {attempts.map((attempt) => (
        <Attempt key={attempt.executionNumber} attempt={attempt} isOnly={attempts.length === 1} />
      ))}
    </SpaceBetween>
  )
}
