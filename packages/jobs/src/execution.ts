import { JobError } from './job-error.ts'
import { type ExecutionStatus, isReportable, isTerminal, mayBecome } from './status.ts'
import { checkStatusDetails, type StatusDetails } from './status-details.ts'
import { stepDeadline, type Timers, timersOf } from './timers.ts'

/** One attempt of a thing at a job, as far as time and device change it. Times are epoch milliseconds. */
export interface Execution extends Timers {
  readonly status: ExecutionStatus
  readonly statusDetails: StatusDetails
  /** 1 when it is queued, one more with each update of the device. */
  readonly versionNumber: number
  readonly queuedAtMs: number
  readonly startedAtMs: number | undefined
  readonly lastUpdatedAtMs: number
}

/** What a device reports. */
export interface DeviceUpdate {
  readonly status: string
  /** Left out: the details stay. */
  readonly statusDetails?: StatusDetails | undefined
  readonly expectedVersion?: number | undefined
  /** Minutes; -1 drops the step timer. */
  readonly stepTimeoutInMinutes?: number | undefined
}

export interface UpdateCircumstances {
  readonly nowMs: number
  /** Of the job; undefined: the execution may take as long as it likes. */
  readonly inProgressTimeoutInMinutes?: number | undefined
}

/** An execution that was made for a thing. */
export function queueExecution(nowMs: number): Execution {
  return {
    status: 'QUEUED',
    statusDetails: {},
    versionNumber: 1,
    queuedAtMs: nowMs,
    startedAtMs: undefined,
    lastUpdatedAtMs: nowMs,
    inProgressDeadlineMs: undefined,
    stepDeadlineMs: undefined,
  }
}

/**
 * `UpdateJobExecution`: what an execution is after a device's report.
 * @throws {JobError} InvalidRequest, VersionMismatch, InvalidStateTransition; the execution stays as it is then
 */
export function updateExecution(execution: Execution, update: DeviceUpdate, at: UpdateCircumstances): Execution {
  const { status, statusDetails, expectedVersion, stepTimeoutInMinutes } = update
  if (!isReportable(status)) {
    throw new JobError(
      'InvalidRequest',
      `A device cannot set an execution to ${status}: IN_PROGRESS, SUCCEEDED, FAILED or REJECTED it can`,
    )
  }
  if (statusDetails) checkStatusDetails(statusDetails)
  if (stepTimeoutInMinutes !== undefined) stepDeadline(stepTimeoutInMinutes, at.nowMs) // refuses what is none
  if (expectedVersion !== undefined && expectedVersion !== execution.versionNumber) {
    throw new JobError(
      'VersionMismatch',
      `The expected version is ${expectedVersion}, the version of the execution is ${execution.versionNumber}`,
    )
  }
  if (!mayBecome(execution.status, status, 'device')) {
    throw new JobError('InvalidStateTransition', `An execution cannot go from ${execution.status} to ${status}`)
  }
  return {
    ...execution,
    status,
    statusDetails: statusDetails ?? execution.statusDetails,
    versionNumber: execution.versionNumber + 1,
    startedAtMs: execution.startedAtMs ?? (status === 'IN_PROGRESS' ? at.nowMs : undefined),
    lastUpdatedAtMs: at.nowMs,
    ...timersOf(execution, isTerminal(status), stepTimeoutInMinutes, at),
  }
}

/**
 * `StartNextPendingJobExecution` of the execution that is next. One that is in progress already keeps its details and its
 * version; a step timer that is given is set all the same.
 * @throws {JobError} InvalidRequest
 */
export function startExecution(
  execution: Execution,
  start: Pick<DeviceUpdate, 'statusDetails' | 'stepTimeoutInMinutes'>,
  at: UpdateCircumstances,
): Execution {
  if (execution.status === 'QUEUED') return updateExecution(execution, { status: 'IN_PROGRESS', ...start }, at)
  if (start.statusDetails) checkStatusDetails(start.statusDetails)
  if (start.stepTimeoutInMinutes === undefined) return execution
  return { ...execution, ...timersOf(execution, false, start.stepTimeoutInMinutes, at) }
}

/**
 * An execution that somebody other than its device brings to an end: timed out, canceled, removed. Its version stays.
 * @throws {JobError} InvalidStateTransition
 */
export function endExecution(
  execution: Execution,
  status: 'TIMED_OUT' | 'CANCELED' | 'REMOVED',
  by: 'service' | 'operator' | 'operator by force',
  nowMs: number,
): Execution {
  if (!mayBecome(execution.status, status, by)) {
    throw new JobError('InvalidStateTransition', `An execution cannot go from ${execution.status} to ${status}`)
  }
  return { ...execution, status, lastUpdatedAtMs: nowMs, inProgressDeadlineMs: undefined, stepDeadlineMs: undefined }
}
