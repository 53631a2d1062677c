import { setTimeout as delay } from 'node:timers/promises'
import { CreateThingCommand, IoTClient } from '@aws-sdk/client-iot'
import type { AuditPage, AuditVerification, BulkChange } from '@thingdeck/contract'
import { expect, test, vi } from 'vitest'
import { startConsole } from '../../../scripts/run/console.ts'
import { startEmbeddedServer } from '../../../scripts/run/embedded-server.ts'
import { freePort } from '../../../scripts/run/free-port.ts'
import type { Service } from '../../../scripts/run/service.ts'
import { LEASE_MS } from '../src/modules/bulk-changes/engine/bulk-change-store.ts'
import { startBalancer } from './balancer.ts'
import { Browser, signIn } from './browser.ts'
import { startRedis } from './redis.ts'

/** A machine that is busy needs its time. */
const PATIENCE = { timeout: 60_000 }
/** So many people, each with a request under way nearly all the time. */
const PEOPLE = 4
/** Between two requests of one of them: what is looked at is every moment of a restart, and not how much fits into one. */
const PAUSE_MS = 20
const THINGS = Array.from({ length: 24 }, (_, index) => `rolled-${index}`)

/** Consoles behind a balancer that asks each whether it is ready, and takes turns among those that are. */
async function consolesBehindBalancer(start: (port: number) => Promise<Service>, url: string) {
  const nodes = await Promise.all(
    [0, 1].map(async () => {
      const port = await freePort()
      return { port, console: await start(port), isReady: true }
    }),
  )
  const asking = new AbortController()
  const { signal } = asking
  const watch = async (node: (typeof nodes)[number]) => {
    while (!signal.aborted) {
      const answer = await fetch(`http://localhost:${node.port}/-/ready`, { signal }).catch(() => undefined)
      node.isReady = answer?.status === 200
      await delay(50)
    }
  }
  const watches = nodes.map(watch)
  let turn = 0
  const balancer = await startBalancer(Number(new URL(url).port), () => {
    const ready = nodes.filter(({ isReady }) => isReady)
    turn += 1
    return ready[turn % ready.length]?.port ?? 0
  })
  return {
    nodes,
    balancer,
    /** As who deploys a new release does it: a console ends, and the next one is there before the other's turn. */
    async restart(index: number): Promise<void> {
      const node = nodes[index]
      if (node === undefined) throw new Error(`There is no console ${index}`)
      node.console.signal('SIGTERM')
      // As long as the balancer needs to see it, however busy the machine is; asked again, the console ends.
      await vi.waitUntil(() => !node.isReady && balancer.underWay(node.port) === 0, PATIENCE)
      node.console.signal('SIGTERM')
      expect(await node.console.ended).toBe(0)
      await this.startAgain(index)
    },
    async startAgain(index: number): Promise<void> {
      const node = nodes[index]
      if (node === undefined) throw new Error(`There is no console ${index}`)
      node.console = await start(node.port)
      await vi.waitUntil(() => node.isReady, PATIENCE)
    },
    async [Symbol.asyncDispose]() {
      await balancer[Symbol.asyncDispose]()
      asking.abort()
      await Promise.all(watches)
      await Promise.all(nodes.map(({ console }) => console.stop()))
    },
  }
}

test('of two consoles one is killed and the other restarted: no request fails, and a bulk change is done once', async () => {
  await using redis = await startRedis()
  const url = `http://localhost:${await freePort()}`
  await using server = await startEmbeddedServer({ consoleUrl: url })
  const iot = new IoTClient(server.sdk)
  await Promise.all(THINGS.map((thingName) => iot.send(new CreateThingCommand({ thingName }))))
  const environment = {
    REDIS_URL: redis.url,
    SESSION_SECRET: 'a secret that two consoles share, long enough',
    TRUSTED_PROXIES: 'loopback',
    DRAIN_SECONDS: '60',
  }
  await using consoles = await consolesBehindBalancer(
    (port) => startConsole({ server, url, environment: { ...environment, PORT: String(port) } }),
    url,
  )
  const browser = new Browser()
  await signIn(browser, url, 'ada') // each request of it at another console
  const ask = async <Answer>(path: string) => (await (await browser.fetch(`${url}${path}`)).json()) as Answer
  const post = { method: 'POST', headers: { origin: url, 'content-type': 'application/json' } }

  // One is killed amid a bulk change. If it was the one that worked on it, the other does so when the lease has ended.
  const [, doomed] = consoles.nodes
  const change = { kind: 'shadow', path: ['speed'], valueText: '1', createMissing: true }
  const body = JSON.stringify({ targets: { thingNames: THINGS }, change, dryRun: false, requestsPerSecond: 4 })
  const begun = await browser.fetch(`http://localhost:${doomed?.port}/api/bulk-changes`, {
    ...post,
    body,
    headers: { ...post.headers, cookie: browser.cookieOf(url) },
  })
  const { bulkChangeId } = (await begun.json()) as BulkChange
  const look = () => ask<BulkChange>(`/api/bulk-changes/${bulkChangeId}`)
  await vi.waitUntil(async () => ((await look()).counts.changed ?? 0) > 2, PATIENCE)
  doomed?.console.kill()
  await doomed?.console.ended
  await consoles.startAgain(1)

  // The other is restarted as a new release is brought, while people read and write.
  const failedBefore = consoles.balancer.failed()
  const statuses = new Map<number, number>()
  let writes = 0
  let isOver = false
  const person = async (index: number) => {
    for (let count = 0; !isOver; count += 1) {
      const isWrite = count % 4 === 0
      const headers = { ...post.headers, 'x-forwarded-for': `192.0.2.${count % 200}` } // the limit of an address is not what is looked at
      const written = { ...post, headers, body: JSON.stringify({ state: { desired: { count } } }) }
      const { status } = isWrite
        ? await browser.fetch(`${url}/api/things/rolled-${index}/shadow?shadowName=person`, written)
        : await browser.fetch(`${url}${count % 2 === 0 ? '/api/session' : '/api/things'}`, { headers })
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
      if (isWrite) writes += 1
      await delay(PAUSE_MS)
    }
  }
  const people = Array.from({ length: PEOPLE }, (_, index) => person(index))
  await consoles.restart(0)
  isOver = true
  await Promise.all(people)
  expect([...statuses.keys()]).toEqual([200])
  expect(writes).toBeGreaterThan(PEOPLE)
  expect(consoles.balancer.failed()).toBe(failedBefore)

  const ended = await vi.waitUntil(
    async () => {
      const now = await look()
      return now.endedAt !== undefined && now
    },
    { timeout: LEASE_MS + PATIENCE.timeout },
  )
  expect(ended).toMatchObject({ state: 'done', counts: { changed: THINGS.length } })
  const { entries } = await ask<AuditPage>(`/api/audit?bulkChange=${bulkChangeId}&limit=200`)
  const written = entries.filter(({ action }) => action === 'UpdateThingShadow')
  expect(written.map(({ resource }) => resource?.id).toSorted()).toEqual(THINGS.toSorted())

  // One trail of all that these consoles wrote.
  const trail = await ask<AuditVerification>('/api/audit/verification')
  expect(trail).toMatchObject({ isWhole: true })
}, 180_000)
