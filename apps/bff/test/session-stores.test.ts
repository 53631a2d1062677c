import { createClient } from '@redis/client'
import type { Session } from 'fastify'
import pino from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { IDLE_MS, MOST_SESSIONS, MOST_SESSIONS_OF_PERSON, SESSION_MS } from '../src/session-life.ts'
import { MemorySessionStore } from '../src/stores/memory-session-store.ts'
import type { Redis } from '../src/stores/redis.ts'
import { RedisSessionStore } from '../src/stores/redis-session-store.ts'
import { type SessionStore, sessionName } from '../src/stores/session-store.ts'
import { connectedRedis, startRedis, type TestRedis } from './redis.ts'

let server: TestRedis
let redis: Redis
beforeAll(async () => {
  server = await startRedis()
  redis = await connectedRedis({ url: server.url, account: '1', region: 'r', logger: pino({ level: 'silent' }) })
})
afterAll(async () => {
  await redis.close()
  await server[Symbol.asyncDispose]()
})

const cookie = { originalMaxAge: SESSION_MS }

/** The store's calls as promises. */
const calls = (store: SessionStore, nowMs: () => number) => ({
  set: (sessionId: string, session: Session) =>
    new Promise<void>((resolve, reject) => {
      store.set(sessionId, session, (error?: unknown) => (error ? reject(error) : resolve()))
    }),
  signIn(sessionId: string, personId: string) {
    const person = { id: personId, name: personId, role: 'viewer' } as const
    return this.set(sessionId, { cookie, person, signedInAtMs: nowMs() } as Session) // its data, without its methods
  },
  has: (sessionId: string) =>
    new Promise<boolean>((resolve, reject) => {
      store.get(sessionId, (error: unknown, session?: Session | null) =>
        error ? reject(error) : resolve(session !== null && session !== undefined),
      )
    }),
  destroy: (sessionId: string) =>
    new Promise<void>((resolve, reject) => {
      store.destroy(sessionId, (error?: unknown) => (error ? reject(error) : resolve()))
    }),
})

describe.each([
  ['memory', () => new MemorySessionStore({ nowMs: () => Date.now() })],
  ['Redis', () => new RedisSessionStore(redis, 'x'.repeat(32))],
])('sessions in %s', (_name, create) => {
  let sinceMs = Date.now() - 60_000
  /** Each sign-in is a millisecond after the one before: of one millisecond, Redis has them in no order. */
  const later = () => {
    sinceMs += 1
    return sinceMs
  }
  const open = () => calls(create(), later)

  test('that were ended are not brought back by a request that began before', async () => {
    const store = open()
    await store.signIn('slow', 'ada')
    await store.destroy('slow')
    await store.signIn('slow', 'ada') // as the slow request saves it
    expect(await store.has('slow')).toBe(false)
  })

  test('are there until they are ended', async () => {
    const store = open()
    await store.signIn('s', 'vera')
    expect(await store.has('s')).toBe(true)
    await store.destroy('s')
    expect(await store.has('s')).toBe(false)
  })

  test('are told to their person by names, and ended by them, which looking at them is no use of', async () => {
    const store = create()
    const opened = calls(store, later)
    for (const id of ['told-1', 'told-2']) await opened.signIn(id, 'told')
    await opened.signIn('of-other', 'other')
    const told = await store.listOf('told')
    expect(told.map(({ name, session }) => [name, session.person?.name])).toEqual([
      [sessionName('told-1'), 'told'],
      [sessionName('told-2'), 'told'],
    ])
    for (const { seenAtMs = 0 } of told) expect(Math.abs(seenAtMs - Date.now())).toBeLessThan(60_000)
    expect(await store.endOf('told', sessionName('of-other'))).toBe(false)
    expect(await store.endOf('told', sessionName('told-1'))).toBe(true)
    expect(await store.endOf('told', sessionName('told-1'))).toBe(false)
    expect([await opened.has('told-1'), await opened.has('told-2'), await opened.has('of-other')]).toEqual([
      false,
      true,
      true,
    ])
    for (const id of ['told-2', 'of-other']) await opened.destroy(id) // the next tests count those that are left
  })

  test('are so many of one person: the oldest goes, and nobody else', async () => {
    const store = open()
    await store.signIn('of-vera', 'vera')
    for (let n = 0; n <= MOST_SESSIONS_OF_PERSON; n += 1) await store.signIn(`ada-${n}`, 'ada')
    expect([await store.has('ada-0'), await store.has('ada-1'), await store.has('of-vera')]).toEqual([
      false,
      true,
      true,
    ])
  })

  test('that were ended count no more', async () => {
    const store = open()
    await store.signIn('grace-stays', 'grace')
    for (let n = 0; n <= MOST_SESSIONS_OF_PERSON; n += 1) {
      await store.signIn(`grace-${n}`, 'grace')
      await store.destroy(`grace-${n}`)
    }
    expect(await store.has('grace-stays')).toBe(true)
  })

  test('are so many of all people', async () => {
    const store = open()
    await store.signIn('first', 'first')
    for (let n = 0; n < MOST_SESSIONS; n += 1) await store.signIn(`s-${n}`, `p-${n}`)
    expect([await store.has('first'), await store.has('s-0')]).toEqual([false, true])
  })

  test('are of somebody, or are not kept', async () => {
    const store = open()
    await store.set('nobody', { cookie } as Session) // its data, without its methods
    expect(await store.has('nobody')).toBe(false)
  })
})

test('what has ended in memory is let go', async () => {
  let nowMs = 0
  const kept = new MemorySessionStore({ nowMs: () => nowMs })
  const store = calls(kept, () => nowMs)
  for (let n = 0; n < 100; n += 1) await store.signIn(`s-${n}`, `p-${n}`)
  nowMs += IDLE_MS
  await store.signIn('another', 'vera')
  expect(kept.size.sessions).toBe(1)
})

test('a session in Redis ends when nothing was heard of it, and when its working day is over', async () => {
  const store = calls(new RedisSessionStore(redis, 'x'.repeat(32)), () => Date.now() - SESSION_MS + IDLE_MS / 2)
  const client = await createClient({ url: server.url }).connect()
  try {
    await client.flushAll()
    await calls(new RedisSessionStore(redis, 'x'.repeat(32)), () => Date.now()).signIn('new', 'vera')
    const [fresh = ''] = await client.keys('thingdeck:*:session:*')
    expect(await client.pTTL(fresh)).toBeLessThanOrEqual(IDLE_MS)
    await client.pExpire(fresh, IDLE_MS / 2)
    expect(await store.has('new')).toBe(true)
    expect(await client.pTTL(fresh)).toBeGreaterThan(IDLE_MS / 2) // it was seen

    await client.flushAll()
    await store.signIn('old', 'vera')
    const [old = ''] = await client.keys('thingdeck:*:session:*')
    expect(await client.pTTL(old)).toBeLessThanOrEqual(IDLE_MS / 2)
  } finally {
    client.destroy()
  }
})

test('who reads the Redis reads neither tokens nor cookies, and what they change there is no session', async () => {
  const store = calls(new RedisSessionStore(redis, 'x'.repeat(32)), () => Date.now())
  const client = await createClient({ url: server.url }).connect()
  try {
    await client.flushAll()
    const session = {
      cookie,
      person: { id: 'vera', name: 'Vera', role: 'viewer' },
      signedInAtMs: Date.now(),
      tokens: { idToken: 'an-id-token', refreshToken: 'a-refresh-token', idTokenExpiresAtMs: 0 },
    }
    for (const id of ['cookie-of-vera', 'another-cookie']) await store.set(id, session as Session) // without its methods
    const keys = await client.keys('*:session:*')
    expect(keys).toHaveLength(2)
    const values = await Promise.all(keys.map((key) => client.get(key)))
    const readable = JSON.stringify([await client.keys('*'), values])
    for (const secret of ['cookie-of-vera', 'an-id-token', 'a-refresh-token']) expect(readable).not.toContain(secret)

    // What was sealed for one place opens in no other.
    const [one = '', other = ''] = keys
    await client.set(one, (await client.get(other)) ?? '', { KEEPTTL: true })
    const found = await Promise.allSettled(['cookie-of-vera', 'another-cookie'].map((id) => store.has(id)))
    expect(found.filter((each) => each.status === 'fulfilled' && each.value)).toHaveLength(1)
  } finally {
    client.destroy()
  }
})
