import {
  EXECUTION_STATUSES,
  endOfMinute,
  isTerminal,
  minuteOf,
  parseSchedule,
  type RolloutMinute,
  roomOf,
  scheduleAt,
} from '@thingdeck/jobs'
import { earliest } from '../../foundation/earliest.ts'
import type { ServiceContext } from '../../foundation/service.ts'
import type { ExecutionTable } from './execution-table.ts'
import { type Executions, FIRST_ATTEMPT } from './executions.ts'
import { factsOf } from './job-facts.ts'
import type { Job, JobPatch, JobTable } from './job-table.ts'
import type { Effects } from './ledger.ts'
import type { Targets } from './targets.ts'
import type { WaitingTable, WaitingThing } from './waiting-table.ts'

/** Executions that are changed in one go: as many as take a few milliseconds with all that follows. */
const SLICE = 12
/** Things that are taken off the list of those that wait. */
const DROPPED = 1_000

export interface TenderParts {
  readonly jobs: JobTable
  readonly executions: ExecutionTable
  readonly waiting: WaitingTable
  readonly changes: Executions
  readonly targets: Targets
  /** All that is left of a job is gone. */
  readonly forget: (job: Job) => void
  readonly isOver: (job: Job) => void
}

/**
 * Does what is due for a job, a slice at a time: finds the things of its groups, rolls it out at its rate, cancels or
 * deletes its executions, and brings it to its end.
 */
export class Tender {
  readonly #context: Pick<ServiceContext, 'clock' | 'things'>
  readonly #parts: TenderParts

  constructor(context: Pick<ServiceContext, 'clock' | 'things'>, parts: TenderParts) {
    this.#context = context
    this.#parts = parts
  }

  /** One slice, within a change of the ledger; the job knows then when the next is due. */
  tend(effects: Effects, seq: number): void {
    const { jobs } = this.#parts
    const job = jobs.get(seq)
    if (!job) return
    const dueMs = this.#step(effects, job) ?? null
    jobs.patch(seq, { dueMs }) // nothing where the step has deleted it
  }

  #step(effects: Effects, job: Job): number | undefined {
    if (job.work === 'delete') return this.#delete(effects, job)
    if (job.work !== null) return this.#cancel(effects, job)
    if (job.status !== 'IN_PROGRESS' && job.status !== 'SCHEDULED') return undefined
    const retold = this.#retell(effects, job)
    if (job.ended === 1) {
      this.#settle(effects, job)
      return retold
    }
    const { definition } = job
    const nowMs = this.#context.clock()
    const moment = definition.scheduling && scheduleAt(parseSchedule(definition.scheduling), nowMs)
    if (moment?.phase === 'ended') return this.#endSchedule(job)
    const isOpen = moment === undefined || moment.phase === 'open'
    if (isOpen !== (job.status === 'IN_PROGRESS')) {
      setPhase(this.#parts.jobs, job, isOpen, nowMs)
      return nowMs
    }
    const expansion = this.#expand(job)
    const rollout = isOpen ? this.#rollOut(effects, job) : undefined
    const due = earliest(retold, expansion, rollout)
    if (due === undefined) this.#settle(effects, job)
    return earliest(due, moment?.untilMs)
  }

  /** Some of the things whose queued executions are shown now, or not any more. */
  #retell(effects: Effects, job: Job): number | undefined {
    if (job.retellAfter === null) return undefined
    const { jobs, executions } = this.#parts
    const found = executions.ofJob(job.seq, ['QUEUED'], job.retellAfter, SLICE)
    for (const { thingName } of found) effects.touch(thingName)
    const isMore = found.length === SLICE
    jobs.patch(job.seq, { retellAfter: isMore ? (found.at(-1)?.seq ?? null) : null })
    return isMore ? this.#context.clock() : undefined
  }

  /** Nothing is rolled out any more; what becomes of executions that are open is the job's end behavior. */
  #endSchedule(job: Job): number | undefined {
    const { jobs, waiting } = this.#parts
    const nowMs = this.#context.clock()
    if (waiting.dropSome(job.seq, DROPPED)) return nowMs
    const behavior = job.definition.scheduling?.endBehavior ?? 'STOP_ROLLOUT'
    jobs.patch(job.seq, {
      ended: 1,
      status: 'IN_PROGRESS',
      updatedMs: nowMs,
      ...(behavior === 'STOP_ROLLOUT' && { hidden: 0, retellAfter: 0 }),
      ...(behavior === 'CANCEL' && { work: 'cancel', hidden: 1 }),
      ...(behavior === 'FORCE_CANCEL' && { work: 'force-cancel', hidden: 1 }),
    })
    return nowMs
  }

  /** Some of the things of the job's groups. */
  #expand(job: Job): number | undefined {
    const { waiting, targets } = this.#parts
    const [first, second] = waiting.expansions(job.seq)
    if (!first) return undefined
    const nowMs = this.#context.clock()
    const page = targets.page(targets.parse(first.target).name, first.token ?? undefined)
    for (const thingName of page.things) this.enlist(job, thingName, false)
    if (page.token !== undefined) waiting.expand(job.seq, first.target, page.token)
    else waiting.expanded(job.seq, first.target)
    return page.token !== undefined || second ? nowMs : undefined
  }

  /** Lets a thing wait for its execution, unless the job has reached it already. */
  enlist(job: Job, thingName: string, isUrgent: boolean): void {
    const { waiting, executions } = this.#parts
    if (job.targetSelection === 'CONTINUOUS') {
      if (waiting.join(job.seq, thingName)) waiting.add(job.seq, thingName, isUrgent, FIRST_ATTEMPT)
      return
    }
    if (executions.find(job.seq, thingName, undefined)) return
    waiting.add(job.seq, thingName, isUrgent, FIRST_ATTEMPT)
  }

  /** @returns when the next things may be told; undefined where none waits */
  #rollOut(effects: Effects, job: Job): number | undefined {
    const { jobs, waiting } = this.#parts
    const list = waiting.first(job.seq, SLICE)
    if (list.length === 0) return undefined
    const nowMs = this.#context.clock()
    const succeeded = jobs.counts(job.seq).SUCCEEDED
    const minute = minuteOf(kept(job), job.definition.rollout, { notified: job.notified, succeeded }, nowMs)
    const turn = list.filter(({ urgent }) => urgent === 1)
    turn.push(...list.filter(({ urgent }) => urgent === 0).slice(0, roomOf(minute)))
    let notified = 0
    let queued = 0
    for (const one of turn) {
      waiting.remove(one.seq)
      if (!this.#reach(effects, job, one)) continue
      if (one.urgent === 0) queued += 1
      if (one.retriedFailed + one.retriedTimedOut === 0) notified += 1
    }
    const after: RolloutMinute = { ...minute, queued: minute.queued + queued }
    jobs.patch(job.seq, {
      notified: job.notified + notified,
      minuteStartMs: after.startMs,
      minuteRate: after.rate,
      minuteQueued: after.queued,
    })
    const [next] = waiting.first(job.seq, 1)
    if (!next) return undefined
    return next.urgent === 1 || roomOf(after) > 0 ? nowMs : endOfMinute(after)
  }

  #reach(effects: Effects, job: Job, { thingName, retriedFailed, retriedTimedOut }: WaitingThing): boolean {
    const { executions, changes } = this.#parts
    if (!this.#context.things.thing(thingName)) return false // deleted since
    const latest = executions.find(job.seq, thingName, undefined)
    if (latest && !isTerminal(latest.status)) return false
    changes.queue(effects, job, thingName, { retriedFailed, retriedTimedOut })
    return true
  }

  #cancel(effects: Effects, job: Job): number | undefined {
    const { jobs, executions, waiting, changes } = this.#parts
    const nowMs = this.#context.clock()
    const isForced = job.work === 'force-cancel'
    const found = executions.ofJob(job.seq, isForced ? ['QUEUED', 'IN_PROGRESS'] : ['QUEUED'], 0, SLICE)
    for (const execution of found) changes.cancel(effects, job, execution, isForced)
    if (found.length === SLICE || waiting.dropSome(job.seq, DROPPED)) return nowMs
    if (job.ended === 1) {
      jobs.patch(job.seq, { work: null, updatedMs: nowMs })
      this.#settle(effects, { ...job, work: null })
      return undefined
    }
    this.#end(effects, job, { status: 'CANCELED', work: null })
    return undefined
  }

  #delete(effects: Effects, job: Job): number | undefined {
    const { jobs, executions, waiting, changes, forget } = this.#parts
    const found = executions.ofJob(job.seq, EXECUTION_STATUSES, 0, SLICE)
    for (const execution of found) changes.delete(effects, job, execution)
    const isMore = waiting.dropSome(job.seq, DROPPED) || waiting.forgetSomeMembers(job.seq, DROPPED)
    if (found.length === SLICE || isMore) return this.#context.clock()
    const counts = jobs.counts(job.seq)
    jobs.delete(job.seq)
    forget(job)
    effects.tell({ type: 'job', operation: 'deleted', job: factsOf(job), counts })
    return undefined
  }

  /** Completes a job of which nothing is open. A continuous one goes on until the end of its schedule. */
  #settle(effects: Effects, job: Job): void {
    const { jobs, waiting } = this.#parts
    if (job.status !== 'IN_PROGRESS' && job.ended === 0) return
    if (job.targetSelection === 'CONTINUOUS' && job.ended === 0) return
    if (job.ended === 0 && waiting.hasAny(job.seq)) return
    const { QUEUED, IN_PROGRESS } = jobs.counts(job.seq)
    if (QUEUED + IN_PROGRESS === 0) this.#end(effects, job, { status: 'COMPLETED' })
  }

  #end(effects: Effects, job: Job, patch: JobPatch & { readonly status: 'CANCELED' | 'COMPLETED' }): void {
    const { jobs, isOver } = this.#parts
    const nowMs = this.#context.clock()
    jobs.patch(job.seq, { ...patch, completedMs: nowMs, updatedMs: nowMs })
    const operation = patch.status === 'CANCELED' ? 'canceled' : 'completed'
    const now: Job = { ...job, ...patch, completedMs: nowMs, updatedMs: nowMs }
    effects.tell({ type: 'job', operation, job: factsOf(now), counts: jobs.counts(job.seq) })
    effects.afterwards(() => isOver(now))
  }
}

/** A window has opened, and what is queued is shown; or it has closed, and that is hidden. */
function setPhase(jobs: JobTable, { seq }: Job, isOpen: boolean, updatedMs: number): void {
  jobs.patch(seq, { status: isOpen ? 'IN_PROGRESS' : 'SCHEDULED', hidden: isOpen ? 0 : 1, retellAfter: 0, updatedMs })
}

function kept({ minuteStartMs, minuteRate, minuteQueued }: Job): RolloutMinute | undefined {
  return minuteStartMs === null ? undefined : { startMs: minuteStartMs, rate: minuteRate, queued: minuteQueued }
}
