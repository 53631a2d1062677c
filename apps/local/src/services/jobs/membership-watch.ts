import { isTerminal } from '@thingdeck/jobs'
import type { RegistryChange } from '../../foundation/registry-change.ts'
import type { ServiceContext } from '../../foundation/service.ts'
import type { ExecutionTable } from './execution-table.ts'
import type { Executions } from './executions.ts'
import type { Job, JobTable } from './job-table.ts'
import type { Ledger } from './ledger.ts'
import type { Targets } from './targets.ts'
import type { Tender } from './tender.ts'
import type { WaitingTable } from './waiting-table.ts'

/** Things that are looked at in one go, and members of a job that are read in one go. */
const SLICE = 8
const MEMBERS = 200

export interface MembershipWatchParts {
  readonly jobs: JobTable
  readonly executions: ExecutionTable
  readonly waiting: WaitingTable
  readonly changes: Executions
  readonly targets: Targets
  readonly tender: Tender
  readonly ledger: Ledger
  /** There is something to look at. */
  readonly wake: () => void
}

/** A continuous job, as far as memberships concern it. */
interface Watched {
  readonly seq: number
  readonly targets: ReadonlySet<string>
}

/**
 * Keeps continuous jobs true to their groups: who joins one is given an execution, who leaves has it removed. Members of
 * dynamic groups are nobody's list, so that whatever a query may ask of makes a thing be looked at again.
 */
export class MembershipWatch {
  readonly #context: Pick<ServiceContext, 'clock' | 'log' | 'things' | 'shadowChanges' | 'traffic'>
  readonly #parts: MembershipWatchParts
  /** Things that may be in other groups than before. */
  readonly #suspects = new Set<string>()
  /** Jobs whose members are looked at one after the other, and behind which. */
  readonly #scans = new Map<number, string>()
  #watched: { readonly version: number; readonly jobs: readonly Watched[]; readonly hasDynamic: boolean } | undefined

  constructor(
    context: Pick<ServiceContext, 'clock' | 'log' | 'things' | 'shadowChanges' | 'traffic'>,
    parts: MembershipWatchParts,
  ) {
    this.#context = context
    this.#parts = parts
    const { things, shadowChanges, traffic } = context
    things.changes.subscribe((change) => this.#onRegistry(change))
    shadowChanges.subscribe(({ thingName }) => this.#suspectOfDynamic(thingName))
    const onConnection = ({ actor }: { actor: { readonly clientId?: string | undefined } }) => {
      if (actor.clientId !== undefined) this.#suspectOfDynamic(actor.clientId)
    }
    traffic.connects.subscribe(onConnection)
    traffic.disconnects.subscribe(onConnection)
  }

  /** What changed while nobody watched: to be called once, at the start. */
  rescanAll(): void {
    for (const job of this.#parts.jobs.continuous()) this.#rescan(job)
  }

  forget(): void {
    this.#suspects.clear()
    this.#scans.clear()
  }

  /** Which jobs there are may be others than was read. */
  reread(): void {
    this.#watched = undefined
  }

  get hasWork(): boolean {
    return this.#suspects.size > 0 || this.#scans.size > 0
  }

  /** Looks at some things. @returns whether there were any */
  step(): boolean {
    const names = this.#suspects.values().take(SLICE).toArray() // of all that there are only these
    if (names.length > 0) {
      for (const thingName of names) this.#suspects.delete(thingName)
      for (const thingName of names) this.#tryLook(thingName)
      return true
    }
    const [scan] = this.#scans
    if (!scan) return false
    const [seq, after] = scan
    const members = this.#parts.waiting.members(seq, after, MEMBERS)
    for (const thingName of members) this.#suspects.add(thingName)
    const last = members.at(-1)
    if (members.length < MEMBERS || last === undefined) this.#scans.delete(seq)
    else this.#scans.set(seq, last)
    return true
  }

  #onRegistry(change: RegistryChange): void {
    if (change.type === 'thing' && change.operation === 'deleted') {
      this.#removeAll(change.thing.thingName)
    } else if (change.type === 'thing') {
      this.#suspectOfDynamic(change.thing.thingName)
    } else if (change.type === 'membership') {
      if (this.#continuous().jobs.length > 0) this.#suspect(change.thing.thingName)
    } else if (change.type === 'thingGroup' && change.operation !== 'created') {
      this.#watched = undefined // a group's query may be another
      for (const { seq, targets } of this.#continuous().jobs) {
        const job = targets.has(change.arn) ? this.#parts.jobs.get(seq) : undefined
        if (job) this.#rescan(job)
      }
    }
  }

  #suspectOfDynamic(thingName: string): void {
    if (this.#continuous().hasDynamic) this.#suspect(thingName)
  }

  #suspect(thingName: string): void {
    this.#suspects.add(thingName)
    if (this.#suspects.size === 1) this.#parts.wake()
  }

  /** A thing is gone: so is what it had to do, of any job. */
  #removeAll(thingName: string): void {
    const { executions, jobs, ledger, changes, waiting } = this.#parts
    const open = executions.open(thingName)
    const { jobs: watched } = this.#continuous()
    if (open.length === 0 && watched.length === 0) return
    ledger.change((effects) => {
      for (const { seq } of watched) waiting.leave(seq, thingName)
      for (const execution of open) {
        const job = jobs.get(execution.job)
        if (job) changes.remove(effects, job, execution)
      }
    })
  }

  /** What fails for one thing keeps no other from being looked at; it is looked at again when it changes. */
  #tryLook(thingName: string): void {
    try {
      this.#look(thingName)
    } catch (error) {
      this.#context.log.error({ err: error, thingName }, 'a thing could not be given the jobs of its groups')
    }
  }

  #look(thingName: string): void {
    const { targets, waiting, jobs } = this.#parts
    const watched = this.#continuous().jobs
    if (watched.length === 0) return
    const groups = targets.groupsOf(thingName)
    const own = targets.arnOfThing(thingName)
    const isThere = this.#context.things.thing(thingName) !== undefined
    for (const { seq, targets: wanted } of watched) {
      const isTarget = isThere && (wanted.has(own) || [...groups].some((arn) => wanted.has(arn)))
      if (isTarget === waiting.isMember(seq, thingName)) continue
      const job = jobs.get(seq)
      if (job && isTarget) this.#join(job, thingName)
      else if (job) this.#leave(job, thingName)
    }
  }

  #join(job: Job, thingName: string): void {
    const { ledger, tender, waiting, jobs } = this.#parts
    // As long as the job is being rolled out to its groups, its rate holds.
    const isUrgent = waiting.expansions(job.seq).length === 0
    ledger.change(() => {
      tender.enlist(job, thingName, isUrgent)
      jobs.wake(job.seq, this.#context.clock())
    })
  }

  #leave(job: Job, thingName: string): void {
    const { ledger, executions, waiting, changes } = this.#parts
    ledger.change((effects) => {
      waiting.leave(job.seq, thingName)
      const latest = executions.find(job.seq, thingName, undefined)
      if (latest && !isTerminal(latest.status)) changes.remove(effects, job, latest)
    })
  }

  /** Finds who has joined, and looks at all who were in. */
  #rescan(job: Job): void {
    const { targets, waiting, jobs, ledger } = this.#parts
    const groups = job.definition.targets.filter((arn) => targets.parse(arn).kind === 'thinggroup')
    if (groups.length === 0) return
    ledger.change(() => {
      for (const arn of groups) waiting.expand(job.seq, arn, undefined)
      jobs.wake(job.seq, this.#context.clock())
    })
    this.#scans.set(job.seq, '')
  }

  #continuous() {
    const { jobs, targets } = this.#parts
    const { version } = jobs
    if (this.#watched?.version === version) return this.#watched
    const watched = jobs.continuous().map(({ seq, definition }) => ({ seq, targets: new Set(definition.targets) }))
    const isDynamic = (arn: string) => {
      const target = targets.parse(arn)
      return target.kind === 'thinggroup' && this.#context.things.group(target.name)?.dynamic === true
    }
    const hasDynamic = watched.some((one) => [...one.targets].some(isDynamic))
    this.#watched = { version, jobs: watched, hasDynamic }
    return this.#watched
  }
}
