import { afterAll, beforeAll, expect, test } from 'vitest'
import { Browser, signIn } from './browser.ts'
import { startConsole, type TestConsole } from './console.ts'

let console: TestConsole
const grace = new Browser()

beforeAll(async () => {
  console = await startConsole()
  await signIn(grace, console.url, 'grace')
})
afterAll(async () => console[Symbol.asyncDispose]())

async function call(method: string, path: string, body?: object) {
  const response = await grace.fetch(`${console.url}${path}`, {
    method,
    headers: { origin: console.url, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) }
}
const types = async () => (await call('GET', '/api/thing-topics')).body.types

test('topics of a type, and of all others, are set, replaced and forgotten, with entries in the trail', async () => {
  expect(await types()).toEqual([])
  const pump = { thingTypeName: 'pump', topicFilters: ['plant/${thingName}/#'] }
  const others = { topicFilters: ['v1/devices/${thingName}/+'] }
  expect((await call('PUT', '/api/thing-topics', pump)).status).toBe(204)
  expect((await call('PUT', '/api/thing-topics', others)).status).toBe(204)
  const changed = { ...pump, topicFilters: ['plant/+/${thingName}', 'alarm/${thingName}'] }
  await call('PUT', '/api/thing-topics', changed)
  expect(await types()).toEqual([others, changed])
  await call('DELETE', '/api/thing-topics?thingTypeName=pump')
  expect(await types()).toEqual([others])
  await call('DELETE', '/api/thing-topics')
  expect(await types()).toEqual([])
  const { entries } = (await call('GET', '/api/audit?resourceType=thing-type&resourceId=pump')).body
  expect(entries).toMatchObject([
    { action: 'ResetThingTopics', person: { name: 'Grace' } },
    { action: 'SetThingTopics', changes: [{ path: '$.topicFilters', beforeText: '["plant/${thingName}/#"]' }] },
    { action: 'SetThingTopics' },
  ])
})

test.each([
  ['dt/#/${thingName}', /# can only be the last level/],
  ['dt/${thing}/#', /there is no \$\{thing\}; \$\{thingName\} stands for the name/],
  ['a/b/c/d/e/f/g/h/i', /At most 7 slashes/],
])('%s is refused with the reason', async (filter, detail) => {
  const { status, body } = await call('PUT', '/api/thing-topics', { topicFilters: [filter] })
  expect({ status, code: body.code, detail: body.detail }).toEqual({
    status: 400,
    code: 'BAD_REQUEST',
    detail: expect.stringMatching(detail),
  })
})
