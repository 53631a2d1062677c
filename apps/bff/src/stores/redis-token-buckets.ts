import { OwnTokenBuckets, shapeOf, type Take, type TokenBuckets } from '../aws/calls/token-buckets.ts'
import type { Clock } from '../clock.ts'
import { Problem } from '../problem.ts'
import type { Redis } from './redis.ts'

/**
 * By the clock of Redis, in microseconds: that of consoles may differ. When a bucket is full its key has ended.
 * KEYS: bucket. ARGV: time between two tokens, how far ahead one may be.
 */
const TAKE = `
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local full = math.max(tonumber(redis.call('GET', KEYS[1]) or '0'), now)
local wait = full - now - tonumber(ARGV[2])
if wait > 0 then return math.ceil(wait) end
full = full + tonumber(ARGV[1])
redis.call('SET', KEYS[1], string.format('%.0f', full), 'PX', math.ceil((full - now) / 1000))
return 0
`

/** Buckets that all consoles take from. While Redis does not answer, each console has its own. */
export class RedisTokenBuckets implements TokenBuckets {
  readonly #redis: Redis
  readonly #own: OwnTokenBuckets

  constructor(redis: Redis, clock: Clock) {
    this.#redis = redis
    this.#own = new OwnTokenBuckets(clock)
  }

  async take(take: Take): Promise<number> {
    const { everyMs, aheadMs } = shapeOf(take)
    const keys = [this.#redis.key('api-rate', take.name)]
    const args = [everyMs, aheadMs].map((ms) => String(Math.round(ms * 1_000)))
    try {
      const waitMicros = await this.#redis.ask((client) => client.eval(TAKE, { keys, arguments: args }))
      return Number(waitMicros) / 1_000
    } catch (error) {
      if (error instanceof Problem) return this.#own.take(take)
      throw error
    }
  }
}
