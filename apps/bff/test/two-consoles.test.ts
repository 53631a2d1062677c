import { CreateThingCommand, IoTClient } from '@aws-sdk/client-iot'
import { createClient } from '@redis/client'
import type { AuditPage, BulkChange, BulkChangeList, BulkChangeResults, OwnSession } from '@thingdeck/contract'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type EmbeddedServer, startEmbeddedServer } from '../../../scripts/run/embedded-server.ts'
import { freePort } from '../../../scripts/run/free-port.ts'
import { LEASE_MS } from '../src/modules/bulk-changes/engine/bulk-change-store.ts'
import { type Balancer, startBalancer } from './balancer.ts'
import { Browser, signIn } from './browser.ts'
import { startBff, type TestBff } from './console.ts'
import { startRedis, type TestRedis } from './redis.ts'

const SECRET = 'a secret that two consoles share, long enough'
let redis: TestRedis
let server: EmbeddedServer
let url: string
let ports: readonly [number, number]
let bffs: [TestBff, TestBff]
/** Which of them the balancer sends every request to. */
let turn: 0 | 1 = 0
let balancer: Balancer

const start = (index: 0 | 1) =>
  startBff({
    server,
    port: ports[index],
    publicUrl: url,
    environment: { REDIS_URL: redis.url, SESSION_SECRET: SECRET },
  })

beforeAll(async () => {
  redis = await startRedis()
  const port = await freePort()
  url = `http://localhost:${port}`
  ports = [await freePort(), await freePort()]
  server = await startEmbeddedServer({ consoleUrl: url })
  balancer = await startBalancer(port, () => ports[turn])
  bffs = [await start(0), await start(1)]
  const iot = new IoTClient(server.sdk)
  await iot.send(new CreateThingCommand({ thingName: 'fan-1' }))
})
afterAll(async () => {
  for (const bff of bffs) await bff[Symbol.asyncDispose]()
  await balancer[Symbol.asyncDispose]()
  await server[Symbol.asyncDispose]()
  await redis[Symbol.asyncDispose]()
})

async function signedIn(person: 'vera' | 'ada' | 'grace' = 'ada'): Promise<Browser> {
  const browser = new Browser()
  await signIn(browser, url, person)
  return browser
}
const status = async (browser: Browser, path = '/api/session') => (await browser.fetch(`${url}${path}`)).status
const get = async <Answer>(browser: Browser, path: string) =>
  (await (await browser.fetch(`${url}${path}`)).json()) as Answer
const post = async <Answer>(browser: Browser, path: string, body: object = {}) => {
  const headers = { origin: url, 'content-type': 'application/json' }
  const response = await browser.fetch(`${url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
  return { status: response.status, body: (await response.json()) as Answer }
}
const remove = async (browser: Browser, path: string) =>
  (await browser.fetch(`${url}${path}`, { method: 'DELETE', headers: { origin: url } })).status
const slowBulkChange = {
  targets: { thingNames: Array.from({ length: 40 }, (_, n) => `slow-${n}`) },
  change: { kind: 'shadow', path: ['speed'], valueText: '1', createMissing: true },
  dryRun: false,
  requestsPerSecond: 4,
}
const until = (browser: Browser, bulkChangeId: string, holds: (bulkChange: BulkChange) => boolean) =>
  vi.waitUntil(
    async () => {
      const bulkChange = await get<BulkChange>(browser, `/api/bulk-changes/${bulkChangeId}`)
      return holds(bulkChange) && bulkChange
    },
    { timeout: LEASE_MS + 15_000 },
  )

test('a person who signed in at one is signed in at the other, and signed out at both', async () => {
  turn = 0
  const browser = new Browser()
  await browser.fetch(`${url}/auth/login`)
  await signIn(browser, url, 'ada')
  expect(await status(browser)).toBe(200)
  turn = 1
  expect(await status(browser)).toBe(200)
  expect(await status(browser, '/api/session/mqtt')).toBe(200) // with the tokens, too
  await post(browser, '/auth/logout')
  expect(await status(browser)).toBe(401)
  turn = 0
  expect(await status(browser)).toBe(401)
})

test('a person sees where else they are signed in, and ends it from any of the two', async () => {
  turn = 0
  const [here, there, third, vera] = await Promise.all([
    signedIn('grace'),
    signedIn('grace'),
    signedIn('grace'),
    signedIn('vera'),
  ])
  turn = 1
  const list = async (browser: Browser) => (await get<{ sessions: OwnSession[] }>(browser, '/api/sessions')).sessions
  const own = await list(here)
  expect(own.map(({ isThisOne }) => isThisOne)).toEqual([true, false, false])
  for (const { startedAt, lastUsedAt } of own) {
    expect(Date.parse(startedAt)).toBeLessThanOrEqual(Date.now())
    expect(Date.parse(lastUsedAt ?? '')).toBeLessThanOrEqual(Date.now())
    expect(Date.parse(lastUsedAt ?? '')).toBeGreaterThanOrEqual(Date.parse(startedAt))
  }
  const end = (browser: Browser, id = '') => remove(browser, `/api/sessions/${id}`)
  const [ofThere] = (await list(there)).filter(({ isThisOne }) => isThisOne)
  expect(await end(vera, ofThere?.id)).toBe(404) // nobody ends another's
  expect(await status(there)).toBe(200)
  expect(await end(here, own[0]?.id)).toBe(400)
  expect(await end(here, ofThere?.id)).toBe(204)
  expect(await end(here, ofThere?.id)).toBe(404)
  turn = 0
  expect(await status(there)).toBe(401)
  expect(await post(here, '/api/sessions/end-others')).toMatchObject({ body: { ended: 1 } })
  expect([await status(here), await status(third), await status(vera)]).toEqual([200, 401, 200])
})

test('a sign-in that began at one may end at the other', async () => {
  turn = 0
  const browser = new Browser()
  const { page, response } = await browser.open(`${url}/auth/login`)
  const [, action = ''] = /<form method="post" action="([^"]+)"/.exec(await response.text()) ?? []
  turn = 1
  await browser.open(new URL(action, page), {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', origin: page.origin },
    body: 'person=ada',
  })
  expect(await status(browser)).toBe(200)
})

test('sessions in Redis end by themselves, and cannot be read there', async () => {
  turn = 0
  const browser = await signedIn()
  expect(await status(browser)).toBe(200)
  const client = await createClient({ url: redis.url }).connect()
  try {
    await signedIn('vera')
    const keys = await client.keys('thingdeck:*:session:*')
    const values = await Promise.all(keys.map((key) => client.get(key)))
    for (const [index, key] of keys.entries()) {
      expect(await client.pTTL(key)).toBeGreaterThan(0)
      const text = Buffer.from(values[index] ?? '', 'base64').toString('latin1')
      expect(text).not.toMatch(/Ada|Vera|eyJ|idToken/)
      // Each in the place of another: whoever can write there becomes nobody else.
      await client.set(key, values[(index + 1) % keys.length] ?? '')
    }
    expect(keys.length).toBeGreaterThan(1)
    expect(await status(browser)).toBe(401)
  } finally {
    client.destroy()
  }
})

test('one trail: what was done at one is read at the other', async () => {
  turn = 0
  const browser = await signedIn()
  await post(browser, '/api/things/fan-1/shadow', { state: { desired: { speed: 1 } } })
  turn = 1
  const page = await get<AuditPage>(browser, '/api/audit?thing=fan-1')
  expect(page).toMatchObject({
    store: 'redis',
    entries: [{ action: 'UpdateThingShadow', resource: { type: 'shadow', id: 'fan-1' } }],
  })
})

test('a bulk change is followed and cancelled from the other', async () => {
  turn = 0
  const browser = await signedIn()
  const { body } = await post<BulkChange>(browser, '/api/bulk-changes', slowBulkChange)
  turn = 1
  const running = await until(browser, body.bulkChangeId, ({ counts }) => (counts.changed ?? 0) > 0)
  expect(running).toMatchObject({ state: 'running', total: 40, startedBy: 'Ada' })
  const { bulkChanges } = await get<BulkChangeList>(browser, '/api/bulk-changes')
  expect(bulkChanges[0]?.bulkChangeId).toBe(body.bulkChangeId)
  expect((await post(browser, `/api/bulk-changes/${body.bulkChangeId}/retry`)).status).toBe(409) // it runs
  await post(browser, `/api/bulk-changes/${body.bulkChangeId}/cancel`)
  const ended = await until(browser, body.bulkChangeId, ({ endedAt }) => endedAt !== undefined)
  expect(ended.state).toBe('cancelled')
  const { results, total } = await get<BulkChangeResults>(
    browser,
    `/api/bulk-changes/${body.bulkChangeId}/results?outcome=changed&limit=500`,
  )
  expect(results).toHaveLength(ended.counts.changed ?? 0)
  expect(total).toBe(results.length)
})

test('a bulk change whose console ends is gone on with at the other: each line by one of them', async () => {
  turn = 1
  const browser = await signedIn()
  const thingNames = Array.from({ length: 60 }, (_, n) => `cut-${n}`)
  const { body } = await post<BulkChange>(browser, '/api/bulk-changes', {
    ...slowBulkChange,
    targets: { thingNames },
    requestsPerSecond: 30,
  })
  await until(browser, body.bulkChangeId, ({ counts }) => (counts.changed ?? 0) > 5)
  turn = 0
  await bffs[1][Symbol.asyncDispose]()
  const ended = await until(browser, body.bulkChangeId, ({ endedAt }) => endedAt !== undefined)
  expect(ended).toMatchObject({ state: 'done', counts: { changed: 60 }, resumed: 1 })
  // Each was written once: its shadow has its first version, and the trail one entry of it.
  const { entries } = await get<AuditPage>(browser, `/api/audit?bulkChange=${body.bulkChangeId}&limit=200`)
  const written = entries.filter(({ action }) => action === 'UpdateThingShadow')
  expect(written.map(({ resource }) => resource?.id).sort()).toEqual([...thingNames].sort())
  expect(written.every(({ version }) => version === 1)).toBe(true)
  bffs[1] = await start(1)
})

test('a bulk change whose console is gone without a word is taken over when its lease has ended', async () => {
  turn = 0
  const browser = await signedIn()
  const client = await createClient({ url: redis.url }).connect()
  try {
    const { body } = await post<BulkChange>(browser, '/api/bulk-changes', {
      ...slowBulkChange,
      targets: { thingNames: ['gone-1', 'gone-2'] },
      requestsPerSecond: 50,
    })
    const done = await until(browser, body.bulkChangeId, ({ endedAt }) => endedAt !== undefined)
    // As its console would have left it: a line under way that was written, one that waits, and a lease for a moment more.
    const prefix = `thingdeck:${server.account}:${server.region}:document`
    const { endedAt: _, ...open } = { ...done, state: 'running' as const }
    const head = { bulkChange: open, chunks: 1, wanted: 'go', workedBy: 'gone', workedAt: new Date().toISOString() }
    const lease = { by: 'gone', until: new Date(Date.now() + 2_000).toISOString() }
    const starter = { person: { id: 'ada', name: 'Ada', role: 'operator' }, requestId: 'r-1' }
    const changes = [{ path: '$.desired.speed', afterText: '1' }]
    await client.set(
      `${prefix}:bulk-change-${body.bulkChangeId}-lines-0`,
      JSON.stringify([
        { target: 'gone-1', outcome: 'under-way', by: 'gone', changes },
        { target: 'gone-3', outcome: 'waiting' },
      ]),
    )
    await client.set(`${prefix}:bulk-change-${body.bulkChangeId}`, JSON.stringify({ ...head, starter, lease }))
    await client.set(`${prefix}:bulk-changes`, JSON.stringify([open]))
    turn = 1
    const ended = await until(browser, body.bulkChangeId, ({ endedAt, resumed }) => !!endedAt && resumed === 1)
    expect(ended).toMatchObject({ state: 'done', counts: { changed: 2 } })
    const { results } = await get<BulkChangeResults>(browser, `/api/bulk-changes/${body.bulkChangeId}/results`)
    // The first was found done, and was not done again.
    expect(results).toEqual([
      { target: 'gone-1', outcome: 'changed', isResumed: true, changes, version: 1 },
      { target: 'gone-3', outcome: 'changed', changes, version: 1 },
    ])
  } finally {
    client.destroy()
  }
})

test('a Redis that is away signs nobody out: 503 with its problem, and all is well when it is back', async () => {
  turn = 0
  const browser = await signedIn()
  await redis.stop()
  const refused = await browser.fetch(`${url}/api/session`)
  expect({ status: refused.status, body: await refused.json() }).toMatchObject({
    status: 503,
    body: { code: 'STORE_UNAVAILABLE', detail: expect.stringContaining('127.0.0.1:') },
  })
  expect(refused.headers.getSetCookie()).toEqual([])
  // Who comes without a session: the sign-in cannot be kept, and says so.
  expect((await signIn(new Browser(), url, 'ada')).response.status).toBe(503)
  const { page } = await signIn(new Browser(), url, 'ada', '/things', { accept: 'text/html' })
  expect(page.href).toMatch(/\/sign-in\?problem=STORE_UNAVAILABLE/)
  // The console's own files need no session.
  expect((await browser.fetch(`${url}/things`)).status).toBe(404) // not built in this test, and no 503
  await redis.start()
  await vi.waitUntil(async () => (await status(browser)) !== 503, { timeout: 20_000 })
  expect(await status(browser)).toBe(401) // this Redis came back empty
  expect(await status(await signedIn())).toBe(200)
  expect(bffs[0].logged()).toContain('Redis answers again')
})
