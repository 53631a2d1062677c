import { expect, onTestFinished, test } from 'vitest'
import { OwnTokenBuckets, type TokenBuckets } from '../src/aws/calls/token-buckets.ts'
import { SYSTEM_CLOCK } from '../src/clock.ts'
import { RedisTokenBuckets } from '../src/stores/redis-token-buckets.ts'
import { connectedRedis, startRedis } from './redis.ts'

const logger = { error() {}, info() {} }

/** How many tokens there are at once, and how long it is until there is one more. */
async function emptied(buckets: readonly TokenBuckets[], name: string, leaves = 0) {
  for (let taken = 0; ; taken++) {
    // So slow that none comes while one looks.
    const waitMs = await buckets[taken % buckets.length]?.take({ name, perSecond: 0.01, leaves })
    if (waitMs !== 0) return { taken, waitMs: waitMs ?? 0 }
  }
}

test('consoles that share a Redis take from the same buckets, and each from its own while it is away', async () => {
  const server = await startRedis()
  onTestFinished(() => server.stop())
  const open = async (account: string) => {
    const redis = await connectedRedis({ url: server.url, account, region: 'eu-central-1', logger })
    onTestFinished(() => redis.close())
    return redis
  }
  const [one, two, elsewhere] = [await open('123456789012'), await open('123456789012'), await open('210987654321')]
  const [ofOne, ofTwo, ofElsewhere] = [one, two, elsewhere].map((redis) => new RedisTokenBuckets(redis, SYSTEM_CLOCK))
  if (!ofOne || !ofTwo || !ofElsewhere) throw new Error('There are three')
  const { taken, waitMs } = await emptied([ofOne, ofTwo], 'IoT:ListThings')
  expect(taken).toBe(1)
  expect(waitMs).toBeGreaterThan(90_000)
  expect(waitMs).toBeLessThanOrEqual(100_000)
  expect((await emptied([ofOne, ofTwo], 'IoT:ListPolicies')).taken).toBe(1)
  expect((await emptied([ofElsewhere], 'IoT:ListThings')).taken).toBe(1)
  await server.stop()
  expect((await emptied([ofOne], 'IoT:ListThings')).taken).toBe(1)
  expect((await emptied([ofTwo], 'IoT:ListThings')).taken).toBe(1)
})

test('a bucket holds the tokens of one second, and background work leaves half of them', () => {
  const buckets = new OwnTokenBuckets({ nowMs: () => 5_000, after() {} })
  const take = (leaves: number) => buckets.take({ name: 'a', perSecond: 10, leaves })
  for (let taken = 0; taken < 5; taken++) expect(take(0.5)).toBe(0)
  expect(take(0.5)).toBe(100)
  for (let taken = 0; taken < 5; taken++) expect(take(0)).toBe(0)
  expect(take(0)).toBe(100)
})
