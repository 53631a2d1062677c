import type { ExecutionStatus } from '@thingdeck/jobs'
import type { Metrics } from '../../foundation/metrics.ts'
import type { Job, JobTable } from './job-table.ts'

/** `Succeded` is AWS's own spelling; there is none for executions that timed out. */
const NAMES: Readonly<Partial<Record<ExecutionStatus, string>>> = {
  QUEUED: 'Queued',
  IN_PROGRESS: 'InProgress',
  SUCCEEDED: 'Succeded',
  FAILED: 'Failed',
  REJECTED: 'Rejected',
  REMOVED: 'Removed',
  CANCELED: 'Canceled',
}

/**
 * The metrics of jobs: how many executions came into a state, and how many are in it.
 * @see AWS IoT Core developer guide, "Jobs metrics"
 */
export class JobMetrics {
  readonly #metrics: Metrics
  readonly #jobs: JobTable

  constructor(metrics: Metrics, jobs: JobTable) {
    this.#metrics = metrics
    this.#jobs = jobs
  }

  became(job: Job, status: ExecutionStatus): void {
    const name = NAMES[status]
    if (name === undefined) return
    this.#record(job, `${name}JobExecutionCount`, 1)
    this.#record(job, `${name}JobExecutionTotalCount`, this.#jobs.counts(job.seq)[status])
  }

  /** A device asked for something and was refused. */
  refused(jobId: string, kind: 'ClientErrorCount' | 'ServerErrorCount'): void {
    this.#metrics.record({ namespace: 'AWS/IoT', name: kind, dimensions: { JobId: jobId }, unit: 'Count' })
  }

  #record({ jobId }: Job, name: string, value: number): void {
    this.#metrics.record({ namespace: 'AWS/IoT', name, dimensions: { JobId: jobId }, unit: 'Count' }, value)
  }
}
