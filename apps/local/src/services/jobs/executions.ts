import {
  type Execution,
  type ExecutionStatus,
  endExecution,
  isRetried,
  isTerminal,
  metAbortCriteria,
  queueExecution,
} from '@thingdeck/jobs'
import type { Clock } from '../../foundation/clock.ts'
import type { JobChange } from '../../foundation/job-change.ts'
import type { ExecutionTable, KeptExecution, RetryCounts } from './execution-table.ts'
import { factsOf } from './job-facts.ts'
import type { JobMetrics } from './job-metrics.ts'
import type { Job, JobTable } from './job-table.ts'
import type { Effects } from './ledger.ts'
import type { Notifier } from './notifier.ts'
import type { WaitingTable } from './waiting-table.ts'

export const FIRST_ATTEMPT: RetryCounts = { retriedFailed: 0, retriedTimedOut: 0 }

type ExecutionOperation = Extract<JobChange, { type: 'execution' }>['operation']

const OPERATIONS: Readonly<Partial<Record<ExecutionStatus, ExecutionOperation>>> = {
  SUCCEEDED: 'succeeded',
  FAILED: 'failed',
  REJECTED: 'rejected',
  CANCELED: 'canceled',
  TIMED_OUT: 'timed_out',
  REMOVED: 'removed',
}

export interface ExecutionParts {
  readonly clock: Clock
  readonly jobs: JobTable
  readonly executions: ExecutionTable
  readonly waiting: WaitingTable
  readonly notifier: Notifier
  readonly metrics: JobMetrics
}

/** Changes executions, and does what follows of it for their jobs; each within a change of the ledger. */
export class Executions {
  readonly #parts: ExecutionParts

  constructor(parts: ExecutionParts) {
    this.#parts = parts
  }

  /** Gives a thing an attempt at a job. */
  queue(effects: Effects, job: Job, thingName: string, retries: RetryCounts): KeptExecution {
    const { clock, executions, metrics, notifier } = this.#parts
    const kept = executions.insert(job.seq, thingName, queueExecution(clock()), retries)
    effects.touch(thingName)
    effects.afterwards(() => {
      metrics.became(job, 'QUEUED')
      notifier.tellNamespace(job, kept)
    })
    return kept
  }

  /** Keeps what an execution is now. */
  become(effects: Effects, job: Job, before: KeptExecution, now: Execution, isForced = false): KeptExecution {
    const { executions, metrics } = this.#parts
    executions.update(before.seq, now, isForced)
    effects.touch(before.thingName)
    const kept: KeptExecution = { ...before, ...now, forceCanceled: before.forceCanceled || isForced }
    if (before.status === now.status) return kept
    effects.afterwards(() => metrics.became(job, now.status))
    if (isTerminal(now.status)) this.#ended(effects, job, kept)
    return kept
  }

  timeOut(effects: Effects, job: Job, execution: KeptExecution): void {
    this.become(effects, job, execution, endExecution(execution, 'TIMED_OUT', 'service', this.#parts.clock()))
  }

  cancel(effects: Effects, job: Job, execution: KeptExecution, isForced: boolean): KeptExecution {
    const by = isForced ? 'operator by force' : 'operator'
    const now = endExecution(execution, 'CANCELED', by, this.#parts.clock())
    return this.become(effects, job, execution, now, isForced && execution.status === 'IN_PROGRESS')
  }

  /** The thing is no target of the job any more, or no thing. */
  remove(effects: Effects, job: Job, execution: KeptExecution): void {
    this.become(effects, job, execution, endExecution(execution, 'REMOVED', 'service', this.#parts.clock()))
  }

  delete(effects: Effects, job: Job, execution: KeptExecution): void {
    this.#parts.executions.delete(execution.seq)
    effects.touch(execution.thingName)
    effects.tell(changeOf('deleted', job, execution))
    this.#parts.jobs.wake(job.seq, this.#parts.clock())
  }

  #ended(effects: Effects, job: Job, execution: KeptExecution): void {
    const { jobs, clock } = this.#parts
    const operation = OPERATIONS[execution.status]
    if (operation) effects.tell(changeOf(operation, job, execution))
    this.#retry(job, execution)
    this.#abort(job)
    jobs.wake(job.seq, clock()) // it may be over
  }

  #retry(job: Job, execution: KeptExecution): void {
    if (job.status === 'CANCELED' || job.status === 'DELETION_IN_PROGRESS' || job.ended === 1) return
    const { waiting } = this.#parts
    const { status, thingName, retriedFailed, retriedTimedOut } = execution
    const retried = status === 'FAILED' ? retriedFailed : retriedTimedOut
    if (!isRetried(job.definition.retry, status, retried, retriedFailed + retriedTimedOut)) return
    if (job.targetSelection === 'CONTINUOUS' && !waiting.isMember(job.seq, thingName)) return
    waiting.add(job.seq, thingName, true, {
      retriedFailed: retriedFailed + (status === 'FAILED' ? 1 : 0),
      retriedTimedOut: retriedTimedOut + (status === 'TIMED_OUT' ? 1 : 0),
    })
  }

  /** Criteria are asked after each execution that ended; what is queued yet is canceled bit by bit. */
  #abort(job: Job): void {
    const { jobs, clock } = this.#parts
    const now = jobs.get(job.seq)
    if (now?.status !== 'IN_PROGRESS' && now?.status !== 'SCHEDULED') return
    if (now.work !== null || !metAbortCriteria(now.definition.abort, jobs.counts(now.seq))) return
    const nowMs = clock()
    jobs.patch(now.seq, {
      work: 'cancel',
      hidden: 1,
      // The words are ours: AWS says that there are some.
      comment: 'Job was canceled because abort criteria were met.',
      reasonCode: 'JOB_ABORT_CRITERIA_MET',
      updatedMs: nowMs,
      dueMs: nowMs,
    })
  }
}

function changeOf(operation: ExecutionOperation, job: Job, execution: KeptExecution): JobChange {
  const { thingName, status, statusDetails } = execution
  return { type: 'execution', operation, job: factsOf(job), thingName, status, statusDetails }
}
