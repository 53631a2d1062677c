import type { Job, JobExecutionSummary } from '@thingdeck/contract'
import { formatCount } from '../../../shared/format.ts'
import { jobStatus } from '../../../shared/jobs/job-status.ts'
import { formatSpan } from '../../../shared/time.tsx'
import { tookMs } from '../components/execution-times.ts'
import { lastAttempts } from './attempts.ts'
import { executionStatus, isOpen, percentOf, sumsOf } from './status.ts'

interface Run {
  readonly job: Job
  readonly executions: readonly JobExecutionSummary[]
}

interface ComparedRow {
  readonly what: string
  readonly mine: string
  readonly theirs: string
}

export interface Comparison {
  readonly rows: readonly ComparedRow[]
  /** Things that succeeded in the first and went wrong in the second. */
  readonly better: readonly string[]
  readonly worse: readonly string[]
}

const COUNTED = [
  'SUCCEEDED',
  'FAILED',
  'TIMED_OUT',
  'REJECTED',
  'CANCELED',
  'REMOVED',
  'IN_PROGRESS',
  'QUEUED',
] as const

/** How two runs of jobs differ, in numbers and by name. */
export function compareRuns(mine: Run, theirs: Run): Comparison {
  const row = (what: string, of: (run: Run) => string): ComparedRow => ({ what, mine: of(mine), theirs: of(theirs) })
  return {
    rows: [
      row('State', ({ job }) => jobStatus(job.status).words),
      row('Executions', ({ job }) => formatCount(sumsOf(job.counts).total)),
      row('Through', ({ job }) => `${percentOf(sumsOf(job.counts))} %`),
      ...COUNTED.filter((status) => mine.job.counts[status] + theirs.job.counts[status] > 0).map((status) =>
        row(executionStatus(status).words, ({ job }) => formatCount(job.counts[status])),
      ),
      row('A device took, at the median', ({ executions }) => spanAt(executions, 0.5)),
      row('Nine of ten took at most', ({ executions }) => spanAt(executions, 0.9)),
      row('Tried again', ({ executions }) =>
        formatCount(executions.filter(({ retryAttempt = 0 }) => retryAttempt > 0).length),
      ),
      row('From first to last', ({ executions }) => wholeSpan(executions)),
    ],
    better: onlyIn(mine, theirs),
    worse: onlyIn(theirs, mine),
  }
}

/** Things that succeeded in one and ended otherwise in the other. */
function onlyIn(one: Run, other: Run): readonly string[] {
  const ended = new Map(
    lastAttempts(other.executions)
      .filter(({ status }) => !isOpen(status))
      .map(({ thingName, status }) => [thingName, status]),
  )
  return lastAttempts(one.executions)
    .filter(({ thingName, status }) => {
      const there = ended.get(thingName)
      return status === 'SUCCEEDED' && there !== undefined && there !== 'SUCCEEDED'
    })
    .map(({ thingName }) => thingName)
}

function spanAt(executions: readonly JobExecutionSummary[], share: number): string {
  const spans = executions.flatMap((execution) => tookMs(execution) ?? []).sort((one, two) => one - two)
  const at = spans[Math.min(spans.length - 1, Math.floor(spans.length * share))]
  return at === undefined ? '–' : formatSpan(at)
}

function wholeSpan(executions: readonly JobExecutionSummary[]): string {
  const times = executions.flatMap(({ queuedAt, lastUpdatedAt }) =>
    [queuedAt, lastUpdatedAt].flatMap((time) => (time === undefined ? [] : Date.parse(time))),
  )
  return times.length === 0
    ? '–'
    : formatSpan(times.reduce((a, b) => Math.max(a, b)) - times.reduce((a, b) => Math.min(a, b)))
}
