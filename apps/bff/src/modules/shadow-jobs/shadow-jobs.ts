import type {
  ShadowJob,
  ShadowJobOutcome,
  ShadowJobPreview,
  ShadowJobRequest,
  ShadowJobResult,
  ShadowJobResults,
  ShadowJobTargets,
} from '@thingdeck/contract'
import type { Person } from '../../person.ts'
import type { Shadows } from '../shadows/shadows.ts'
import type { Things } from '../things/things.ts'
import { changeOne } from './change-one.ts'
import { SAVE_EVERY_MS, type ShadowJobRecords } from './job-records.ts'
import { type Clock, Pace } from './pace.ts'
import { MAX_TARGETS, namesOf } from './targets.ts'

/** Who started a job, and by which request. */
export interface JobStarter {
  readonly person: Person
  readonly requestId: string
}

/** What a job wrote, or tried to write, for the audit trail. */
export interface ShadowJobWrite {
  readonly jobId: string
  readonly starter: JobStarter
  readonly request: ShadowJobRequest
  readonly result: ShadowJobResult
}

export interface ShadowJobParts {
  readonly things: Pick<Things, 'list' | 'listInGroup'>
  readonly shadows: Pick<Shadows, 'get' | 'update'>
  readonly clock: Clock
  readonly newId: () => string
  /** The job goes on when it is settled. */
  readonly onWrite: (write: ShadowJobWrite) => Promise<void>
  /** Where other consoles find the jobs of this one; undefined: nowhere. */
  readonly records?: ShadowJobRecords | undefined
  /** Told that the records could not be saved; they will be tried again as long as this process lives. */
  readonly onUnsaved: (error: unknown, jobId: string) => void
}

const MAX_JOBS = 50
const SAMPLE = 20
/** Requests under way at once; AWS's answers take some tens of milliseconds. */
const CONCURRENCY = 4
const DEFAULT_PER_SECOND = 10
/** How long the end of the process waits for the requests that are under way. */
const CLOSE_MS = 2_000

interface Running {
  job: ShadowJob
  readonly starter: JobStarter
  readonly results: Map<string, ShadowJobResult>
  /** Things whose results are other than in the records. */
  readonly unsaved: Set<string>
  isCancelled: boolean
  done: Promise<void>
}

interface ResultPage {
  readonly outcome?: ShadowJobOutcome | undefined
  readonly offset: number
  readonly limit: number
}

/**
 * Changes of one key on many things. They run here and not in the page, so that they go on when it is left; they end
 * with the process: what was not changed by then is simply not changed. Other consoles know of them by the records.
 */
export class ShadowJobs {
  readonly #parts: ShadowJobParts
  readonly #jobs = new Map<string, Running>()
  #isClosed = false

  constructor(parts: ShadowJobParts) {
    this.#parts = parts
  }

  async preview(targets: ShadowJobTargets): Promise<ShadowJobPreview> {
    const sample: string[] = []
    let count = 0
    for await (const name of namesOf(this.#parts.things, targets)) {
      count += 1
      if (sample.length < SAMPLE) sample.push(name)
      if (count > MAX_TARGETS) return { count: MAX_TARGETS, isAtLeast: true, sample }
    }
    return { count, isAtLeast: false, sample }
  }

  /** @throws {Problem} STORE_UNAVAILABLE when it cannot be recorded: nothing was begun then */
  async start(request: ShadowJobRequest, starter: JobStarter): Promise<ShadowJob> {
    const running: Running = {
      job: {
        jobId: this.#parts.newId(),
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
    await this.#parts.records?.save(running.job, [])
    const { job } = running
    this.#jobs.set(job.jobId, running)
    this.#forgetOldest()
    running.done = this.#run(running)
    this.#saveAgainLater(running)
    return job
  }

  /** The things that failed, were cancelled or never had their turn, once more, as a job of its own. */
  async retry(jobId: string, starter: JobStarter): Promise<ShadowJob | undefined> {
    const job = await this.find(jobId)
    if (job?.endedAt === undefined) return undefined
    const isInterrupted = job.state === 'interrupted'
    // Nobody knows yet which things were meant.
    if (isInterrupted && job.total === 0) return this.start(job.request, starter)
    const thingNames = (await this.#resultsOf(jobId))
      .filter(
        ({ outcome }) => outcome === 'failed' || outcome === 'cancelled' || (isInterrupted && outcome === 'waiting'),
      )
      .map(({ thingName }) => thingName)
    if (thingNames.length === 0) return undefined
    return this.start({ ...job.request, targets: { thingNames } }, starter)
  }

  /** What is under way is finished; nothing more begins. */
  async cancel(jobId: string): Promise<ShadowJob | undefined> {
    const running = this.#jobs.get(jobId)
    if (running) running.isCancelled = true
    const job = await this.find(jobId)
    if (!running && job && job.endedAt === undefined) await this.#parts.records?.wantCancel(jobId)
    return job
  }

  async find(jobId: string): Promise<ShadowJob | undefined> {
    return this.#jobs.get(jobId)?.job ?? (await this.#parts.records?.find(jobId))
  }

  /** Newest first. */
  async list(): Promise<ShadowJob[]> {
    const own = [...this.#jobs.values()].map(({ job }) => job).reverse()
    const known = (await this.#parts.records?.list()) ?? []
    const others = known.filter(({ jobId }) => !this.#jobs.has(jobId))
    return [...own, ...others].sort((one, other) => Date.parse(other.startedAt) - Date.parse(one.startedAt))
  }

  async results(jobId: string, page: ResultPage): Promise<ShadowJobResults | undefined> {
    if (!(await this.find(jobId))) return undefined
    const all = (await this.#resultsOf(jobId)).filter(({ outcome }) => (page.outcome ?? outcome) === outcome)
    return { results: all.slice(page.offset, page.offset + page.limit), total: all.length }
  }

  /** Begins nothing more, waits a moment for what is under way, and records what was not done. */
  async close(): Promise<void> {
    this.#isClosed = true
    const open = [...this.#jobs.values()].filter(({ job }) => job.endedAt === undefined)
    const late = Promise.withResolvers<void>()
    this.#parts.clock.after(CLOSE_MS, late.resolve)
    await Promise.race([Promise.all(open.map(({ done }) => done)), late.promise])
    for (const running of open) {
      if (running.job.endedAt === undefined) this.#end(running, 'interrupted')
      await this.#save(running)
    }
  }

  async #resultsOf(jobId: string): Promise<ShadowJobResult[]> {
    const running = this.#jobs.get(jobId)
    return running ? [...running.results.values()] : ((await this.#parts.records?.results(jobId)) ?? [])
  }

  async #run(running: Running): Promise<void> {
    try {
      for await (const thingName of namesOf(this.#parts.things, running.job.request.targets)) {
        if (running.isCancelled || this.#isClosed) break
        if (running.results.size >= MAX_TARGETS) {
          throw new Error(`A job takes at most ${MAX_TARGETS} things: choose fewer.`)
        }
        this.#setResult(running, { thingName, outcome: 'waiting' })
      }
    } catch (error) {
      this.#end(running, 'failed', (error as Error).message)
      return
    }
    this.#count(running, 'running')
    const pace = new Pace(this.#parts.clock, running.job.request.requestsPerSecond ?? DEFAULT_PER_SECOND)
    const queue = running.results.keys().toArray().values()
    await Promise.all(Array.from({ length: CONCURRENCY }, () => this.#work(running, queue, pace)))
    this.#end(running, this.#isClosed ? 'interrupted' : running.isCancelled ? 'cancelled' : 'done')
  }

  async #work(running: Running, queue: Iterator<string>, pace: Pace): Promise<void> {
    const { job, starter } = running
    for (let next = queue.next(); !next.done; next = queue.next()) {
      if (this.#isClosed) return
      const thingName = next.value
      if (running.isCancelled) {
        this.#setResult(running, { thingName, outcome: 'cancelled' })
        continue
      }
      const result = await changeOne(this.#parts.shadows, pace, thingName, job.request)
      this.#setResult(running, result)
      this.#count(running, 'running')
      const isWrite = result.outcome === 'changed' || (result.outcome === 'failed' && !job.request.dryRun)
      if (isWrite) await this.#parts.onWrite({ jobId: job.jobId, starter, request: job.request, result })
    }
  }

  #setResult(running: Running, result: ShadowJobResult): void {
    running.results.set(result.thingName, result)
    running.unsaved.add(result.thingName)
  }

  #count(running: Running, state: ShadowJob['state']): void {
    const counts: Record<string, number> = {}
    for (const { outcome } of running.results.values()) counts[outcome] = (counts[outcome] ?? 0) + 1
    running.job = { ...running.job, state, counts, total: running.results.size }
  }

  #end(running: Running, state: 'done' | 'cancelled' | 'failed' | 'interrupted', failure?: string): void {
    this.#count(running, state)
    running.job = { ...running.job, endedAt: this.#now(), ...(failure === undefined ? {} : { failure }) }
  }

  /** Until the end of the job is recorded, too. */
  #saveAgainLater(running: Running): void {
    if (!this.#parts.records) return
    this.#parts.clock.after(SAVE_EVERY_MS, async () => {
      if (this.#isClosed) return
      const isEnded = running.job.endedAt !== undefined
      if (!(await this.#save(running)) || !isEnded) this.#saveAgainLater(running)
    })
  }

  /** @returns whether it was saved */
  async #save(running: Running): Promise<boolean> {
    const { job, results, unsaved } = running
    const saving = [...unsaved].flatMap((thingName) => results.get(thingName) ?? [])
    unsaved.clear()
    try {
      const saved = await this.#parts.records?.save(job, saving)
      if (saved?.isCancelWanted) running.isCancelled = true
      return true
    } catch (error) {
      for (const { thingName } of saving) unsaved.add(thingName)
      this.#parts.onUnsaved(error, job.jobId)
      return false
    }
  }

  #forgetOldest(): void {
    const ended = [...this.#jobs.values()].filter(({ job }) => job.endedAt !== undefined)
    for (const { job } of ended.slice(0, Math.max(0, this.#jobs.size - MAX_JOBS))) this.#jobs.delete(job.jobId)
  }

  #now(): string {
    return new Date(this.#parts.clock.nowMs()).toISOString()
  }
}
