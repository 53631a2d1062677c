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

test('the description of the API loads nothing from elsewhere, and runs no script in the page', async () => {
  const page = await browser.fetch(`${console.url}/api/docs`, { headers: { accept: 'text/html' } })
  expect(page.status).toBe(200)
  const policy = page.headers.get('content-security-policy') ?? ''
  expect(policy).toContain("default-src 'none';")
  expect(policy).toContain("script-src 'self';")
  expect(policy).not.toMatch(/https:|upgrade-insecure-requests/)
})
