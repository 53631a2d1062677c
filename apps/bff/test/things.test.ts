import { CreateThingCommand, CreateThingTypeCommand, IoTClient } from '@aws-sdk/client-iot'
import { IoTDataPlaneClient, UpdateThingShadowCommand } from '@aws-sdk/client-iot-data-plane'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Browser, signIn } from './browser.ts'
import { startConsole, type TestConsole } from './console.ts'

let console: TestConsole
const browser = new Browser()

beforeAll(async () => {
  console = await startConsole()
  await signIn(browser, console.url, 'ada')
  const iot = new IoTClient(console.sdk)
  await iot.send(new CreateThingTypeCommand({ thingTypeName: 'pump' }))
  for (const number of [1, 2, 3, 4, 5]) {
    await iot.send(
      new CreateThingCommand({
        thingName: `pump-${number}`,
        thingTypeName: 'pump',
        attributePayload: { attributes: { site: number < 4 ? 'hall-1' : 'hall-2' } },
      }),
    )
  }
  await iot.send(new CreateThingCommand({ thingName: 'lamp-1' }))
})
afterAll(async () => console[Symbol.asyncDispose]())

const get = async (path: string) => {
  const response = await browser.fetch(`${console.url}${path}`)
  return { status: response.status, type: response.headers.get('content-type'), text: await response.text() }
}
const json = async (path: string) => JSON.parse((await get(path)).text)

test('things come page by page until there is no token', async () => {
  const names: string[] = []
  let token = ''
  do {
    const page = await json(`/api/things?maxResults=2${token && `&nextToken=${encodeURIComponent(token)}`}`)
    expect(page.things.length).toBeLessThanOrEqual(2)
    names.push(...page.things.map(({ thingName }: { thingName: string }) => thingName))
    token = page.nextToken
  } while (token)
  expect(names.sort()).toEqual(['lamp-1', 'pump-1', 'pump-2', 'pump-3', 'pump-4', 'pump-5'])
})

test('filters are those of ListThings, and work together', async () => {
  const { things } = await json('/api/things?thingTypeName=pump&attributeName=site&attributeValue=hall-2')
  expect(things.map(({ thingName }: { thingName: string }) => thingName)).toEqual(['pump-4', 'pump-5'])
})

test('a thing with its attributes, and its connection, which it has none of', async () => {
  expect(await json('/api/things/pump-1')).toMatchObject({
    thingName: 'pump-1',
    thingTypeName: 'pump',
    attributes: { site: 'hall-1' },
    principals: [],
    version: 1,
  })
  expect(await json('/api/things/pump-1/connection')).toEqual({ connected: false, toldBy: 'nobody', isIndexed: false })
})

test("AWS's refusals arrive with AWS's names", async () => {
  const { status, type, text } = await get('/api/things/nobody')
  expect(status).toBe(404)
  expect(type).toMatch('application/problem+json')
  expect(JSON.parse(text)).toMatchObject({
    code: 'ResourceNotFoundException',
    requestId: expect.any(String),
    awsRequestId: expect.any(String),
  })
})

test.each([
  ['/api/things?maxResults=0', 'maxResults'],
  ['/api/things?maxResults=many', 'maxResults'],
  ['/api/things/no%20such%20name', 'thingName'],
])('%s is refused with the name of what is wrong', async (path, name) => {
  const { status, text } = await get(path)
  expect(status).toBe(400)
  expect(JSON.parse(text)).toMatchObject({ code: 'BAD_REQUEST', detail: expect.stringContaining(name) })
})

test('a shadow passes through with every digit', async () => {
  const digits = '12345678901234567890.123456789'
  const path = '/api/things/pump-2/shadow?shadowName=config'
  const write = await browser.fetch(`${console.url}${path}`, {
    method: 'POST',
    headers: { origin: console.url, 'content-type': 'application/json' },
    body: `{"state":{"desired":{"exact":${digits}}}}`,
  })
  expect(write.status).toBe(200)
  expect((await get(path)).text).toContain(`"exact":${digits}`)
  expect(await json('/api/things/pump-2/shadows')).toEqual({ classic: false, named: ['config'] })
})

test('a shadow that is not there is a refusal, or no content for who expects that', async () => {
  const path = '/api/things/pump-4/shadow?shadowName=nothing'
  expect((await get(path)).status).toBe(404)
  expect(await get(`${path}&optional=true`)).toMatchObject({ status: 204, text: '' })
  const { status } = await get('/api/things/pump-2/shadow?shadowName=config&optional=true')
  expect(status).toBe(200)
})

test('a stale version is a conflict in the name that AWS gives it', async () => {
  const data = new IoTDataPlaneClient(console.sdk)
  const payload = new TextEncoder().encode('{"state":{"desired":{"a":1}}}')
  for (let version = 1; version <= 2; version += 1)
    await data.send(new UpdateThingShadowCommand({ thingName: 'pump-3', payload }))
  const response = await browser.fetch(`${console.url}/api/things/pump-3/shadow`, {
    method: 'POST',
    headers: { origin: console.url, 'content-type': 'application/json' },
    body: '{"state":{"desired":{"a":2}},"version":1}',
  })
  expect(response.status).toBe(409)
  expect(await response.json()).toMatchObject({ code: 'ConflictException' })
})
