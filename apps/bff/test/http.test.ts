import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Browser, signIn } from './browser.ts'
import { startConsole, type TestConsole } from './console.ts'

let console: TestConsole
const browser = new Browser()

beforeAll(async () => {
  console = await startConsole()
  await signIn(browser, console.url, 'vera')
})
afterAll(async () => console[Symbol.asyncDispose]())

test('each request is one line in the log, with what was asked and answered', async () => {
  const response = await browser.fetch(`${console.url}/api/things/nobody/shadow?shadowName=secret`)
  const id = response.headers.get('x-request-id') ?? ''
  const lines = console
    .logged()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
    .filter(({ reqId, msg }) => reqId === id && msg !== 'refused')
  expect(lines).toEqual([
    expect.objectContaining({
      msg: 'answered',
      req: expect.objectContaining({ method: 'GET', path: '/api/things/nobody/shadow' }),
      status: 404,
      durationMs: expect.any(Number),
    }),
  ])
})

/** What the log says of the request that was answered so. */
const loggedOf = (id: string) =>
  console
    .logged()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
    .find(({ reqId, msg }) => reqId === id && msg === 'answered')

/** A request whose target goes out as it stands here, which `fetch` does not allow. */
async function ask(target: string, cookie: string) {
  const { port } = new URL(console.url)
  const asked = request({ host: 'localhost', port, path: target, headers: { cookie } }).end()
  const [answer] = (await once(asked, 'response')) as [IncomingMessage]
  answer.resume()
  return { status: answer.statusCode, id: String(answer.headers['x-request-id']) }
}

test('a request has two minutes to come whole, and its head one', () => {
  // Node looks every half a minute; what it does then is its own.
  expect(console.app.server).toMatchObject({ requestTimeout: 120_000, headersTimeout: 60_000 })
})

test.each(['/api/session', '/%61pi/session', '/%61%70%69/%73ession', 'http://any.host/api/session'])(
  '%s is one address to the router, to access and to the log',
  async (target) => {
    const [known, unknown] = [await ask(target, browser.cookieOf(console.url)), await ask(target, '')]
    expect([known.status, unknown.status]).toEqual([200, 401])
    for (const { id } of [known, unknown]) expect(loggedOf(id)?.req.path).toBe('/api/session')
  },
)

test.each(['/api%2fsession', '/%2561pi/session', '//api/session'])('%s is another one', async (target) => {
  expect((await ask(target, browser.cookieOf(console.url))).status).toBe(404)
})

test('an encoded address counts for the limit of what it is', async () => {
  const statuses = new Set<number | undefined>()
  for (let n = 0; n < 40; n += 1) {
    const path = n % 2 === 0 ? '/auth/login' : '/%61uth/login'
    statuses.add((await console.app.inject({ url: path, remoteAddress: '10.9.9.9' })).statusCode)
  }
  expect(statuses).toEqual(new Set([302, 429]))
})

test('the description of the API loads nothing from elsewhere, and runs no script in the page', async () => {
  const page = await browser.fetch(`${console.url}/api/docs`, { headers: { accept: 'text/html' } })
  expect(page.status).toBe(200)
  const policy = page.headers.get('content-security-policy') ?? ''
  expect(policy).toContain("default-src 'none';")
  expect(policy).toContain("script-src 'self';")
  expect(policy).not.toMatch(/https:|upgrade-insecure-requests/)
})
