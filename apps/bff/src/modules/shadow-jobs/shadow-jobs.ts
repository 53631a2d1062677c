import type {
  ShadowJob,
  ShadowJobOutcome,
  ShadowJobPreview,
  ShadowJobRequest,
  ShadowJobResult,
  ShadowJobResults,
  ShadowJobTargets,
} from '@thingdeck/contract'
import type { Shadows } from '../shadows/shadows.ts'
import type { Things } from '../things/things.ts'
import { changeOne } from './change-one.ts'
import { type Clock, Pace } from './pace.ts'
import { MAX_TARGETS, namesOf } from './targets.ts'

/** What a job wrote, for the audit trail. */
export interface ShadowJobWrite {
  readonly jobId: string
  readonly startedBy: string
  readonly request: ShadowJobRequest
  readonly result: ShadowJobResult
}

export interface ShadowJobParts {
  readonly things: Pick<Things, 'list' | 'listInGroup'>
  readonly shadows: Pick<Shadows, 'get' | 'update'>
  readonly clock: Clock
  readonly newId: () => string
  readonly onWrite: (write: ShadowJobWrite) => void
}

const MAX_JOBS = 50
const SAMPLE = 20
/** Requests under way at once; AWS's answers take some tens of milliseconds. */
const CONCURRENCY = 4
const DEFAULT_PER_SECOND = 10

interface Running {
  job: ShadowJob
  readonly results: Map<string, ShadowJobResult>
  isCancelled: boolean
}

/**
 * Changes of one key on many things. They run here and not in the page, so that they go on when it is left; they are
 * kept in memory, so that they end with the process: what was not changed by then is simply not changed.
 */
export class ShadowJobs {
  readonly #parts: ShadowJobParts
  readonly #jobs = new Map<string, Running>()

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

  start(request: ShadowJobRequest, startedBy: string): ShadowJob {
    const running: Running = {
      job: {
        jobId: this.#parts.newId(),
        request,
        startedBy,
        startedAt: this.#now(),
        state: 'finding-things',
        total: 0,
        counts: {},
      },
      results: new Map(),
      isCancelled: false,
    }
    this.#jobs.set(running.job.jobId, running)
    this.#forgetOldest()
    void this.#run(running)
    return running.job
  }

  /** The things that failed, were cancelled or never had their turn, once more, as a job of its own. */
  retry(jobId: string, startedBy: string): ShadowJob | undefined {
    const running = this.#jobs.get(jobId)
    if (!running || running.job.endedAt === undefined) return undefined
    const thingNames = [...running.results.values()]
      .filter(({ outcome }) => outcome === 'failed' || outcome === 'cancelled')
      .map(({ thingName }) => thingName)
    if (thingNames.length === 0) return undefined
    return this.start({ ...running.job.request, targets: { thingNames } }, startedBy)
  }

  /** What is under way is finished; nothing more begins. */
  cancel(jobId: string): ShadowJob | undefined {
    const running = this.#jobs.get(jobId)
    if (running) running.isCancelled = true
    return running?.job
  }

  find(jobId: string): ShadowJob | undefined {
    return this.#jobs.get(jobId)?.job
  }

  /** Newest first. */
  list(): ShadowJob[] {
    return [...this.#jobs.values()].map(({ job }) => job).reverse()
  }

  results(
    jobId: string,
    page: { readonly outcome?: ShadowJobOutcome | undefined; readonly offset: number; readonly limit: number },
  ): ShadowJobResults | undefined {
    const running = this.#jobs.get(jobId)
    if (!running) return undefined
    const all = [...running.results.values()].filter(({ outcome }) => (page.outcome ?? outcome) === outcome)
    return { results: all.slice(page.offset, page.offset + page.limit), total: all.length }
  }

  async #run(running: Running): Promise<void> {
    try {
      for await (const thingName of namesOf(this.#parts.things, running.job.request.targets)) {
        if (running.isCancelled) break
        if (running.results.size >= MAX_TARGETS) {
          throw new Error(`A job takes at most ${MAX_TARGETS} things: choose fewer.`)
        }
        running.results.set(thingName, { thingName, outcome: 'waiting' })
      }
    } catch (error) {
      this.#end(running, 'failed', (error as Error).message)
      return
    }
    this.#count(running, 'running')
    const pace = new Pace(this.#parts.clock, running.job.request.requestsPerSecond ?? DEFAULT_PER_SECOND)
    const queue = running.results.keys().toArray().values()
    await Promise.all(Array.from({ length: CONCURRENCY }, () => this.#work(running, queue, pace)))
    this.#end(running, running.isCancelled ? 'cancelled' : 'done')
  }

  async #work(running: Running, queue: Iterator<string>, pace: Pace): Promise<void> {
    const { job, results } = running
    for (let next = queue.next(); !next.done; next = queue.next()) {
      const thingName = next.value
      if (running.isCancelled) {
        results.set(thingName, { thingName, outcome: 'cancelled' })
        continue
      }
      const result = await changeOne(this.#parts.shadows, pace, thingName, job.request)
      results.set(thingName, result)
      this.#count(running, 'running')
      if (result.outcome !== 'changed') continue
      this.#parts.onWrite({ jobId: job.jobId, startedBy: job.startedBy, request: job.request, result })
    }
  }

  #count(running: Running, state: ShadowJob['state']): void {
    const counts: Record<string, number> = {}
    for (const { outcome } of running.results.values()) counts[outcome] = (counts[outcome] ?? 0) + 1
    running.job = { ...running.job, state, counts, total: running.results.size }
  }

  #end(running: Running, state: 'done' | 'cancelled' | 'failed', failure?: string): void {
    this.#count(running, state)
    running.job = { ...running.job, endedAt: this.#now(), ...(failure === undefined ? {} : { failure }) }
  }

  #forgetOldest(): void {
    const ended = [...this.#jobs.values()].filter(({ job }) => job.endedAt !== undefined)
    for (const { job } of ended.slice(0, Math.max(0, this.#jobs.size - MAX_JOBS))) this.#jobs.delete(job.jobId)
  }

  #now(): string {
    return new Date(this.#parts.clock.nowMs()).toISOString()
  }
}
