import { LISTED_PENDING, LISTED_PENDING_WITH_SCHEDULED } from '@thingdeck/jobs'
import type { KeptExecution } from './execution-table.ts'
import type { Job, JobTable } from './job-table.ts'

/** An execution with its job. */
export interface Found {
  readonly job: Job
  readonly execution: KeptExecution
}

/** The first of what is pending, by state. */
export interface PendingLists {
  readonly inProgress: readonly Found[]
  readonly queued: readonly Found[]
}

/** Executions with their jobs, in the same order. */
export function withJobs(executions: readonly KeptExecution[], jobs: JobTable): Found[] {
  return executions.flatMap((execution) => {
    const job = jobs.get(execution.job)
    return job ? [{ job, execution }] : []
  })
}

/** How many of a thing's pending executions are listed: more where a job of them has a schedule. */
export function listedOf(pending: readonly Found[]): number {
  const hasScheduled = pending.some(({ job }) => job.definition.scheduling !== undefined)
  return hasScheduled ? LISTED_PENDING_WITH_SCHEDULED : LISTED_PENDING
}
