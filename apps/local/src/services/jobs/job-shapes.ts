import type * as iot from '@aws-sdk/client-iot'
import { type ExecutionCounts, type SchedulingConfig, secondsBeforeTimedOut } from '@thingdeck/jobs'
import { type Account, arnOf } from '../../foundation/account.ts'
import type { KeptExecution } from './execution-table.ts'
import type { Job, JobDefinition } from './job-table.ts'

export const jobArn = (account: Account, jobId: string): string => arnOf(account, 'iot', `job/${jobId}`)

/** What a job is found with beside itself. */
export interface JobSurroundings {
  readonly account: Account
  readonly counts: ExecutionCounts
  /** Targets to which it is still being rolled out (AWS IoT API reference, JobProcessDetails). */
  readonly processingTargets: readonly string[]
  /** Something is being rolled out or canceled. */
  readonly isConcurrent: boolean
  readonly scheduledJobRollouts: readonly string[]
}

/** `Job` of `DescribeJob`. */
export function jobShape(job: Job, around: JobSurroundings): iot.Job {
  const { definition: d, completedMs } = job
  const { counts } = around
  return {
    jobArn: jobArn(around.account, job.jobId),
    jobId: job.jobId,
    targetSelection: job.targetSelection,
    status: job.status,
    ...(job.forceCanceled === 1 && { forceCanceled: true }),
    ...(job.reasonCode !== null && { reasonCode: job.reasonCode }),
    ...(job.comment !== null && { comment: job.comment }),
    targets: [...d.targets],
    ...(d.description !== undefined && { description: d.description }),
    ...configShapes(d),
    ...(d.scheduling && { schedulingConfig: schedulingShape(d.scheduling) }),
    createdAt: new Date(job.createdMs),
    lastUpdatedAt: new Date(job.updatedMs),
    ...(completedMs !== null && { completedAt: new Date(completedMs) }),
    jobProcessDetails: {
      ...(around.processingTargets.length > 0 && { processingTargets: [...around.processingTargets] }),
      numberOfCanceledThings: counts.CANCELED,
      numberOfSucceededThings: counts.SUCCEEDED,
      numberOfFailedThings: counts.FAILED,
      numberOfRejectedThings: counts.REJECTED,
      numberOfQueuedThings: counts.QUEUED,
      numberOfInProgressThings: counts.IN_PROGRESS,
      numberOfRemovedThings: counts.REMOVED,
      numberOfTimedOutThings: counts.TIMED_OUT,
    },
    ...(job.namespaceId !== null && { namespaceId: job.namespaceId }),
    ...(d.jobTemplateArn !== undefined && { jobTemplateArn: d.jobTemplateArn }),
    ...(d.documentParameters && { documentParameters: { ...d.documentParameters } }),
    isConcurrent: around.isConcurrent,
    ...(around.scheduledJobRollouts.length > 0 && {
      scheduledJobRollouts: around.scheduledJobRollouts.map((startTime) => ({ startTime })),
    }),
  }
}

/** How jobs are rolled out and ended, as it was said of a job or a template. */
export function configShapes(d: Omit<JobDefinition, 'targets'>) {
  return {
    ...(d.presignedUrlConfig && { presignedUrlConfig: d.presignedUrlConfig }),
    ...(d.rollout && { jobExecutionsRolloutConfig: d.rollout }),
    ...(d.abort && { abortConfig: { criteriaList: [...d.abort] } }),
    ...(d.inProgressTimeoutInMinutes !== undefined && {
      timeoutConfig: { inProgressTimeoutInMinutes: d.inProgressTimeoutInMinutes },
    }),
    ...(d.retry && { jobExecutionsRetryConfig: { criteriaList: [...d.retry] } }),
    ...(d.destinationPackageVersions && { destinationPackageVersions: [...d.destinationPackageVersions] }),
  }
}

function schedulingShape({ maintenanceWindows, ...times }: SchedulingConfig): iot.SchedulingConfig {
  return { ...times, ...(maintenanceWindows && { maintenanceWindows: [...maintenanceWindows] }) }
}

export function jobSummary(account: Account, job: Job, isConcurrent: boolean): iot.JobSummary {
  return {
    jobArn: jobArn(account, job.jobId),
    jobId: job.jobId,
    targetSelection: job.targetSelection,
    status: job.status,
    createdAt: new Date(job.createdMs),
    lastUpdatedAt: new Date(job.updatedMs),
    ...(job.completedMs !== null && { completedAt: new Date(job.completedMs) }),
    isConcurrent,
  }
}

/** `JobExecution` of the control plane. */
export function executionShape(
  account: Account,
  jobId: string,
  execution: KeptExecution,
  nowMs: number,
): iot.JobExecution {
  const { statusDetails } = execution
  const left = secondsBeforeTimedOut(execution, nowMs)
  return {
    jobId,
    status: execution.status,
    ...(execution.forceCanceled && { forceCanceled: true }),
    statusDetails: { detailsMap: { ...statusDetails } },
    thingArn: arnOf(account, 'iot', `thing/${execution.thingName}`),
    ...timesOf(execution),
    executionNumber: execution.executionNumber,
    versionNumber: execution.versionNumber,
    ...(left !== undefined && { approximateSecondsBeforeTimedOut: left }),
  }
}

export function executionSummary(execution: KeptExecution): iot.JobExecutionSummary {
  return {
    status: execution.status,
    ...timesOf(execution),
    executionNumber: execution.executionNumber,
    retryAttempt: execution.retriedFailed + execution.retriedTimedOut,
  }
}

function timesOf({ queuedAtMs, startedAtMs, lastUpdatedAtMs }: KeptExecution) {
  return {
    queuedAt: new Date(queuedAtMs),
    ...(startedAtMs !== undefined && { startedAt: new Date(startedAtMs) }),
    lastUpdatedAt: new Date(lastUpdatedAtMs),
  }
}
