import type { AuditPage, ProblemBody, SharedView, SharedViewList } from '@thingdeck/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { MOST_VIEWS } from '../src/modules/saved-views/shared-views.ts'
import { Browser, signIn } from './browser.ts'
import { startConsole, type TestConsole } from './console.ts'

let console: TestConsole
const [vera, ada, grace] = [new Browser(), new Browser(), new Browser()]

beforeAll(async () => {
  console = await startConsole()
  await signIn(vera, console.url, 'vera')
  await signIn(ada, console.url, 'ada')
  await signIn(grace, console.url, 'grace')
})
afterAll(async () => console[Symbol.asyncDispose]())

async function ask(browser: Browser, method: string, path = '', body?: object) {
  const response = await browser.fetch(`${console.url}/api/shared-views${path}`, {
    method,
    headers: { origin: console.url, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  })
  const answered = response.status === 204 ? undefined : ((await response.json()) as SharedView & ProblemBody)
  return { status: response.status, answered }
}
const list = async (): Promise<SharedViewList> =>
  (await (await vera.fetch(`${console.url}/api/shared-views`)).json()) as SharedViewList
const CONTENT = { s: ['1:dt/#', '0m:cmd/#'], q: 'error', view: 'tree', pin: ['1:dt/a#$.x'] }

test('what an operator shares everybody sees, with whose it is; the owner changes it, and takes it back', async () => {
  const { answered } = await ask(ada, 'POST', '', { name: 'Pumps', content: CONTENT })
  const path = `/${answered?.viewId}`
  expect((await list()).views).toEqual([
    {
      viewId: expect.any(String),
      name: 'Pumps',
      owner: { id: expect.any(String), name: 'Ada' },
      changedAt: expect.any(String),
      content: CONTENT,
    },
  ])
  expect((await ask(ada, 'PUT', path, { name: 'All pumps', content: { s: ['0:dt/#'] } })).status).toBe(200)
  expect((await list()).views).toMatchObject([{ name: 'All pumps', content: { s: ['0:dt/#'] } }])
  expect((await ask(ada, 'DELETE', path)).status).toBe(204)
  expect((await list()).views).toEqual([])
  const response = await vera.fetch(`${console.url}/api/audit?resourceType=shared-view`)
  const { entries } = (await response.json()) as AuditPage
  expect(entries.map(({ action }) => action)).toEqual(['DeleteSharedView', 'ChangeSharedView', 'ShareView'])
})

test('checks of the simulator are shared in the same way', async () => {
  const content = { thing: 'pump-7', check: ['iot:Publish dt/pump-8/t', 'iot:Connect'], set: ['aws:SourceVpce=vpce-1'] }
  const shared = await ask(ada, 'POST', '', { name: 'What a pump may', content })
  expect(shared).toMatchObject({ status: 200, answered: { content } })
  expect(await ask(ada, 'POST', '', { name: 'Nothing', content: { check: [] } })).toMatchObject({ status: 400 })
  expect((await ask(ada, 'DELETE', `/${shared.answered?.viewId}`)).status).toBe(204)
})

test('views of lists are shared in the same way, as their addresses have them', async () => {
  const search = { query: 'thingTypeName:pump', columns: ['name', 'attributes.site'], sort: '-name' }
  const shared = await ask(ada, 'POST', '', { name: 'The pumps', content: { list: 'things', search } })
  expect(shared).toMatchObject({ status: 200, answered: { content: { list: 'things', search } } })
  expect(await ask(ada, 'POST', '', { name: 'None', content: { list: 'no-such-list', search } })).toMatchObject({
    status: 400,
  })
  expect((await ask(ada, 'DELETE', `/${shared.answered?.viewId}`)).status).toBe(204)
})

test('what others share only an admin changes; what is gone is not there', async () => {
  const graces = (await ask(grace, 'POST', '', { name: 'Pumps', content: CONTENT })).answered?.viewId
  const adas = (await ask(ada, 'POST', '', { name: 'Pumps', content: CONTENT })).answered?.viewId
  expect(await ask(ada, 'DELETE', `/${graces}`)).toMatchObject({ status: 403, answered: { code: 'ROLE_REQUIRED' } })
  expect((await ask(ada, 'PUT', `/${graces}`, { name: 'Mine', content: CONTENT })).status).toBe(403)
  expect((await ask(grace, 'DELETE', `/${adas}`)).status).toBe(204)
  expect(await ask(ada, 'DELETE', `/${adas}`)).toMatchObject({ status: 404, answered: { code: 'NOT_FOUND' } })
  expect((await ask(grace, 'DELETE', `/${graces}`)).status).toBe(204)
})

test.each([
  ['no name', { name: '', content: CONTENT }],
  ['blanks around it', { name: ' a ', content: CONTENT }],
  ['a name too long', { name: 'a'.repeat(65), content: CONTENT }],
  ['too many subscriptions', { name: 'a', content: { s: Array(51).fill('0:a') } }],
  ['something that is not of a view', { name: 'a', content: { ...CONTENT, recording: 'x' } }],
])('%s is refused', async (_, body) => {
  expect(await ask(ada, 'POST', '', body)).toMatchObject({ status: 400, answered: { code: 'BAD_REQUEST' } })
})

test('one name of one person is one view, and there are never more than so many', async () => {
  const share = (name: string) => ask(ada, 'POST', '', { name, content: { s: [] } })
  expect((await share('twice')).status).toBe(200)
  expect(await share('twice')).toMatchObject({ status: 409, answered: { code: 'NAME_TAKEN' } })
  const shared = await Promise.all(Array.from({ length: MOST_VIEWS - 1 }, (_, index) => share(`view ${index}`)))
  expect(new Set(shared.map(({ status }) => status))).toEqual(new Set([200]))
  expect((await list()).views).toHaveLength(MOST_VIEWS)
  expect(await share('one more')).toMatchObject({ status: 409, answered: { code: 'TOO_MANY_VIEWS' } })
})
