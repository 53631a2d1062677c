import type { BulkChange, BulkChangeResult } from '@thingdeck/contract'
import { ALIVE_MS, type BulkChangeRecords } from './bulk-change-records.ts'
import type { Redis } from './redis.ts'

/** How many bulk changes are kept, and for how long. */
const MAX_BULK_CHANGES = 50
const KEEP_SECONDS = 30 * 24 * 60 * 60

interface Saved {
  readonly bulkChange: BulkChange
  readonly savedAt: string
}

/** Bulk changes in Redis: the bulk change, its results by thing, a sign of life that expires, and a wish to cancel. */
export class RedisBulkChangeRecords implements BulkChangeRecords {
  readonly #redis: Redis
  readonly #index: string

  constructor(redis: Redis) {
    this.#redis = redis
    this.#index = redis.key('bulk-changes')
  }

  #keys(bulkChangeId: string) {
    const key = (what: string) => this.#redis.key('bulk-change', bulkChangeId, what)
    return { bulkChange: key('bulk-change'), results: key('results'), alive: key('alive'), cancel: key('cancel') }
  }

  async save(bulkChange: BulkChange, changed: readonly BulkChangeResult[]) {
    const keys = this.#keys(bulkChange.bulkChangeId)
    const saved: Saved = { bulkChange, savedAt: new Date().toISOString() }
    const added = await this.#redis.ask(async (client) => {
      const write = client.multi()
      write.set(keys.bulkChange, JSON.stringify(saved), { expiration: { type: 'EX', value: KEEP_SECONDS } })
      if (changed.length > 0) {
        const results = changed.map((result): [string, string] => [result.thingName, JSON.stringify(result)])
        write.hSet(keys.results, new Map(results)).expire(keys.results, KEEP_SECONDS)
      }
      if (bulkChange.endedAt === undefined) write.set(keys.alive, '1', { expiration: { type: 'PX', value: ALIVE_MS } })
      else write.del([keys.alive, keys.cancel])
      await write.exec()
      return client.zAdd(this.#index, { score: Date.parse(bulkChange.startedAt), value: bulkChange.bulkChangeId })
    })
    if (added === 1) await this.#forgetOldest()
    const isCancelWanted = await this.#redis.ask((client) => client.exists(keys.cancel))
    return { isCancelWanted: isCancelWanted === 1 }
  }

  async #forgetOldest(): Promise<void> {
    await this.#redis.ask(async (client) => {
      const oldest = await client.zRange(this.#index, 0, -(MAX_BULK_CHANGES + 1))
      if (oldest.length === 0) return
      await client.del(oldest.flatMap((bulkChangeId) => Object.values(this.#keys(bulkChangeId))))
      await client.zRem(this.#index, oldest)
    })
  }

  async find(bulkChangeId: string): Promise<BulkChange | undefined> {
    const keys = this.#keys(bulkChangeId)
    const [text, isAlive] = await this.#redis.ask((client) =>
      Promise.all([client.get(keys.bulkChange), client.exists(keys.alive)]),
    )
    if (text === null) return undefined
    const { bulkChange, savedAt } = JSON.parse(text) as Saved
    if (bulkChange.endedAt !== undefined || isAlive === 1) return bulkChange
    return { ...bulkChange, state: 'interrupted', endedAt: savedAt }
  }

  async list(): Promise<BulkChange[]> {
    const ids = await this.#redis.ask((client) => client.zRange(this.#index, 0, -1, { REV: true }))
    const bulkChanges = await Promise.all(ids.map((bulkChangeId) => this.find(bulkChangeId)))
    return bulkChanges.filter((bulkChange) => bulkChange !== undefined)
  }

  async results(bulkChangeId: string): Promise<BulkChangeResult[]> {
    const results = await this.#redis.ask((client) => client.hVals(this.#keys(bulkChangeId).results))
    return results
      .map((text) => JSON.parse(text) as BulkChangeResult)
      .sort((one, other) => (one.thingName < other.thingName ? -1 : 1))
  }

  async wantCancel(bulkChangeId: string): Promise<void> {
    const expiration = { type: 'PX', value: ALIVE_MS } as const
    await this.#redis.ask((client) => client.set(this.#keys(bulkChangeId).cancel, '1', { expiration }))
  }
}
