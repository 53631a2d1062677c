/** States of an execution: one attempt of one thing at a job. */
export type ExecutionStatus =
  | 'QUEUED'
  | 'IN_PROGRESS'
  | 'SUCCEEDED'
  | 'FAILED'
  | 'REJECTED'
  | 'TIMED_OUT'
  | 'CANCELED'
  | 'REMOVED'

export const EXECUTION_STATUSES: readonly ExecutionStatus[] = [
  'QUEUED',
  'IN_PROGRESS',
  'SUCCEEDED',
  'FAILED',
  'REJECTED',
  'TIMED_OUT',
  'CANCELED',
  'REMOVED',
]

export type JobStatus = 'IN_PROGRESS' | 'CANCELED' | 'COMPLETED' | 'DELETION_IN_PROGRESS' | 'SCHEDULED'

/** How many executions of a job are in each state. */
export type ExecutionCounts = Readonly<Record<ExecutionStatus, number>>

export const NO_EXECUTIONS: ExecutionCounts = {
  QUEUED: 0,
  IN_PROGRESS: 0,
  SUCCEEDED: 0,
  FAILED: 0,
  REJECTED: 0,
  TIMED_OUT: 0,
  CANCELED: 0,
  REMOVED: 0,
}

/** Nothing follows a terminal state. @see AWS IoT developer guide, "Jobs and job execution states" */
export function isTerminal(status: ExecutionStatus): boolean {
  return status !== 'QUEUED' && status !== 'IN_PROGRESS'
}

/** States that a device may report, of an execution that is not terminal. */
export type ReportedStatus = 'IN_PROGRESS' | 'SUCCEEDED' | 'FAILED' | 'REJECTED'

export function isReportable(status: string): status is ReportedStatus {
  return status === 'IN_PROGRESS' || status === 'SUCCEEDED' || status === 'FAILED' || status === 'REJECTED'
}

/**
 * Who sets a state: the device; the service (time-outs, a thing that left); the operator with what belongs to them
 * (cancelling, abort criteria, what is done at the end of a schedule).
 */
export type StatusSetter = 'device' | 'service' | 'operator' | 'operator by force'

/** Whether an execution may go from one state to another. */
export function mayBecome(from: ExecutionStatus, to: ExecutionStatus, by: StatusSetter): boolean {
  if (isTerminal(from)) return false
  switch (by) {
    case 'device':
      return isReportable(to)
    case 'service':
      return to === 'REMOVED' || (to === 'TIMED_OUT' && from === 'IN_PROGRESS')
    case 'operator':
      return to === 'CANCELED' && from === 'QUEUED'
    case 'operator by force':
      return to === 'CANCELED'
  }
}
