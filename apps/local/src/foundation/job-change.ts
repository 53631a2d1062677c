import type { ExecutionStatus } from '@thingdeck/jobs'

/** A job, as its events show it. Times are epoch milliseconds. */
export interface JobFacts {
  readonly jobId: string
  readonly targetSelection: 'SNAPSHOT' | 'CONTINUOUS'
  readonly targets: readonly string[]
  readonly description: string | undefined
  readonly comment: string | undefined
  readonly createdAtMs: number
  readonly lastUpdatedAtMs: number
  readonly completedAtMs: number | undefined
  readonly destinationPackageVersions: readonly string[]
}

/** What happened to a job or to one of its executions, told after it was written. */
export type JobChange =
  | {
      readonly type: 'job'
      readonly operation: 'completed' | 'canceled' | 'cancellation_in_progress' | 'deletion_in_progress' | 'deleted'
      readonly job: JobFacts
      /** As they are at the end. */
      readonly counts: Readonly<Record<ExecutionStatus, number>>
    }
  | {
      readonly type: 'execution'
      /** It came to an end, or it was deleted. */
      readonly operation: 'succeeded' | 'failed' | 'rejected' | 'canceled' | 'timed_out' | 'removed' | 'deleted'
      readonly job: JobFacts
      readonly thingName: string
      readonly status: ExecutionStatus
      readonly statusDetails: Readonly<Record<string, string>>
    }
