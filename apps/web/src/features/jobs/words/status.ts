import {
  JOB_EXECUTION_STATUSES,
  type JobCounts,
  type JobExecutionStatus,
  type JobExecutionSummary,
} from '@thingdeck/contract'
import type { StatusWords } from '../../../shared/ui/status-words.ts'

/** Of executions. */
const EXECUTION_STATUS: Readonly<Record<JobExecutionStatus, StatusWords>> = {
  QUEUED: { words: 'Queued', type: 'pending' },
  IN_PROGRESS: { words: 'In progress', type: 'in-progress' },
  SUCCEEDED: { words: 'Succeeded', type: 'success' },
  FAILED: { words: 'Failed', type: 'error' },
  TIMED_OUT: { words: 'Timed out', type: 'error' },
  REJECTED: { words: 'Rejected', type: 'warning' },
  REMOVED: { words: 'Removed', type: 'stopped' },
  CANCELED: { words: 'Canceled', type: 'stopped' },
}

const known = (status: string) => JOB_EXECUTION_STATUSES.find((each) => each === status)

export function executionStatus(status: string): StatusWords {
  const found = known(status)
  return found ? EXECUTION_STATUS[found] : { words: status, type: 'info' }
}

/** Whether a device may still do something about it. */
export const isOpen = (status: string): boolean => status === 'QUEUED' || status === 'IN_PROGRESS'

/** States of what went wrong: what may be tried again. */
export const FAILED_STATUSES = ['FAILED', 'TIMED_OUT', 'REJECTED'] as const

export const hasFailed = (status: string): boolean => FAILED_STATUSES.some((each) => each === status)

/** Which try it is, from 1 on; of what AWS does not try again by itself, which execution on this thing. */
export const attemptNumber = ({
  retryAttempt,
  executionNumber,
}: Pick<JobExecutionSummary, 'retryAttempt' | 'executionNumber'>): number =>
  retryAttempt === undefined ? executionNumber : retryAttempt + 1

export interface JobSums {
  readonly total: number
  /** Over, however it ended. */
  readonly done: number
  readonly succeeded: number
  readonly failed: number
  readonly open: number
}

/** What the counts add up to: `done + open` is `total` at every moment. */
export function sumsOf(counts: JobCounts): JobSums {
  const failed = counts.FAILED + counts.TIMED_OUT + counts.REJECTED
  const done = failed + counts.SUCCEEDED + counts.REMOVED + counts.CANCELED
  const open = counts.QUEUED + counts.IN_PROGRESS
  return { total: done + open, done, succeeded: counts.SUCCEEDED, failed, open }
}

/** Whole percents, of which 100 is said only of what is over. */
export const percentOf = ({ done, total }: Pick<JobSums, 'done' | 'total'>): number =>
  total === 0 ? 0 : Math.floor((done / total) * 100)
