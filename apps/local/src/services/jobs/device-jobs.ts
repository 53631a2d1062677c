import {
  type DeviceUpdate,
  isTerminal,
  JobError,
  pendingInOrder,
  startExecution,
  updateExecution,
} from '@thingdeck/jobs'
import type { ServiceContext } from '../../foundation/service.ts'
import type { ExecutionTable, KeptExecution } from './execution-table.ts'
import type { Executions } from './executions.ts'
import { type Found, listedOf, type PendingLists, withJobs } from './found.ts'
import type { Job, JobTable } from './job-table.ts'
import type { Ledger } from './ledger.ts'

/** A refusal that says how the execution is. */
export class RefusedUpdate extends JobError {
  readonly execution: KeptExecution

  constructor({ code, message }: JobError, execution: KeptExecution) {
    super(code, message)
    this.execution = execution
  }
}

export interface DeviceJobsParts {
  readonly jobs: JobTable
  readonly executions: ExecutionTable
  readonly changes: Executions
  readonly ledger: Ledger
}

/** The devices' side of jobs, behind MQTT and REST alike. Errors are {@link JobError}s. */
export class DeviceJobs {
  readonly #context: Pick<ServiceContext, 'clock' | 'things'>
  readonly #parts: DeviceJobsParts

  constructor(context: Pick<ServiceContext, 'clock' | 'things'>, parts: DeviceJobsParts) {
    this.#context = context
    this.#parts = parts
  }

  nowMs(): number {
    return this.#context.clock()
  }

  /** `GetPendingJobExecutions`: the first of each list. */
  pending(thingName: string): PendingLists {
    this.#requireThing(thingName)
    const all = this.#pending(thingName)
    const part = (status: string) => all.filter(({ execution }) => execution.status === status).slice(0, listedOf(all))
    return { inProgress: part('IN_PROGRESS'), queued: part('QUEUED') }
  }

  /** @param answer called before anybody is told; undefined where nothing is pending */
  startNext(
    thingName: string,
    start: Pick<DeviceUpdate, 'statusDetails' | 'stepTimeoutInMinutes'>,
    answer?: (found: Found | undefined) => void,
  ): Found | undefined {
    this.#requireThing(thingName)
    const { changes, ledger } = this.#parts
    const [next] = this.#pending(thingName)
    return ledger.change((effects) => {
      // What is given is looked at even where there is nothing to start.
      const { execution, job } = next ?? {}
      if (!execution || !job) return undefined
      const now = startExecution(execution, start, this.#circumstances(job))
      return now === execution ? next : { job, execution: changes.become(effects, job, execution, now) }
    }, answer)
  }

  /**
   * @param jobId or `$next`, which is undefined where nothing is pending
   * @throws {JobError} ResourceNotFound, TerminalStateReached
   */
  describe(thingName: string, jobId: string, executionNumber: number | undefined): Found | undefined {
    this.#requireThing(thingName)
    if (jobId === '$next') return this.#pending(thingName)[0]
    const found = this.#require(thingName, jobId, executionNumber)
    if (isTerminal(found.execution.status)) {
      throw new JobError('TerminalStateReached', `The execution of job ${jobId} is ${found.execution.status}`)
    }
    return found
  }

  /** @throws {RefusedUpdate} VersionMismatch, InvalidStateTransition; @throws {JobError} InvalidRequest, ResourceNotFound */
  update(
    { thingName, jobId, executionNumber }: UpdatedExecution,
    update: DeviceUpdate,
    answer?: (found: Found) => void,
  ): Found {
    this.#requireThing(thingName)
    const { changes, ledger } = this.#parts
    const { job, execution } = this.#require(thingName, jobId, executionNumber)
    return ledger.change((effects) => {
      try {
        const now = updateExecution(execution, update, this.#circumstances(job))
        return { job, execution: changes.become(effects, job, execution, now) }
      } catch (error) {
        if (error instanceof JobError && error.code !== 'InvalidRequest') throw new RefusedUpdate(error, execution)
        throw error
      }
    }, answer)
  }

  #circumstances({ definition }: Job) {
    return { nowMs: this.#context.clock(), inProgressTimeoutInMinutes: definition.inProgressTimeoutInMinutes }
  }

  #pending(thingName: string): Found[] {
    const { executions, jobs } = this.#parts
    return withJobs(pendingInOrder(executions.pending(thingName)), jobs)
  }

  #require(thingName: string, jobId: string, executionNumber: number | undefined): Found {
    const { executions, jobs } = this.#parts
    const job = jobs.find(jobId)
    const execution = job && executions.find(job.seq, thingName, executionNumber)
    if (job && execution) return { job, execution }
    const which = executionNumber === undefined ? '' : ` with the number ${executionNumber}`
    throw new JobError('ResourceNotFound', `Thing ${thingName} has no execution of job ${jobId}${which}`)
  }

  #requireThing(thingName: string): void {
    if (this.#context.things.thing(thingName)) return
    throw new JobError('ResourceNotFound', `Thing ${thingName} does not exist`)
  }
}

export interface UpdatedExecution {
  readonly thingName: string
  readonly jobId: string
  readonly executionNumber: number | undefined
}
