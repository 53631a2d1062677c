import type {
  BulkChange,
  BulkChangeOutcome,
  BulkChangePreview,
  BulkChangeRequest,
  BulkChangeResult,
  BulkChangeResults,
  BulkChangeSummary,
  BulkChangeTargets,
} from '@thingdeck/contract'
import { Pace } from '../../aws/pace.ts'
import type { Shadows } from '../../aws/shadows.ts'
import type { Things } from '../../aws/things.ts'
import type { Clock } from '../../clock.ts'
import type { Person } from '../../person.ts'
import { Problem } from '../../problem.ts'
import { type BulkChangeRecords, SAVE_EVERY_MS } from '../../stores/bulk-change-records.ts'
import { changeOne } from './change-one.ts'
import { MAX_TARGETS, namesOf } from './targets.ts'

/** Who started a bulk change, and by which request. */
export interface BulkChangeStarter {
  readonly person: Person
  readonly requestId: string
}

/** What a bulk change wrote, or tried to write, for the audit trail. */
export interface BulkChangeWrite {
  readonly bulkChangeId: string
  readonly starter: BulkChangeStarter
  readonly request: BulkChangeRequest
  readonly result: BulkChangeResult
}

export interface BulkChangeParts {
  readonly things: Pick<Things, 'names' | 'namesInGroup'>
  readonly shadows: Pick<Shadows, 'get' | 'update'>
  readonly clock: Clock
  readonly newId: () => string
  /** The bulk change goes on when it is settled. */
  readonly onWrite: (write: BulkChangeWrite) => Promise<void>
  /** Where other consoles find the bulk changes of this one; undefined: nowhere. */
  readonly records?: BulkChangeRecords | undefined
  /** Told that the records could not be saved; they will be tried again as long as this process lives. */
  readonly onUnsaved: (error: unknown, bulkChangeId: string) => void
}

const MAX_BULK_CHANGES = 50
/** At once, of all people at this console. Each asks AWS up to 50 times a second, as much as all else together. */
export const MOST_RUNNING = 10
const SAMPLE = 20
/** Requests under way at once; AWS's answers take some tens of milliseconds. */
const CONCURRENCY = 4
const DEFAULT_PER_SECOND = 10
/** How long the end of the process waits for the requests that are under way. */
const CLOSE_MS = 2_000

interface Running {
  bulkChange: BulkChange
  readonly starter: BulkChangeStarter
  readonly results: Map<string, BulkChangeResult>
  /** Things whose results are other than in the records. */
  readonly unsaved: Set<string>
  isCancelled: boolean
  done: Promise<void>
}

type Turns = Pick<Pace, 'turn' | 'holdMs'>

interface ResultPage {
  readonly outcome?: BulkChangeOutcome | undefined
  readonly offset: number
  readonly limit: number
}

/**
 * Changes of one key on many things. They run here and not in the page, so that they go on when it is left; they end
 * with the process: what was not changed by then is simply not changed. Other consoles know of them by the records.
 */
export class BulkChanges {
  readonly #parts: BulkChangeParts
  readonly #bulkChanges = new Map<string, Running>()
  #isClosed = false

  constructor(parts: BulkChangeParts) {
    this.#parts = parts
  }

  async preview(targets: BulkChangeTargets): Promise<BulkChangePreview> {
    const sample: string[] = []
    let count = 0
    for await (const name of namesOf(this.#parts.things, targets)) {
      count += 1
      if (sample.length < SAMPLE) sample.push(name)
      if (count > MAX_TARGETS) return { count: MAX_TARGETS, isAtLeast: true, sample }
    }
    return { count, isAtLeast: false, sample }
  }

  /**
   * @throws {Problem} TOO_MANY_BULK_CHANGES when so many run already, STORE_UNAVAILABLE when it cannot be recorded:
   *   nothing was begun then
   */
  async start(request: BulkChangeRequest, starter: BulkChangeStarter): Promise<BulkChange> {
    if (this.#open().length >= MOST_RUNNING)
      throw new Problem(
        'TOO_MANY_BULK_CHANGES',
        `${MOST_RUNNING} bulk changes are running, which is as many as may run at once: wait for one to end, or cancel one.`,
      )
    const running: Running = {
      bulkChange: {
        bulkChangeId: this.#parts.newId(),
        request,
        startedBy: starter.person.name,
        startedAt: this.#now(),
        state: 'finding-things',
        total: 0,
        counts: {},
      },
      starter,
      results: new Map(),
      unsaved: new Set(),
      isCancelled: false,
      done: Promise.resolve(),
    }
    const { bulkChange } = running
    // It counts from here on: a hundred requests at once are recorded at the same time.
    this.#bulkChanges.set(bulkChange.bulkChangeId, running)
    try {
      await this.#parts.records?.save(bulkChange, [])
    } catch (error) {
      this.#bulkChanges.delete(bulkChange.bulkChangeId)
      throw error
    }
    this.#forgetOldest()
    running.done = this.#run(running)
    this.#saveAgainLater(running)
    return bulkChange
  }

  /** The things that failed, were cancelled or never had their turn, once more, as a bulk change of its own. */
  async retry(bulkChangeId: string, starter: BulkChangeStarter): Promise<BulkChange | undefined> {
    const bulkChange = await this.find(bulkChangeId)
    if (bulkChange?.endedAt === undefined) return undefined
    const isInterrupted = bulkChange.state === 'interrupted'
    // Nobody knows yet which things were meant.
    if (isInterrupted && bulkChange.total === 0) return this.start(bulkChange.request, starter)
    const again = await this.#startOn(
      bulkChange,
      ({ outcome }) => outcome === 'failed' || outcome === 'cancelled' || (isInterrupted && outcome === 'waiting'),
      starter,
    )
    if (again) await this.#noteContinued(bulkChange, again.bulkChangeId)
    return again
  }

  /** What a dry run found would change, as a bulk change of its own. */
  async apply(bulkChangeId: string, starter: BulkChangeStarter): Promise<BulkChange | undefined> {
    const dryRun = await this.find(bulkChangeId)
    if (dryRun?.endedAt === undefined || !dryRun.request.dryRun) return undefined
    return this.#startOn(dryRun, ({ outcome }) => outcome === 'would-change', starter, { dryRun: false })
  }

  /** The same change on those of its things that are meant; undefined where there are none. */
  async #startOn(
    { bulkChangeId, request }: BulkChange,
    isMeant: (result: BulkChangeResult) => boolean,
    starter: BulkChangeStarter,
    otherwise: Partial<BulkChangeRequest> = {},
  ): Promise<BulkChange | undefined> {
    const thingNames = (await this.#resultsOf(bulkChangeId)).filter(isMeant).map(({ thingName }) => thingName)
    if (thingNames.length === 0) return undefined
    const { confirmedCount: _, ...same } = request
    return this.start({ ...same, ...otherwise, targets: { thingNames } }, starter)
  }

  async #noteContinued(before: BulkChange, continuedBy: string): Promise<void> {
    const bulkChange = { ...before, continuedBy }
    const running = this.#bulkChanges.get(before.bulkChangeId)
    if (running) running.bulkChange = bulkChange
    await this.#parts.records?.save(bulkChange, [])
  }

  /** What is under way is finished; nothing more begins. */
  async cancel(bulkChangeId: string): Promise<BulkChange | undefined> {
    const running = this.#bulkChanges.get(bulkChangeId)
    if (running) running.isCancelled = true
    const bulkChange = await this.find(bulkChangeId)
    if (!running && bulkChange && bulkChange.endedAt === undefined) await this.#parts.records?.wantCancel(bulkChangeId)
    return bulkChange
  }

  async find(bulkChangeId: string): Promise<BulkChange | undefined> {
    return this.#bulkChanges.get(bulkChangeId)?.bulkChange ?? (await this.#parts.records?.find(bulkChangeId))
  }

  /** Newest first. */
  async list(): Promise<BulkChangeSummary[]> {
    const own = [...this.#bulkChanges.values()].map(({ bulkChange }) => bulkChange).reverse()
    const known = (await this.#parts.records?.list()) ?? []
    const others = known.filter(({ bulkChangeId }) => !this.#bulkChanges.has(bulkChangeId))
    return [...own, ...others]
      .sort((one, other) => Date.parse(other.startedAt) - Date.parse(one.startedAt))
      .map(({ request: { targets: _targets, valueText: _valueText, ...request }, ...rest }) => ({ ...rest, request }))
  }

  async results(bulkChangeId: string, page: ResultPage): Promise<BulkChangeResults | undefined> {
    if (!(await this.find(bulkChangeId))) return undefined
    const all = (await this.#resultsOf(bulkChangeId)).filter(({ outcome }) => (page.outcome ?? outcome) === outcome)
    return { results: all.slice(page.offset, page.offset + page.limit), total: all.length }
  }

  /** Begins nothing more, waits a moment for what is under way, and records what was not done. */
  async close(): Promise<void> {
    this.#isClosed = true
    const open = this.#open()
    const late = Promise.withResolvers<void>()
    this.#parts.clock.after(CLOSE_MS, late.resolve)
    await Promise.race([Promise.all(open.map(({ done }) => done)), late.promise])
    for (const running of open) {
      if (running.bulkChange.endedAt === undefined) this.#end(running, 'interrupted')
      await this.#save(running)
    }
  }

  #open(): Running[] {
    return [...this.#bulkChanges.values()].filter(({ bulkChange }) => bulkChange.endedAt === undefined)
  }

  async #resultsOf(bulkChangeId: string): Promise<BulkChangeResult[]> {
    const running = this.#bulkChanges.get(bulkChangeId)
    return running ? [...running.results.values()] : ((await this.#parts.records?.results(bulkChangeId)) ?? [])
  }

  async #run(running: Running): Promise<void> {
    try {
      for await (const thingName of namesOf(this.#parts.things, running.bulkChange.request.targets)) {
        if (running.isCancelled || this.#isClosed) break
        if (running.results.size >= MAX_TARGETS) {
          throw new Error(`A bulk change takes at most ${MAX_TARGETS} things: choose fewer.`)
        }
        this.#setResult(running, { thingName, outcome: 'waiting' })
      }
    } catch (error) {
      this.#end(running, 'failed', (error as Error).message)
      return
    }
    const { confirmedCount = running.results.size } = running.bulkChange.request
    if (confirmedCount !== running.results.size) {
      this.#end(
        running,
        'failed',
        `${confirmedCount} things were agreed to, and ${running.results.size} are meant now: nothing was begun.`,
      )
      return
    }
    this.#count(running, 'running')
    const pace = this.#paceOf(running.bulkChange.request)
    const queue = running.results.keys().toArray().values()
    await Promise.all(Array.from({ length: CONCURRENCY }, () => this.#work(running, queue, pace)))
    this.#end(running, this.#isClosed ? 'interrupted' : running.isCancelled ? 'cancelled' : 'done')
  }

  /** Once it is closed nobody's turn comes any more: what is then recorded as waiting is not written after all. */
  #paceOf({ requestsPerSecond = DEFAULT_PER_SECOND }: BulkChangeRequest): Turns {
    const pace = new Pace(this.#parts.clock, requestsPerSecond)
    return {
      holdMs: (delayMs) => pace.holdMs(delayMs),
      turn: async () => {
        await pace.turn()
        if (this.#isClosed) await new Promise<never>(() => {})
      },
    }
  }

  async #work(running: Running, queue: Iterator<string>, pace: Turns): Promise<void> {
    const { bulkChange, starter } = running
    for (let next = queue.next(); !next.done; next = queue.next()) {
      if (this.#isClosed) return
      const thingName = next.value
      if (running.isCancelled) {
        this.#setResult(running, { thingName, outcome: 'cancelled' })
        continue
      }
      const result = await changeOne(this.#parts.shadows, pace, thingName, bulkChange.request)
      this.#setResult(running, result)
      this.#count(running, 'running')
      const isWrite = result.outcome === 'changed' || (result.outcome === 'failed' && !bulkChange.request.dryRun)
      if (isWrite)
        await this.#parts.onWrite({
          bulkChangeId: bulkChange.bulkChangeId,
          starter,
          request: bulkChange.request,
          result,
        })
    }
  }

  #setResult(running: Running, result: BulkChangeResult): void {
    running.results.set(result.thingName, result)
    running.unsaved.add(result.thingName)
  }

  #count(running: Running, state: BulkChange['state']): void {
    const counts: Record<string, number> = {}
    for (const { outcome } of running.results.values()) counts[outcome] = (counts[outcome] ?? 0) + 1
    running.bulkChange = { ...running.bulkChange, state, counts, total: running.results.size }
  }

  #end(running: Running, state: 'done' | 'cancelled' | 'failed' | 'interrupted', failure?: string): void {
    this.#count(running, state)
    running.bulkChange = { ...running.bulkChange, endedAt: this.#now(), ...(failure === undefined ? {} : { failure }) }
  }

  /** Until the end of the bulk change is recorded, too. */
  #saveAgainLater(running: Running): void {
    if (!this.#parts.records) return
    this.#parts.clock.after(SAVE_EVERY_MS, async () => {
      if (this.#isClosed) return
      const isEnded = running.bulkChange.endedAt !== undefined
      if (!(await this.#save(running)) || !isEnded) this.#saveAgainLater(running)
    })
  }

  /** @returns whether it was saved */
  async #save(running: Running): Promise<boolean> {
    const { bulkChange, results, unsaved } = running
    const saving = [...unsaved].flatMap((thingName) => results.get(thingName) ?? [])
    unsaved.clear()
    try {
      const saved = await this.#parts.records?.save(bulkChange, saving)
      if (saved?.isCancelWanted) running.isCancelled = true
      return true
    } catch (error) {
      for (const { thingName } of saving) unsaved.add(thingName)
      this.#parts.onUnsaved(error, bulkChange.bulkChangeId)
      return false
    }
  }

  #forgetOldest(): void {
    const ended = [...this.#bulkChanges.values()].filter(({ bulkChange }) => bulkChange.endedAt !== undefined)
    for (const { bulkChange } of ended.slice(0, Math.max(0, this.#bulkChanges.size - MAX_BULK_CHANGES)))
      this.#bulkChanges.delete(bulkChange.bulkChangeId)
  }

  #now(): string {
    return new Date(this.#parts.clock.nowMs()).toISOString()
  }
}
