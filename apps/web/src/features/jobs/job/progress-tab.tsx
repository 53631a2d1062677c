import Container from '@cloudscape-design/components/container'
import Link from '@cloudscape-design/components/link'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { isRollingOut, type Job } from '@thingdeck/contract'
import { formatCount } from '../../../shared/format.ts'
import { paths } from '../../../shared/paths.ts'
import { goesOn, isOver } from '../api.ts'
import { CountsBar, statesOf } from '../components/counts-bar.tsx'
import { mayTryAgain } from '../words/attempts.ts'
import { executionStatus, sumsOf } from '../words/status.ts'
import { LiveLine } from './live-line.tsx'
import { OpenExecutions } from './open-executions.tsx'
import { PaceChart } from './pace-chart.tsx'

interface ProgressTabProps {
  readonly job: Job
  /** Whether what becomes of it is told by events. */
  readonly isTold: boolean | undefined
}

/** How far a job is: the sum, its parts, the pace, and what is not over, stuck ones first. */
export function ProgressTab({ job, isTold }: ProgressTabProps) {
  const { jobId, counts, status } = job
  const sums = sumsOf(counts)
  return (
    <SpaceBetween size="m">
      <Container>
        <SpaceBetween size="s">
          <CountsBar counts={counts} isTall />
          <SpaceBetween direction="horizontal" size="l">
            {statesOf(counts).map((state) => (
              <Link key={state} href={paths.job(jobId, { tab: 'executions', status: state })}>
                <StatusIndicator type={executionStatus(state).type}>
                  <span className="td-job-count">
                    {formatCount(counts[state])} {executionStatus(state).words.toLowerCase()}
                  </span>
                </StatusIndicator>
              </Link>
            ))}
            <span className="td-weak td-job-count">{sums.total > 0 ? totalInWords(job) : noneYet(status)}</span>
          </SpaceBetween>
          {isRollingOut(job) && (
            <span className="td-weak">
              It is still being rolled out: there are more devices than were told and are counted here.
            </span>
          )}
          {goesOn(job) && <LiveLine isTold={isTold} />}
        </SpaceBetween>
      </Container>
      <OpenExecutions job={job} />
      <PaceChart job={job} />
    </SpaceBetween>
  )
}

/** `of 120`, `of 130 attempts`, `of 40 told so far` */
function totalInWords(job: Job): string {
  const what = mayTryAgain(job) ? ' attempts' : ''
  return `of ${formatCount(sumsOf(job.counts).total)}${what}${isRollingOut(job) ? ' told so far' : ''}`
}

function noneYet(status: string): string {
  if (status === 'SCHEDULED') return 'No device has it yet: executions are made when it begins.'
  return isOver(status) ? 'No device had it to do.' : 'No device has it yet.'
}
