import type { AuditEntry, AuditPage, ProblemBody, ReportedWrite, WriteReport } from '@thingdeck/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Browser, signIn } from './browser.ts'
import { startConsole, type TestConsole } from './console.ts'
import { mqttSession } from './mqtt.ts'

let console: TestConsole
const [vera, ada, grace] = [new Browser(), new Browser(), new Browser()]

beforeAll(async () => {
  console = await startConsole()
  await signIn(vera, console.url, 'vera')
  await signIn(ada, console.url, 'ada')
  await signIn(grace, console.url, 'grace')
})
afterAll(async () => console[Symbol.asyncDispose]())

async function writerOf(browser: Browser): Promise<WriteReport['writer']> {
  const { sessionKey, clientIdPrefix } = await mqttSession(browser, console.url)
  return { sessionKey, clientId: `${clientIdPrefix}tab-1` }
}

const [FROM, TO] = ['2026-11-28T21:50:54.000Z', '2026-11-28T21:51:54.000Z']
const reportOf = (write: ReportedWrite, writer: WriteReport['writer']): WriteReport => ({
  reportId: crypto.randomUUID(),
  writer,
  from: FROM,
  to: TO,
  write,
})

async function send(browser: Browser, report: WriteReport): Promise<{ status: number; problem?: ProblemBody }> {
  const response = await browser.fetch(`${console.url}/api/audit/mqtt-writes`, {
    method: 'POST',
    headers: { origin: console.url, 'content-type': 'application/json' },
    body: JSON.stringify(report),
  })
  const { status } = response
  return status === 204 ? { status } : { status, problem: (await response.json()) as ProblemBody }
}

async function trail(query: Record<string, string>): Promise<readonly AuditEntry[]> {
  const response = await vera.fetch(`${console.url}/api/audit?${new URLSearchParams(query)}`)
  expect(response.status).toBe(200)
  return ((await response.json()) as AuditPage).entries
}

const published = (...topics: string[]) => ({
  topics: topics.map((topic) => ({ topic, messages: 1 })),
  qos: [1 as const],
  retained: 0,
  bytes: 12,
  sent: topics.length,
  failed: 0,
})

test('a shadow that a page wrote is there by its report: marked so, with the connection that wrote', async () => {
  const writer = await writerOf(ada)
  const write = {
    kind: 'shadow-update',
    thingName: 'fan-1',
    shadowName: 'lamp',
    beforeVersion: 7,
    version: 9,
    clientToken: 'thingdeck:Ada:1',
    changes: [{ path: '$.desired.speed', beforeText: '1', afterText: '3' }],
  } as const
  expect(await send(ada, reportOf({ ...write, changes: [...write.changes] }, writer))).toEqual({ status: 204 })
  const { kind: _, thingName: __, shadowName: ___, ...same } = write
  expect(await trail({ thing: 'fan-1', shadow: 'lamp' })).toMatchObject([
    {
      ...same,
      resource: { type: 'shadow', id: 'fan-1/lamp' },
      person: { name: 'Ada', role: 'operator' },
      action: 'UpdateThingShadow',
      outcome: { status: 200 },
      mqtt: { clientId: writer.clientId, from: FROM, to: TO },
      reportedByPage: true,
    },
  ])
})

const [SOURCE, END] = [{ name: 'night.jsonl.gz', from: FROM, to: TO }, 'stopped' as const]
const SHADOW_UPDATE = '$aws/things/pump-2/shadow/update'
const SHADOW_DELETE = '$aws/things/pump-3/shadow/name/config/delete'

test.each<[what: string, ReportedWrite, Partial<AuditEntry>, things: string[]]>([
  [
    'a message',
    { kind: 'publish', ...published('cmd/pump-2') },
    { action: 'Publish', resource: expect.objectContaining({ type: 'topic', id: 'cmd/pump-2' }) },
    [],
  ],
  [
    'a message to the topic of a shadow is a write to it',
    { kind: 'publish', ...published(SHADOW_UPDATE) },
    { action: 'UpdateThingShadow', resource: expect.objectContaining({ type: 'shadow', id: 'pump-2' }) },
    ['pump-2'],
  ],
  [
    'one that deletes a named shadow',
    { kind: 'publish', ...published(SHADOW_DELETE) },
    { action: 'DeleteThingShadow', resource: expect.objectContaining({ type: 'shadow', id: 'pump-3/config' }) },
    ['pump-3'],
  ],
  [
    'asking for a shadow writes none',
    { kind: 'publish', ...published('$aws/things/pump-4/shadow/get') },
    { action: 'Publish', resource: expect.objectContaining({ type: 'topic' }) },
    [],
  ],
  [
    'a repeat',
    { kind: 'repeat', ...published('cmd/a', 'cmd/b'), perSecond: 10, end: END },
    { action: 'RepeatPublish' },
    [],
  ],
  [
    'a replay that wrote two shadows',
    { kind: 'replay', ...published(SHADOW_UPDATE, SHADOW_DELETE, 'dt/a'), speed: 2, source: SOURCE, end: END },
    { action: 'Replay', resource: { type: 'recording', id: 'night.jsonl.gz' } },
    ['pump-2', 'pump-3'],
  ],
  ['retained messages', { kind: 'clear-retained', ...published('a', 'b') }, { action: 'ClearRetained' }, []],
])('%s', async (_, write, expected, things) => {
  const writer = await writerOf(ada)
  expect(await send(ada, reportOf(write, writer))).toEqual({ status: 204 })
  const [entry] = await trail({})
  const { kind: __, ...counts } = write
  expect(entry).toMatchObject({
    ...expected,
    published: counts,
    outcome: {},
    person: { name: 'Ada' },
    reportedByPage: true,
  })
  if (expected.resource === undefined) expect(entry?.resource).toBeUndefined()
  for (const thing of things) expect((await trail({ thing }))[0]?.id).toBe(entry?.id)
})

test('what the broker refused is refused in the trail, with its reason', async () => {
  const refusal = { code: 'MQTT_0x87', message: 'Not authorized' }
  const write = { kind: 'publish', ...published('$aws/rules/x'), sent: 0, failed: 1, refusal } as const
  expect(await send(ada, reportOf({ ...write, qos: [1] }, await writerOf(ada)))).toEqual({ status: 204 })
  expect((await trail({ outcome: 'refused', action: 'Publish' }))[0]).toMatchObject({
    outcome: refusal,
    published: { failed: 1 },
  })
})

test('a report that is sent again makes no second entry', async () => {
  const report = reportOf({ kind: 'publish', ...published('once') }, await writerOf(ada))
  for (const _ of [1, 2]) expect(await send(ada, report)).toEqual({ status: 204 })
  expect(await trail({ resourceId: 'once' })).toHaveLength(1)
})

test('what was written with the credentials of another is not taken for the write of who is signed in', async () => {
  for (const [other, resourceId] of [
    [grace, 'others-1'],
    [vera, 'others-2'],
  ] as const) {
    const report = reportOf({ kind: 'publish', ...published(resourceId) }, await writerOf(ada))
    const { status, problem } = await send(other, report)
    expect({ status, code: problem?.code }).toEqual({ status: 409, code: 'OTHER_SESSION' })
    expect(problem?.detail).toContain('credentials of Ada (operator)')
    expect(await trail({ resourceId })).toMatchObject([
      { action: 'Publish', outcome: { status: 409, code: 'OTHER_SESSION', message: problem?.detail } },
    ])
  }
})

test.each([
  ['a key that nobody was given', async () => ({ ...(await writerOf(ada)), sessionKey: 'made-up' })],
  ["another person's client id", async () => ({ ...(await writerOf(ada)), clientId: 'thingdeck-other-tab-1' })],
])('%s is refused', async (_, writer) => {
  const { status, problem } = await send(ada, reportOf({ kind: 'publish', ...published('x') }, await writer()))
  expect({ status, code: problem?.code }).toEqual({ status: 409, code: 'OTHER_SESSION' })
})

test('a viewer, who can write nothing, cannot report either, and that is an entry', async () => {
  const report = reportOf({ kind: 'publish', ...published('by-a-viewer') }, await writerOf(vera))
  expect(await send(vera, report)).toMatchObject({ status: 403, problem: { code: 'ROLE_REQUIRED' } })
  expect(await trail({ resourceId: 'by-a-viewer' })).toMatchObject([
    { person: { name: 'Vera' }, outcome: { status: 403, code: 'ROLE_REQUIRED' } },
  ])
})
