import {
  AddThingToThingGroupCommand,
  CancelJobExecutionCommand,
  CreateJobCommand,
  CreateThingCommand,
  CreateThingGroupCommand,
  CreateThingTypeCommand,
  DescribeThingCommand,
  GetIndexingConfigurationCommand,
  IoTClient,
  UpdateIndexingConfigurationCommand,
} from '@aws-sdk/client-iot'
import { IoTDataPlaneClient, UpdateThingShadowCommand } from '@aws-sdk/client-iot-data-plane'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Browser, signIn } from './browser.ts'
import { startConsole, type TestConsole } from './console.ts'

let console: TestConsole
let iot: IoTClient
const browser = new Browser()

beforeAll(async () => {
  console = await startConsole()
  await signIn(browser, console.url, 'grace')
  iot = new IoTClient(console.sdk)
  await iot.send(new CreateThingTypeCommand({ thingTypeName: 'pump' }))
  await iot.send(new CreateThingGroupCommand({ thingGroupName: 'hall' }))
  const create = (thingName: string, thingTypeName: string | undefined, attributes: Record<string, string>) =>
    iot.send(new CreateThingCommand({ thingName, thingTypeName, attributePayload: { attributes } }))
  await create('pump-1', 'pump', { site: 'hall-1', at: 'row/1,2' })
  await create('pump-2', 'pump', { site: 'hall-2', at: 'row-1-2' })
  await create('main:pump', 'pump', { site: 'yard' })
  await create('lamp-1', undefined, { site: 'hall-1' })
  await iot.send(new AddThingToThingGroupCommand({ thingName: 'lamp-1', thingGroupName: 'hall' }))
})
afterAll(async () => console[Symbol.asyncDispose]())

const get = async (path: string) => {
  const response = await browser.fetch(`${console.url}${path}`)
  return { status: response.status, body: JSON.parse(await response.text()) }
}
const names = async (query: string) => {
  const { body } = await get(`/api/fleet/things${query}`)
  return body.things.map(({ thingName }: { thingName: string }) => thingName).sort()
}
const turnOn = (body: object) =>
  browser.fetch(`${console.url}/api/fleet/index`, {
    method: 'POST',
    headers: { origin: console.url, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })

test('while the index is off, that is its status, and a search is refused in the name that AWS gives it', async () => {
  await iot.send(new UpdateIndexingConfigurationCommand({ thingIndexingConfiguration: { thingIndexingMode: 'OFF' } }))
  expect((await get('/api/fleet/index')).body).toEqual({ status: 'OFF', connectivity: false })
  const { status, body } = await get('/api/fleet/things?nameContains=pump')
  expect({ status, code: body.code }).toEqual({ status: 404, code: 'ResourceNotFoundException' })
})

test('while the index is off, the registry is looked through', async () => {
  const { status, body } = await get('/api/fleet/registry?nameContains=PUMP&attribute=site^hall')
  expect(status).toBe(200)
  expect(body).toMatchObject({ things: [{ thingName: 'pump-1', version: 1 }, { thingName: 'pump-2' }] })
  expect(body.things).toHaveLength(2)
  expect(body.onlyFirst).toBeUndefined()
})

test('turning it on keeps what is indexed already', async () => {
  await iot.send(
    new UpdateIndexingConfigurationCommand({
      thingIndexingConfiguration: {
        thingIndexingMode: 'REGISTRY_AND_SHADOW',
        namedShadowIndexingMode: 'ON',
        filter: { namedShadowNames: ['config'] },
        customFields: [{ name: 'attributes.site', type: 'String' }],
      },
    }),
  )
  const response = await turnOn({ connectivity: true })
  const indexed = { status: 'ACTIVE', connectivity: true, shadows: true, namedShadows: ['config'] }
  expect(await response.json()).toEqual(indexed)
  const customFields = [
    { name: 'attributes.site', type: 'String' },
    { name: 'shadow.reported.battery', type: 'Number' },
  ]
  const more = await turnOn({ connectivity: false, namedShadows: ['$package'], customFields })
  expect(await more.json()).toEqual({ ...indexed, namedShadows: ['config', '$package'] })
  const { thingIndexingConfiguration } = await iot.send(new GetIndexingConfigurationCommand({}))
  expect(thingIndexingConfiguration).toMatchObject({
    thingIndexingMode: 'REGISTRY_AND_SHADOW',
    thingConnectivityIndexingMode: 'STATUS',
    namedShadowIndexingMode: 'ON',
    filter: { namedShadowNames: ['config', '$package'] },
    customFields,
  })
})

test('a search answers fields of shadows, and what it finds is counted by a field and by its numbers', async () => {
  const data = new IoTDataPlaneClient(console.sdk)
  for (const [thingName, battery] of [
    ['pump-1', 20],
    ['pump-2', 80],
  ] as const) {
    const payload = Buffer.from(JSON.stringify({ state: { reported: { battery } } }))
    await data.send(new UpdateThingShadowCommand({ thingName, payload }))
  }
  const query = encodeURIComponent('shadow.reported.battery < 50')
  const found = await get(`/api/fleet/things?query=${query}&field=shadow.reported.battery`)
  expect(found.body.things).toMatchObject([{ thingName: 'pump-1', values: { 'shadow.reported.battery': '20' } }])
  expect((await get('/api/fleet/buckets?field=registry.thingTypeName')).body).toEqual({
    about: 4,
    buckets: [{ value: 'pump', count: 3 }],
    distinct: 1,
  })
  expect((await get('/api/fleet/buckets?query=pump-*&field=shadow.reported.battery&type=Number')).body).toMatchObject({
    about: 2,
    statistics: { count: 2, minimum: 20, average: 50, maximum: 80 },
  })
  const { body } = await get('/api/fleet/sample?query=thingName:pump-1')
  expect(body).toMatchObject({ lookedAt: 1 })
  expect(body.fields).toContainEqual({ name: 'shadow.reported.battery', values: ['20'] })
})

test('a query that is none is refused in the words of AWS', async () => {
  const { status, body } = await get(`/api/fleet/things?query=${encodeURIComponent('thingName:a AND')}`)
  expect({ status, code: body.code, detail: body.detail }).toEqual({
    status: 400,
    code: 'InvalidQueryException',
    detail: 'Unable to parse query, invalid syntax, query string: thingName:a AND',
  })
})

test('turned on from nothing, it has the registry, and connections only if wanted', async () => {
  await iot.send(new UpdateIndexingConfigurationCommand({ thingIndexingConfiguration: { thingIndexingMode: 'OFF' } }))
  expect(await (await turnOn({ connectivity: false })).json()).toEqual({ status: 'ACTIVE', connectivity: false })
  expect(await names('?nameContains=UMP-1')).toEqual(['pump-1'])
  expect(await (await turnOn({ connectivity: true })).json()).toEqual({ status: 'ACTIVE', connectivity: true })
})

test.each([
  ['', ['lamp-1', 'main:pump', 'pump-1', 'pump-2']],
  ['?nameContains=pump', ['main:pump', 'pump-1', 'pump-2']],
  ['?nameContains=:p', ['main:pump']],
  ['?namePrefix=pump', ['pump-1', 'pump-2']],
  ['?name=pump-1', ['pump-1']],
  ['?thingTypeName=pump&attribute=site=yard', ['main:pump']],
  ['?attribute=site%5Ehall&nameContains=1', ['lamp-1', 'pump-1']],
  ['?attribute=site=hall-1&attribute=at^row', ['pump-1']],
  ['?attribute=at%3Drow/1,2', ['pump-1']], // not row-1-2, which the query cannot tell from it
  ['?thingGroupName=hall', ['lamp-1']],
  ['?connected=false&thingTypeName=pump', ['main:pump', 'pump-1', 'pump-2']],
  ['?connected=true', []],
  ['?query=attributes.site:hall-1+OR+attributes.site:yard&thingTypeName=pump', ['main:pump', 'pump-1']],
  ['?query=NOT+thingTypeName:*', ['lamp-1']],
])('/api/fleet/things%s finds %j', async (query, expected) => {
  expect(await names(query)).toEqual(expected)
})

test('a thing of the index has its groups and its connection', async () => {
  expect((await get('/api/fleet/things?name=lamp-1')).body.things).toEqual([
    {
      thingName: 'lamp-1',
      attributes: { site: 'hall-1' },
      thingGroupNames: ['hall'],
      connectivity: { connected: false, clientId: 'lamp-1' },
    },
  ])
})

test('a connection that only the index has on record is told; one that nobody has is not said to have never been', async () => {
  const ask = async (thingName: string) => (await get(`/api/things/${thingName}/connection`)).body
  expect(await ask('pump-1')).toEqual({ connected: false, toldBy: 'nobody', isIndexed: true })
})

test('pages go on by token', async () => {
  const first = await get('/api/fleet/things?maxResults=3')
  const second = await get(`/api/fleet/things?maxResults=3&nextToken=${encodeURIComponent(first.body.nextToken)}`)
  expect([first.body.things.length, second.body.things.length, second.body.nextToken]).toEqual([3, 1, undefined])
})

test('a count is right where there is one', async () => {
  const { status, body } = await get('/api/fleet/count?nameContains=pump')
  expect(status).toBe(200)
  expect([undefined, 3]).toContain(body.about)
})

test.each(['?attribute=site', '?nameContains=a%20b', '?maxResults=101'])('%s is refused', async (query) => {
  const { status, body } = await get(`/api/fleet/things${query}`)
  expect({ status, code: body.code }).toEqual({ status: 400, code: 'BAD_REQUEST' })
})

test('things of a job are found by their names, page by page, beside whatever else has to hold', async () => {
  const targets = await Promise.all(
    ['pump-1', 'pump-2', 'main:pump', 'lamp-1'].map(async (thingName) => {
      const { thingArn = '' } = await iot.send(new DescribeThingCommand({ thingName }))
      return thingArn
    }),
  )
  const jobId = 'fw-2'
  await iot.send(new CreateJobCommand({ jobId, targets, document: '{}' }))
  await expect.poll(() => names(`?jobId=${jobId}`)).toEqual(['lamp-1', 'main:pump', 'pump-1', 'pump-2'])
  await iot.send(new CancelJobExecutionCommand({ jobId, thingName: 'pump-2' }))
  expect(await names(`?jobId=${jobId}&jobStatus=CANCELED`)).toEqual(['pump-2'])
  expect(await names(`?jobId=${jobId}&query=thingTypeName:pump OR thingName:nobody&jobStatus=QUEUED`)).toEqual([
    'main:pump',
    'pump-1',
  ])
  const first = (await get(`/api/fleet/things?jobId=${jobId}&maxResults=3`)).body
  expect(first.things).toHaveLength(3)
  expect(await names(`?jobId=${jobId}&maxResults=3&nextToken=${encodeURIComponent(first.nextToken)}`)).toHaveLength(1)
  expect(await get('/api/fleet/things?jobId=nothing')).toMatchObject({ status: 404 })
  expect(await get('/api/fleet/things?jobStatus=FAILED')).toMatchObject({ status: 400, body: { code: 'BAD_REQUEST' } })
})
