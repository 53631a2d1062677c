import type { ShadowJob, ShadowJobResult } from '@thingdeck/contract'
import type { Redis } from '../../state/redis.ts'
import { ALIVE_MS, type ShadowJobRecords } from './job-records.ts'

/** How many jobs are kept, and for how long. */
const MAX_JOBS = 50
const KEEP_SECONDS = 30 * 24 * 60 * 60

interface Saved {
  readonly job: ShadowJob
  readonly savedAt: string
}

/** Jobs in Redis: the job, its results by thing, a sign of life that expires, and a wish to cancel. */
export class RedisJobRecords implements ShadowJobRecords {
  readonly #redis: Redis
  readonly #index: string

  constructor(redis: Redis) {
    this.#redis = redis
    this.#index = redis.key('shadow-jobs')
  }

  #keys(jobId: string) {
    const key = (what: string) => this.#redis.key('shadow-job', jobId, what)
    return { job: key('job'), results: key('results'), alive: key('alive'), cancel: key('cancel') }
  }

  async save(job: ShadowJob, changed: readonly ShadowJobResult[]) {
    const keys = this.#keys(job.jobId)
    const saved: Saved = { job, savedAt: new Date().toISOString() }
    const added = await this.#redis.ask(async (client) => {
      const write = client.multi()
      write.set(keys.job, JSON.stringify(saved), { expiration: { type: 'EX', value: KEEP_SECONDS } })
      if (changed.length > 0) {
        const results = changed.map((result): [string, string] => [result.thingName, JSON.stringify(result)])
        write.hSet(keys.results, new Map(results)).expire(keys.results, KEEP_SECONDS)
      }
      if (job.endedAt === undefined) write.set(keys.alive, '1', { expiration: { type: 'PX', value: ALIVE_MS } })
      else write.del([keys.alive, keys.cancel])
      await write.exec()
      return client.zAdd(this.#index, { score: Date.parse(job.startedAt), value: job.jobId })
    })
    if (added === 1) await this.#forgetOldest()
    const isCancelWanted = await this.#redis.ask((client) => client.exists(keys.cancel))
    return { isCancelWanted: isCancelWanted === 1 }
  }

  async #forgetOldest(): Promise<void> {
    await this.#redis.ask(async (client) => {
      const oldest = await client.zRange(this.#index, 0, -(MAX_JOBS + 1))
      if (oldest.length === 0) return
      await client.del(oldest.flatMap((jobId) => Object.values(this.#keys(jobId))))
      await client.zRem(this.#index, oldest)
    })
  }

  async find(jobId: string): Promise<ShadowJob | undefined> {
    const keys = this.#keys(jobId)
    const [text, isAlive] = await this.#redis.ask((client) =>
      Promise.all([client.get(keys.job), client.exists(keys.alive)]),
    )
    if (text === null) return undefined
    const { job, savedAt } = JSON.parse(text) as Saved
    if (job.endedAt !== undefined || isAlive === 1) return job
    return { ...job, state: 'interrupted', endedAt: savedAt }
  }

  async list(): Promise<ShadowJob[]> {
    const ids = await this.#redis.ask((client) => client.zRange(this.#index, 0, -1, { REV: true }))
    const jobs = await Promise.all(ids.map((jobId) => this.find(jobId)))
    return jobs.filter((job) => job !== undefined)
  }

  async results(jobId: string): Promise<ShadowJobResult[]> {
    const results = await this.#redis.ask((client) => client.hVals(this.#keys(jobId).results))
    return results
      .map((text) => JSON.parse(text) as ShadowJobResult)
      .sort((one, other) => (one.thingName < other.thingName ? -1 : 1))
  }

  async wantCancel(jobId: string): Promise<void> {
    const expiration = { type: 'PX', value: ALIVE_MS } as const
    await this.#redis.ask((client) => client.set(this.#keys(jobId).cancel, '1', { expiration }))
  }
}
