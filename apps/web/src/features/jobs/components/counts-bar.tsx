import '../jobs.css'
import { JOB_EXECUTION_STATUSES, type JobCounts } from '@thingdeck/contract'
import type { CSSProperties } from 'react'
import { formatCount } from '../../../shared/format.ts'
import { executionStatus } from '../words/status.ts'

/** From what went well to what has not begun: as a bar fills. */
const ORDER = ['SUCCEEDED', 'FAILED', 'TIMED_OUT', 'REJECTED', 'REMOVED', 'CANCELED', 'IN_PROGRESS', 'QUEUED'] as const

/** `612 succeeded, 3 failed, 383 queued` */
export const countsInWords = (counts: JobCounts): string => {
  const words = ORDER.filter((status) => counts[status] > 0).map(
    (status) => `${formatCount(counts[status])} ${executionStatus(status).words.toLowerCase()}`,
  )
  return words.length === 0 ? 'no executions yet' : words.join(', ')
}

/** Executions of a job by their state, each as wide as its share; said in words to whoever cannot see it. */
export function CountsBar({ counts, isTall = false }: { readonly counts: JobCounts; readonly isTall?: boolean }) {
  const words = countsInWords(counts)
  return (
    <div className={isTall ? 'td-job-bar td-job-bar-tall' : 'td-job-bar'} role="img" aria-label={words} title={words}>
      {ORDER.filter((status) => counts[status] > 0).map((status) => (
        <span key={status} data-status={status} style={share(counts[status])} />
      ))}
    </div>
  )
}

const share = (count: number): CSSProperties & Record<'--td-share', number> => ({ '--td-share': count })

/** Of how many states there are any. */
export const statesOf = (counts: JobCounts) => JOB_EXECUTION_STATUSES.filter((status) => counts[status] > 0)
