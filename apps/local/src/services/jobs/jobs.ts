import { AwsError } from '@thingdeck/aws-api'
import { checkConfigs, comingWindows, EXECUTION_STATUSES, formatTime, isTerminal, parseSchedule } from '@thingdeck/jobs'
import { resourceIn } from '../../foundation/account.ts'
import { alreadyExists, checkVersion, invalidRequest, notFound } from '../../foundation/errors.ts'
import type { IotInput } from '../../foundation/iot-handlers.ts'
import { type Page, paginate, paginateBySeq } from '../../foundation/paging.ts'
import type { ServiceContext } from '../../foundation/service.ts'
import { inAwsWords } from './aws-words.ts'
import type { ExecutionTable, KeptExecution } from './execution-table.ts'
import type { Executions } from './executions.ts'
import { factsOf } from './job-facts.ts'
import { type JobSurroundings, jobArn } from './job-shapes.ts'
import type { Job, JobDefinition, JobTable } from './job-table.ts'
import type { Ledger } from './ledger.ts'
import type { Targets } from './targets.ts'
import type { Tender } from './tender.ts'
import type { WaitingTable } from './waiting-table.ts'

/** @see AWS IoT Device Management quotas */
const MAX_DELETING = 10
export const MAX_TARGETS = 100

export interface JobsParts {
  readonly jobs: JobTable
  readonly executions: ExecutionTable
  readonly waiting: WaitingTable
  readonly changes: Executions
  readonly targets: Targets
  readonly tender: Tender
  readonly ledger: Ledger
}

/** What makes a job. */
export interface NewJob {
  readonly jobId: string
  readonly targetSelection: 'SNAPSHOT' | 'CONTINUOUS'
  readonly namespaceId: string | undefined
  readonly document: string
  readonly documentSource: string | undefined
  readonly definition: JobDefinition
  readonly tags: IotInput<'CreateJob'>['tags']
}

/** The operators' side of jobs. */
export class Jobs {
  readonly #context: Pick<ServiceContext, 'account' | 'clock' | 'things' | 'tags'>
  readonly #parts: JobsParts

  constructor(context: Pick<ServiceContext, 'account' | 'clock' | 'things' | 'tags'>, parts: JobsParts) {
    this.#context = context
    this.#parts = parts
  }

  /**
   * @param namespaceId of the job, where the caller says one
   * @throws {AwsError} ResourceNotFoundException
   */
  require(jobId: string, namespaceId?: string): Job {
    const job = this.#parts.jobs.find(jobId)
    if (!job) throw notFound(`Job ${jobId} does not exist`)
    if (namespaceId !== undefined && job.namespaceId !== namespaceId) {
      throw notFound(`Job ${jobId} does not exist in namespace ${namespaceId}`)
    }
    return job
  }

  /** @throws {AwsError} ResourceNotFoundException */
  byArn(arn: string): Job {
    const jobId = resourceIn(this.#context.account, 'iot', arn, 'job/')
    const job = jobId === undefined ? undefined : this.#parts.jobs.find(jobId)
    if (!job) throw notFound(`Job ${arn} does not exist`)
    return job
  }

  /** @throws {AwsError} ResourceAlreadyExistsException */
  checkFree(jobId: string): void {
    if (this.#parts.jobs.find(jobId)) {
      throw alreadyExists(`Job ${jobId} already exists`, jobId, jobArn(this.#context.account, jobId))
    }
  }

  /** @throws {AwsError} ResourceAlreadyExistsException; ResourceNotFoundException for a target that is not there */
  create(job: NewJob): Job {
    const { jobs, waiting, targets, tender, ledger } = this.#parts
    this.checkFree(job.jobId)
    const found = job.definition.targets.map((arn) => ({ arn, ...targets.require(arn) }))
    const nowMs = this.#context.clock()
    const { startTime, maintenanceWindows = [] } = job.definition.scheduling ?? {}
    const isScheduled = startTime !== undefined || maintenanceWindows.length > 0
    return ledger.change((effects) => {
      const seq = jobs.insert(
        {
          jobId: job.jobId,
          status: isScheduled ? 'SCHEDULED' : 'IN_PROGRESS',
          targetSelection: job.targetSelection,
          namespaceId: job.namespaceId ?? null,
          definition: job.definition,
          document: job.document,
          documentSource: job.documentSource ?? null,
          hidden: isScheduled ? 1 : 0,
          dueMs: nowMs,
        },
        nowMs,
      )
      this.#context.tags.create(jobArn(this.#context.account, job.jobId), job.tags)
      const made = this.require(job.jobId)
      for (const { arn, kind, name } of found) {
        if (kind === 'thing') tender.enlist(made, name, false)
        else waiting.expand(seq, arn, undefined)
      }
      tender.tend(effects, seq)
      return made
    })
  }

  surroundings(job: Job): JobSurroundings {
    const { jobs } = this.#parts
    return {
      account: this.#context.account,
      counts: jobs.counts(job.seq),
      processingTargets: job.status === 'IN_PROGRESS' && job.work === null ? this.#unreachedTargets(job) : [],
      isConcurrent: this.isConcurrent(job),
      scheduledJobRollouts: this.#comingRollouts(job),
    }
  }

  /**
   * Things that wait for their turn, and groups of which some do, or whose things are not all known yet. Of several
   * groups it is not kept which one brought a thing: all are meant then.
   */
  #unreachedTargets({ seq, definition }: Job): string[] {
    const { waiting, targets } = this.#parts
    const expanding = new Set(waiting.expansions(seq).map(({ target }) => target))
    const unreached = waiting.countUnreached(seq, definition.targets.length + 1)
    if (unreached === 0) return [...expanding]
    const found = definition.targets.map((arn) => ({ arn, ...targets.parse(arn) }))
    const waits = found.filter(({ kind, name }) => kind === 'thing' && waiting.isUnreached(seq, name))
    const isOfGroup = unreached > waits.length
    return found
      .filter(
        (target) => expanding.has(target.arn) || waits.includes(target) || (isOfGroup && target.kind === 'thinggroup'),
      )
      .map(({ arn }) => arn)
  }

  #comingRollouts({ definition, status, ended }: Job): string[] {
    if (!definition.scheduling || ended === 1 || (status !== 'SCHEDULED' && status !== 'IN_PROGRESS')) return []
    return comingWindows(parseSchedule(definition.scheduling), this.#context.clock()).map(formatTime)
  }

  /** Whether it is being rolled out, or canceled. */
  isConcurrent(job: Job): boolean {
    const { waiting } = this.#parts
    if (job.status !== 'IN_PROGRESS') return false
    return job.work !== null || waiting.hasAny(job.seq)
  }

  list(input: IotInput<'ListJobs'>, target: string | undefined): Page<Job> {
    const { status, targetSelection, namespaceId } = input
    const filter = { status, targetSelection, namespaceId, target }
    return paginate(
      input,
      `ListJobs ${JSON.stringify(filter)}`,
      [Number.MAX_SAFE_INTEGER],
      ([before]: readonly [number], count) => this.#parts.jobs.list(filter, before, count),
      ({ seq }) => [seq],
    )
  }

  /** In the order in which they were made. */
  executionsOf(input: IotInput<'ListJobExecutionsForJob'>): Page<KeptExecution> {
    const { jobId, status } = input
    const job = this.require(jobId)
    const statuses = status ? [status] : EXECUTION_STATUSES
    return paginateBySeq(input, `ListJobExecutionsForJob ${jobId} ${status ?? ''}`, (after, count) =>
      this.#parts.executions.ofJob(job.seq, statuses, after, count),
    )
  }

  /** The latest first. */
  executionsOfThing(input: IotInput<'ListJobExecutionsForThing'>): Page<KeptExecution> {
    const { thingName, status, jobId, namespaceId } = input
    if (!this.#context.things.thing(thingName)) throw notFound(`Thing ${thingName} does not exist`)
    const job = jobId === undefined ? undefined : (this.#parts.jobs.find(jobId)?.seq ?? -1)
    return paginate(
      input,
      `ListJobExecutionsForThing ${JSON.stringify([thingName, status, jobId, namespaceId])}`,
      [Number.MAX_SAFE_INTEGER],
      ([before]: readonly [number], count) =>
        this.#parts.executions.ofThing(thingName, { status, job, namespaceId }, before, count),
      ({ seq }) => [seq],
    )
  }

  idOf(execution: KeptExecution): string {
    return this.#parts.jobs.get(execution.job)?.jobId ?? ''
  }

  /** @throws {AwsError} ResourceNotFoundException */
  requireExecution(jobId: string, thingName: string, executionNumber: number | undefined): [Job, KeptExecution] {
    const job = this.require(jobId)
    const execution = this.#parts.executions.find(job.seq, thingName, executionNumber)
    if (!execution) throw notFound(`Thing ${thingName} has no such execution of job ${jobId}`)
    return [job, execution]
  }

  /**
   * What is not given stays. Timers that run stay as they are.
   * @throws {AwsError} InvalidRequestException, ResourceNotFoundException
   */
  update({ jobId, namespaceId }: IotInput<'UpdateJob'>, configs: Partial<JobDefinition>): void {
    const { jobs, ledger } = this.#parts
    const job = this.require(jobId, namespaceId)
    if (job.status === 'DELETION_IN_PROGRESS') throw invalidRequest(`Job ${jobId} is being deleted`)
    if (configs.retry?.some(({ numberOfRetries = 0 }) => numberOfRetries > 0)) {
      throw invalidRequest('Once a job is made, its numberOfRetries can only be set to 0')
    }
    const definition = { ...job.definition, ...configs }
    inAwsWords(() => checkConfigs(definition))
    ledger.change(() => {
      jobs.define(job.seq, definition)
      jobs.patch(job.seq, { updatedMs: this.#context.clock() })
    })
  }

  /** Executions that are queued are canceled, by force those in progress too. */
  cancel({ jobId, reasonCode, comment, force = false }: IotInput<'CancelJob'>): Job {
    const { jobs, ledger, tender } = this.#parts
    const job = this.require(jobId)
    if (job.status === 'DELETION_IN_PROGRESS') throw invalidRequest(`Job ${jobId} is being deleted`)
    if (job.status === 'COMPLETED') throw invalidRequest(`Job ${jobId} is COMPLETED: it cannot be canceled`)
    if (job.status === 'CANCELED' && !force) throw invalidRequest(`Job ${jobId} is CANCELED already`)
    const nowMs = this.#context.clock()
    ledger.change((effects) => {
      jobs.patch(job.seq, {
        work: force || job.work === 'force-cancel' ? 'force-cancel' : 'cancel',
        hidden: 1,
        ended: 0,
        updatedMs: nowMs,
        dueMs: nowMs,
        ...(force && { forceCanceled: 1 }),
        ...(reasonCode !== undefined && { reasonCode }),
        ...(comment !== undefined && { comment }),
      })
      const now = this.require(jobId)
      effects.tell({
        type: 'job',
        operation: 'cancellation_in_progress',
        job: factsOf(now),
        counts: jobs.counts(job.seq),
      })
      tender.tend(effects, job.seq)
    })
    return this.require(jobId)
  }

  /** @throws {AwsError} InvalidStateTransitionException for one that goes on, without force; LimitExceededException */
  delete({ jobId, force = false, namespaceId }: IotInput<'DeleteJob'>): void {
    const { jobs, ledger, tender } = this.#parts
    const job = this.require(jobId, namespaceId)
    if (job.status === 'DELETION_IN_PROGRESS') throw invalidRequest(`Job ${jobId} is being deleted already`)
    if (!force && job.status !== 'COMPLETED' && job.status !== 'CANCELED') {
      throw invalidTransition(
        `Job ${jobId} is ${job.status}: it can be deleted once it is COMPLETED or CANCELED, or by force`,
      )
    }
    if (jobs.countDeleting() >= MAX_DELETING) {
      throw new AwsError('LimitExceededException', `At most ${MAX_DELETING} jobs can be in DELETION_IN_PROGRESS`)
    }
    const nowMs = this.#context.clock()
    ledger.change((effects) => {
      jobs.patch(job.seq, { status: 'DELETION_IN_PROGRESS', work: 'delete', hidden: 1, updatedMs: nowMs, dueMs: nowMs })
      const now = this.require(jobId)
      effects.tell({ type: 'job', operation: 'deletion_in_progress', job: factsOf(now), counts: jobs.counts(job.seq) })
      tender.tend(effects, job.seq)
    })
  }

  /** @throws {AwsError} InvalidStateTransitionException, VersionConflictException, ResourceNotFoundException */
  cancelExecution(input: IotInput<'CancelJobExecution'>): void {
    const { jobId, thingName, force = false, expectedVersion, statusDetails } = input
    const [job, execution] = this.requireExecution(jobId, thingName, undefined)
    checkVersion(`job execution ${jobId} of thing ${thingName}`, execution.versionNumber, expectedVersion)
    if (isTerminal(execution.status)) {
      throw invalidTransition(
        `The execution of job ${jobId} on thing ${thingName} is ${execution.status}: it has ended`,
      )
    }
    if (execution.status === 'IN_PROGRESS' && !force) {
      throw invalidTransition(
        `The execution of job ${jobId} on thing ${thingName} is IN_PROGRESS: it can be canceled by force`,
      )
    }
    this.#parts.ledger.change((effects) =>
      this.#parts.changes.cancel(
        effects,
        job,
        { ...execution, statusDetails: statusDetails ?? execution.statusDetails },
        force,
      ),
    )
  }

  /** @throws {AwsError} InvalidStateTransitionException for one in progress, without force; ResourceNotFoundException */
  deleteExecution(input: IotInput<'DeleteJobExecution'>): void {
    const { jobId, thingName, executionNumber = 0, force = false, namespaceId } = input
    this.require(jobId, namespaceId)
    const [job, execution] = this.requireExecution(jobId, thingName, executionNumber)
    if (execution.status === 'IN_PROGRESS' && !force) {
      throw invalidTransition(
        `The execution of job ${jobId} on thing ${thingName} is IN_PROGRESS: it can be deleted by force`,
      )
    }
    this.#parts.ledger.change((effects) => this.#parts.changes.delete(effects, job, execution))
  }

  /** @throws {AwsError} InvalidRequestException, LimitExceededException, ResourceNotFoundException */
  associate({ jobId, targets: added, comment, namespaceId }: IotInput<'AssociateTargetsWithJob'>): Job {
    const { jobs, waiting, targets, tender, ledger } = this.#parts
    const job = this.require(jobId, namespaceId)
    if (job.targetSelection !== 'CONTINUOUS') throw invalidRequest(`Job ${jobId} is no CONTINUOUS job`)
    if (job.status !== 'IN_PROGRESS') throw invalidRequest(`Job ${jobId} is ${job.status}: it has to be IN_PROGRESS`)
    for (const arn of added) {
      if (targets.require(arn).kind !== 'thinggroup') throw invalidRequest(`Target ${arn} is no thing group`)
    }
    const fresh = added.filter((arn) => !job.definition.targets.includes(arn))
    const all = [...job.definition.targets, ...fresh]
    if (all.length > MAX_TARGETS) {
      throw new AwsError('LimitExceededException', `A job can have at most ${MAX_TARGETS} targets`)
    }
    const nowMs = this.#context.clock()
    ledger.change((effects) => {
      jobs.define(job.seq, { ...job.definition, targets: all })
      jobs.addTargets(job.seq, fresh)
      jobs.patch(job.seq, { updatedMs: nowMs, ...(comment !== undefined && { comment }) })
      for (const arn of fresh) waiting.expand(job.seq, arn, undefined)
      tender.tend(effects, job.seq)
    })
    return this.require(jobId)
  }
}

const invalidTransition = (message: string): AwsError => new AwsError('InvalidStateTransitionException', message)
