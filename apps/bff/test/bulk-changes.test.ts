import {
  AddThingToThingGroupCommand,
  CreateThingCommand,
  CreateThingGroupCommand,
  IoTClient,
} from '@aws-sdk/client-iot'
import { GetThingShadowCommand, IoTDataPlaneClient, UpdateThingShadowCommand } from '@aws-sdk/client-iot-data-plane'
import type { BulkChange, BulkChangeList, BulkChangeRequest, BulkChangeResult, ShadowChange } from '@thingdeck/contract'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { MOST_RUNNING } from '../src/modules/bulk-changes/bulk-changes.ts'
import { Browser, signIn } from './browser.ts'
import { startConsole, type TestConsole } from './console.ts'

let console: TestConsole
let data: IoTDataPlaneClient
const browser = new Browser()

beforeAll(async () => {
  console = await startConsole()
  await signIn(browser, console.url, 'ada')
  const iot = new IoTClient(console.sdk)
  data = new IoTDataPlaneClient(console.sdk)
  await iot.send(new CreateThingGroupCommand({ thingGroupName: 'hall' }))
  for (const number of [1, 2, 3]) {
    const thingName = `fan-${number}`
    await iot.send(new CreateThingCommand({ thingName, attributePayload: { attributes: { site: 'hall' } } }))
    await iot.send(new AddThingToThingGroupCommand({ thingName, thingGroupName: 'hall' }))
    if (number < 3) await desire(thingName, '{"speed":1,"keep":12345678901234567890}')
  }
})
afterAll(async () => console[Symbol.asyncDispose]())

const desire = (thingName: string, desired: string) =>
  data.send(
    new UpdateThingShadowCommand({ thingName, payload: new TextEncoder().encode(`{"state":{"desired":${desired}}}`) }),
  )
const shadowText = async (thingName: string) =>
  new TextDecoder().decode((await data.send(new GetThingShadowCommand({ thingName }))).payload)

async function post<Answer>(path: string, body: object): Promise<{ status: number; body: Answer }> {
  const response = await browser.fetch(`${console.url}${path}`, {
    method: 'POST',
    headers: { origin: console.url, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return { status: response.status, body: (await response.json()) as Answer }
}
const get = async <Answer>(path: string) => (await (await browser.fetch(`${console.url}${path}`)).json()) as Answer

type Change = Partial<Omit<BulkChangeRequest, 'change'>> & {
  readonly [K in keyof ShadowChange]?: ShadowChange[K] | undefined
}

const speed = (change: object = {}) => ({ kind: 'shadow', path: ['speed'], valueText: '2', ...change })

async function run({ targets, dryRun = false, confirmedCount, ...change }: Change) {
  const { body } = await post<BulkChange>('/api/bulk-changes', {
    targets: targets ?? { thingGroupName: 'hall' },
    change: speed(change),
    dryRun,
    confirmedCount,
    requestsPerSecond: 100,
  })
  return ended(body)
}

async function ended(body: BulkChange): Promise<{ bulkChange: BulkChange; results: BulkChangeResult[] }> {
  const bulkChange = await vi.waitUntil(
    async () => {
      const now = await get<BulkChange>(`/api/bulk-changes/${body.bulkChangeId}`)
      return now.endedAt === undefined ? undefined : now
    },
    { timeout: 20_000 },
  )
  const { results } = await get<{ results: BulkChangeResult[] }>(`/api/bulk-changes/${body.bulkChangeId}/results`)
  return { bulkChange, results }
}

test('who is meant is counted before anything is done', async () => {
  const { body } = await post('/api/bulk-changes/preview', { targets: { thingGroupName: 'hall' } })
  expect(body).toEqual({ count: 3, isAtLeast: false, sample: ['fan-1', 'fan-2', 'fan-3'] })
  const filter = { attributeName: 'site', attributeValue: 'hall' }
  expect((await post('/api/bulk-changes/preview', { targets: filter })).body).toMatchObject({ count: 3 })
  expect((await post('/api/bulk-changes/preview', { targets: {} })).status).toBe(400)
})

test('a dry run says what would change, and changes nothing', async () => {
  const before = await shadowText('fan-1')
  const { bulkChange, results } = await run({ dryRun: true })
  expect(bulkChange).toMatchObject({
    state: 'done',
    total: 3,
    counts: { 'would-change': 2, 'left-out': 1 },
    startedBy: 'Ada',
  })
  expect(results).toContainEqual({
    target: 'fan-1',
    outcome: 'would-change',
    changes: [{ path: '$.desired.speed', beforeText: '1', afterText: '2' }],
    version: 1,
  })
  expect(JSON.parse(await shadowText('fan-1')).version).toBe(JSON.parse(before).version)
})

test('the one key changes, with every digit of the rest; a second time nothing is left to do', async () => {
  expect((await run({})).bulkChange.counts).toEqual({ changed: 2, 'left-out': 1 })
  expect(await shadowText('fan-1')).toContain('"desired":{"speed":2,"keep":12345678901234567890}')
  expect((await run({})).bulkChange.counts).toEqual({ unchanged: 2, 'left-out': 1 })
})

test('a key is removed, at any depth, and shadows are created where that is asked for', async () => {
  await desire('fan-2', '{"mode":{"night":true,"day":false}}')
  await run({ targets: { thingNames: ['fan-2'] }, path: ['mode', 'night'], valueText: undefined })
  expect(await shadowText('fan-2')).toContain('"mode":{"day":false}')
  const { bulkChange } = await run({ targets: { thingNames: ['fan-3'] }, createMissing: true })
  expect(bulkChange.counts).toEqual({ changed: 1 })
  expect(JSON.parse(await shadowText('fan-3')).state).toEqual({ desired: { speed: 2 }, delta: { speed: 2 } })
})

test('what failed is said thing by thing, and can be tried again alone', async () => {
  const valueText = JSON.stringify('x'.repeat(8_180))
  const { bulkChange, results } = await run({ targets: { thingNames: ['fan-1', 'fan-1', 'fan-2'] }, valueText })
  expect(bulkChange).toMatchObject({ total: 2, counts: { failed: 2 } })
  expect(results[0]).toMatchObject({ outcome: 'failed', code: 'RequestEntityTooLargeException' })
  await desire('fan-1', '{"keep":null}') // there is room now
  const retry = await post<BulkChange>(`/api/bulk-changes/${bulkChange.bulkChangeId}/retry`, {})
  expect(retry).toMatchObject({ status: 202, body: { bulkChangeId: bulkChange.bulkChangeId, state: 'running' } })
  expect((await ended(retry.body)).bulkChange.counts).toEqual({ changed: 1, failed: 1 })
})

test('a cancelled bulk change begins nothing more', async () => {
  const thingNames = Array.from({ length: 200 }, (_, index) => `nobody-${index}`)
  const { body } = await post<BulkChange>('/api/bulk-changes', {
    targets: { thingNames },
    change: speed({ path: ['a'] }),
    dryRun: true,
    requestsPerSecond: 1,
  })
  await post(`/api/bulk-changes/${body.bulkChangeId}/cancel`, {})
  const { bulkChange } = await ended(body)
  expect(bulkChange.state).toBe('cancelled')
  expect(bulkChange.counts.cancelled).toBeGreaterThan(190)
})

test.each(['{', 'null,"x":1', '[null]'])('the value %s is refused before anything is sent', async (valueText) => {
  const request = { targets: { thingNames: ['fan-1'] }, change: speed({ valueText }), dryRun: false }
  expect(await post('/api/bulk-changes', request)).toMatchObject({ status: 400, body: { code: 'BAD_REQUEST' } })
})

test('so many run at once, and no more; what is told of them is short, whatever they are of', async () => {
  const thingNames = Array.from({ length: 500 }, (_, n) => `${'x'.repeat(100)}-${n}`)
  const request = { targets: { thingNames }, change: speed(), dryRun: true, requestsPerSecond: 1 }
  const started = await Promise.all(
    Array.from({ length: 2 * MOST_RUNNING }, () => post<BulkChange & { code: string }>('/api/bulk-changes', request)),
  )
  const refused = started.filter(({ status }) => status === 429)
  expect(refused.length).toBe(MOST_RUNNING)
  expect(refused[0]?.body).toMatchObject({ code: 'TOO_MANY_BULK_CHANGES' })

  const { bulkChanges } = await get<BulkChangeList>('/api/bulk-changes')
  const running = bulkChanges.filter(({ endedAt }) => endedAt === undefined)
  expect(running.length).toBe(MOST_RUNNING)
  expect(running[0]?.request).toEqual({ change: speed(), dryRun: true, requestsPerSecond: 1 })
  for (const { bulkChangeId } of running) await post(`/api/bulk-changes/${bulkChangeId}/cancel`, {})
  const one = { ...request, targets: { thingNames: ['fan-1'] } }
  const isStarted = async () => (await post('/api/bulk-changes', one)).status === 202
  // What waits for its turn is let go when that comes.
  await vi.waitUntil(isStarted, { timeout: 15_000, interval: 200 })
  // The others are let go one by one: who begins next would still meet as many as may run.
  const areAllOver = async () => {
    const { bulkChanges: all } = await get<BulkChangeList>('/api/bulk-changes')
    return all.every(({ endedAt }) => endedAt !== undefined)
  }
  await vi.waitUntil(areAllOver, { timeout: 25_000, interval: 200 })
})

test('a change is begun on as many things as were agreed to, or on none', async () => {
  const before = await shadowText('fan-1')
  const { bulkChange } = await run({ confirmedCount: 2, valueText: '77' })
  expect(bulkChange).toMatchObject({
    state: 'failed',
    failure: expect.stringContaining('2 things were agreed to, and 3'),
  })
  const after = await shadowText('fan-1')
  expect(after).not.toContain('"speed":77')
  expect(JSON.parse(after).version).toBe(JSON.parse(before).version)
  expect((await run({ confirmedCount: 3, valueText: '78' })).bulkChange.state).toBe('done')
})

test('what a dry run found is done on those things that would change, on no others, and once', async () => {
  await desire('fan-1', '{"speed":5}')
  await desire('fan-2', '{"speed":6}')
  await desire('fan-3', '{"speed":6}')
  const { bulkChange: dryRun } = await run({ dryRun: true, valueText: '6' })
  expect(dryRun.counts).toEqual({ 'would-change': 1, unchanged: 2 })
  await desire('fan-2', '{"speed":9}') // since then
  const path = `/api/bulk-changes/${dryRun.bulkChangeId}/apply`
  const together = await Promise.all([post<BulkChange>(path, {}), post<BulkChange>(path, {})]) // two people do
  expect(together.map(({ status }) => status).sort()).toEqual([202, 409])
  const { body } = together.find(({ status }) => status === 202) ?? together[0]
  expect((await post(path, {})).status).toBe(409)
  expect(body).toMatchObject({ request: { dryRun: false }, total: 1 })
  await vi.waitFor(
    async () =>
      expect(await get<BulkChange>(`/api/bulk-changes/${body.bulkChangeId}`)).toMatchObject({ counts: { changed: 1 } }),
    { timeout: 20_000 },
  )
  expect(await shadowText('fan-2')).toContain('"speed":9')
  expect((await post(`/api/bulk-changes/${body.bulkChangeId}/apply`, {})).status).toBe(409) // it was no dry run
})
