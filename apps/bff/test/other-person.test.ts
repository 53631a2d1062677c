import { type AuditPage, PERSON_HEADER, type ProblemBody, type Session } from '@thingdeck/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Browser, signIn } from './browser.ts'
import { startConsole, type TestConsole } from './console.ts'

let console: TestConsole
beforeAll(async () => {
  console = await startConsole()
})
afterAll(async () => console[Symbol.asyncDispose]())

const whoIs = async (browser: Browser): Promise<string> =>
  ((await (await browser.fetch(`${console.url}/api/session`)).json()) as Session).person.id

test('a page goes on as its person: what it asks for is not done in the name of who signed in after', async () => {
  const browser = new Browser()
  await signIn(browser, console.url, 'ada')
  const ada = await whoIs(browser)
  const ask = async (method: string, path: string, body?: string) => {
    const response = await browser.fetch(`${console.url}${path}`, {
      method,
      headers: {
        origin: console.url,
        [PERSON_HEADER]: encodeURIComponent(ada),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body }),
    })
    return { status: response.status, body: (await response.json()) as Session & ProblemBody }
  }
  expect((await ask('GET', '/api/session/mqtt')).status).toBe(200)

  browser.forget(console.server.oidcIssuer)
  await signIn(browser, console.url, 'grace') // in another tab
  expect(await whoIs(browser)).not.toBe(ada)
  const refused = {
    status: 409,
    body: { code: 'OTHER_PERSON', detail: expect.stringContaining('Grace signed in since') },
  }
  expect(await ask('GET', '/api/session/mqtt')).toMatchObject(refused)
  expect(await ask('POST', '/api/things/lamp-1/shadow', '{"state":{"desired":{"on":1}}}')).toMatchObject(refused)
  expect(await ask('POST', '/auth/logout')).toMatchObject(refused)
  expect((await ask('GET', '/api/session')).body.person.name).toBe('Grace') // who is there anyone may ask
  const { entries } = (await (
    await browser.fetch(`${console.url}/api/audit?action=UpdateThingShadow`)
  ).json()) as AuditPage
  expect(entries).toMatchObject([{ person: { name: 'Grace' }, outcome: { status: 409, code: 'OTHER_PERSON' } }])
})
