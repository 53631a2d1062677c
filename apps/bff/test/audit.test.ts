import { CreateThingCommand, IoTClient } from '@aws-sdk/client-iot'
import { GetThingShadowCommand, IoTDataPlaneClient, UpdateThingShadowCommand } from '@aws-sdk/client-iot-data-plane'
import type { AuditEntry, AuditPage, BulkChange } from '@thingdeck/contract'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { Browser, signIn } from './browser.ts'
import { startConsole, type TestConsole } from './console.ts'

let console: TestConsole
let data: IoTDataPlaneClient
const [vera, ada, grace] = [new Browser(), new Browser(), new Browser()]

beforeAll(async () => {
  console = await startConsole()
  data = new IoTDataPlaneClient(console.sdk)
  await signIn(vera, console.url, 'vera')
  await signIn(ada, console.url, 'ada')
  await signIn(grace, console.url, 'grace')
  const iot = new IoTClient(console.sdk)
  for (const thingName of ['fan-1', 'fan-2']) await iot.send(new CreateThingCommand({ thingName }))
})
afterAll(async () => console[Symbol.asyncDispose]())

const write = (browser: Browser, method: string, path: string, body?: string) =>
  browser.fetch(`${console.url}${path}`, {
    method,
    headers: { origin: console.url, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body }),
  })
const desire = (thingName: string, desired: string) =>
  data.send(
    new UpdateThingShadowCommand({ thingName, payload: new TextEncoder().encode(`{"state":{"desired":${desired}}}`) }),
  )
async function trail(query: Record<string, string> = {}): Promise<readonly AuditEntry[]> {
  const response = await vera.fetch(`${console.url}/api/audit?${new URLSearchParams(query)}`)
  expect(response.status).toBe(200)
  return ((await response.json()) as AuditPage).entries
}
const lastOf = async (query: Record<string, string>) => (await trail(query))[0]
const ADA = { name: 'Ada', role: 'operator' }

test('an update over REST is in the trail when it is answered: who, what, before and after with every digit', async () => {
  await desire('rest', '{"speed":12345678901234567890,"keep":1,"mode":{"night":true}}')
  const body =
    '{"state":{"desired":{"speed":12345678901234567891,"keep":1,"mode":{"night":null},"new":"x"}},"clientToken":"t-1"}'
  const response = await write(ada, 'POST', '/api/things/rest/shadow', body)
  expect(await trail({ thing: 'rest' })).toEqual([
    {
      id: expect.stringMatching(/^\d+-\d+$/),
      time: expect.any(String),
      person: { id: expect.any(String), ...ADA },
      action: 'UpdateThingShadow',
      resource: {
        type: 'shadow',
        id: 'rest',
        arn: `arn:aws:iot:${console.server.region}:${console.server.account}:thing/rest`,
      },
      requestId: response.headers.get('x-request-id'),
      outcome: { status: 200 },
      changes: [
        { path: '$.desired.speed', beforeText: '12345678901234567890', afterText: '12345678901234567891' },
        { path: '$.desired.mode.night', beforeText: 'true' },
        { path: '$.desired.new', afterText: '"x"' },
      ],
      beforeVersion: 1,
      version: 2,
      clientToken: 't-1',
      chain: { previous: expect.any(String), hash: expect.any(String) },
    },
  ])
})

test('the first update of a named shadow had nothing before it', async () => {
  await write(ada, 'POST', '/api/things/fan-1/shadow?shadowName=config', '{"state":{"desired":{"a":1}}}')
  const entry = await lastOf({ shadow: 'config' })
  expect(entry).toMatchObject({
    resource: { type: 'shadow', id: 'fan-1/config', arn: expect.stringMatching(/:thing\/fan-1\/config$/) },
    version: 1,
  })
  expect(entry?.changes).toEqual([{ path: '$.desired.a', afterText: '1' }])
  expect(entry?.beforeVersion).toBeUndefined()
})

test('a section that is removed with one null is every key of it', async () => {
  await desire('section', '{"a":1,"b":{"c":2}}')
  await write(ada, 'POST', '/api/things/section/shadow', '{"state":{"desired":null}}')
  expect((await lastOf({ thing: 'section' }))?.changes).toEqual([
    { path: '$.desired.a', beforeText: '1' },
    { path: '$.desired.b', beforeText: '{"c":2}' },
  ])
})

test.each([
  [
    '{"state":{"desired":{"a":2}},"version":7}',
    409,
    'ConflictException',
    [{ path: '$.desired.a', beforeText: '1', afterText: '2' }],
  ],
  ['{"state":[]}', 400, 'InvalidRequestException', undefined],
])('what AWS refuses is there with its error name: %s', async (body, status, code, changes) => {
  const thingName = `refused-${status}`
  await desire(thingName, '{"a":1}')
  await write(ada, 'POST', `/api/things/${thingName}/shadow`, body)
  const entry = await lastOf({ thing: thingName, outcome: 'refused' })
  expect(entry?.outcome).toEqual({ status, code, message: expect.any(String) })
  expect(entry?.changes).toEqual(changes)
  expect(entry?.version).toBeUndefined()
})

test('a deletion says what was deleted', async () => {
  await desire('deleted', '{"a":1}')
  await write(grace, 'DELETE', '/api/things/deleted/shadow')
  expect(await lastOf({ thing: 'deleted' })).toMatchObject({
    action: 'DeleteThingShadow',
    person: { name: 'Grace', role: 'admin' },
    changes: [{ path: '$.desired.a', beforeText: '1' }],
    beforeVersion: 1,
  })
})

test('what the role forbids is an entry, and changes nothing', async () => {
  await write(vera, 'POST', '/api/things/fan-1/shadow', '{"state":{"desired":{"a":1}}}')
  expect(await lastOf({ person: 'vera', outcome: 'refused' })).toMatchObject({
    action: 'UpdateThingShadow',
    outcome: { status: 403, code: 'ROLE_REQUIRED' },
  })
})

const FORGED = 'person=x&action=SignIn&requestId=forged&id=1-1&time=2020-01-01T00:00:00Z'

test('an entry cannot be forged by the query of a write', async () => {
  const requestIds: (string | null)[] = []
  const forge = async (method: string, query: string) => {
    const body = method === 'POST' ? '{"state":{"desired":{"a":1}}}' : undefined
    const response = await write(ada, method, `/api/things/forged/shadow?${query}`, body)
    expect(response.status, query).toBe(400)
    requestIds.unshift(response.headers.get('x-request-id'))
  }
  await forge('POST', FORGED)
  await forge('DELETE', FORGED)
  const refused = { person: ADA, outcome: { status: 400, code: 'BAD_REQUEST' } }
  const [last, first] = await trail()
  expect([last, first]).toMatchObject([
    { ...refused, action: 'DeleteThingShadow', requestId: requestIds[0] },
    { ...refused, action: 'UpdateThingShadow', requestId: requestIds[1] },
  ])
  expect(Math.abs(Date.parse(first?.time ?? '') - Date.now())).toBeLessThan(60_000)
  for (const one of [...FORGED.split('&'), 'resource=x', 'outcome=x', 'thingName=x']) await forge('POST', one)
  expect(await trail({ thing: 'forged' })).toEqual([])
  expect((await trail()).filter(({ requestId }) => requestId === 'forged')).toEqual([])
})

test('a write goes to the thing of its address, whatever the query names', async () => {
  await desire('victim', '{"a":1}')
  const response = await write(ada, 'POST', '/api/things/own/shadow?thingName=victim', '{"state":{"desired":{"a":2}}}')
  expect(response.status).toBe(400)
  const { payload } = await data.send(new GetThingShadowCommand({ thingName: 'victim' }))
  expect(JSON.parse(new TextDecoder().decode(payload))).toMatchObject({ state: { desired: { a: 1 } }, version: 1 })
})

test('what nobody in particular tried is no entry', async () => {
  const before = await trail()
  const response = await write(new Browser(), 'POST', '/api/things/fan-1/shadow', '{"state":{}}')
  expect(response.status).toBe(401)
  expect(await trail()).toEqual(before)
})

test('a bulk change is one entry, and one for each thing that it changed or could not change', async () => {
  await desire('fan-1', '{"speed":1}')
  await desire('fan-2', '{"speed":2}')
  const request = {
    targets: { thingNames: ['fan-1', 'fan-2', 'fan-none'] },
    dryRun: false,
    requestsPerSecond: 50,
  }
  const run = async (more: object, valueText = '2.0') => {
    const change = { kind: 'shadow', path: ['speed'], valueText }
    const response = await write(ada, 'POST', '/api/bulk-changes', JSON.stringify({ ...request, change, ...more }))
    const { bulkChangeId } = (await response.json()) as BulkChange
    const url = `${console.url}/api/bulk-changes/${bulkChangeId}`
    const isEnded = async () => ((await (await ada.fetch(url)).json()) as BulkChange).endedAt !== undefined
    await vi.waitUntil(isEnded, { timeout: 20_000 })
    return trail({ bulkChange: bulkChangeId })
  }
  const entries = await run({})
  expect(entries.at(-1)).toMatchObject({ action: 'StartBulkChange', person: ADA, outcome: { status: 202 } })
  expect(entries.slice(0, -1).map(({ resource, changes, outcome }) => [resource?.id, changes, outcome])).toEqual(
    expect.arrayContaining([
      ['fan-1', [{ path: '$.desired.speed', beforeText: '1', afterText: '2.0' }], {}],
      ['fan-2', [{ path: '$.desired.speed', beforeText: '2', afterText: '2.0' }], {}],
    ]),
  )
  expect(entries).toHaveLength(3)
  expect(new Set(entries.map(({ requestId }) => requestId)).size).toBe(1)

  const tooLarge = await run({ targets: { thingNames: ['fan-1'] } }, JSON.stringify('x'.repeat(8_185)))
  expect(tooLarge[0]?.outcome).toMatchObject({ code: 'RequestEntityTooLargeException' })

  const dry = await run({ dryRun: true }, '7')
  expect(dry.map(({ action, changes }) => [action, changes])).toEqual([['DryRunBulkChange', undefined]])
})

test('turning on the fleet index is there with what it changed', async () => {
  await write(grace, 'POST', '/api/fleet/index', '{"connectivity":true}')
  expect(await lastOf({ action: 'UpdateIndexingConfiguration' })).toMatchObject({
    person: { name: 'Grace' },
    changes: expect.arrayContaining([{ path: '$.connectivity', beforeText: 'false', afterText: 'true' }]),
  })
})

test('signing in and out are there; no entry holds a token or a cookie', async () => {
  const browser = new Browser()
  await signIn(browser, console.url, 'ada')
  expect(await lastOf({})).toMatchObject({ action: 'SignIn', person: ADA, outcome: { status: 302 } })
  await write(browser, 'POST', '/auth/logout')
  expect(await lastOf({})).toMatchObject({ action: 'SignOut', person: ADA, outcome: { status: 200 } })
  const text = JSON.stringify(await trail({ limit: '200' }))
  expect(text).not.toMatch(/eyJ|cookie|code=|secret/i)
})

test('pages by cursor; a cursor or a time that is none is refused', async () => {
  const first = (await (await vera.fetch(`${console.url}/api/audit?limit=2`)).json()) as AuditPage
  const second = (await (
    await vera.fetch(`${console.url}/api/audit?limit=2&cursor=${first.nextCursor}`)
  ).json()) as AuditPage
  const all = await trail()
  expect([...first.entries, ...second.entries]).toEqual(all.slice(0, 4))
  for (const query of ['cursor=x', 'from=yesterday', 'thing=a/b', 'limit=0', 'outcome=maybe']) {
    expect((await vera.fetch(`${console.url}/api/audit?${query}`)).status, query).toBe(400)
  }
})

test('the log has every entry, too', async () => {
  const { id = '' } = (await lastOf({ thing: 'rest' })) ?? {}
  const line = console
    .logged()
    .split('\n')
    .find((each) => each.includes(`"${id}"`))
  expect(JSON.parse(line ?? '{}')).toMatchObject({ audit: true, id, action: 'UpdateThingShadow' })
})

test('a refusal that is repeated is no entry each time', async () => {
  const before = (await trail({ action: 'DeleteThingShadow', person: 'vera' })).length
  for (let n = 0; n < 5; n += 1) await write(vera, 'DELETE', '/api/things/fan-1/shadow')
  expect((await trail({ action: 'DeleteThingShadow', person: 'vera' })).length).toBe(before + 1)
})

test('the trail can be told to be whole', async () => {
  const response = await vera.fetch(`${console.url}/api/audit/verification`)
  expect(await response.json()).toMatchObject({ isWhole: true, verified: expect.any(Number), unchained: 0 })
})
