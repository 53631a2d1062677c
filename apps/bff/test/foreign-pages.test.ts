import { type Endpoint, endpoints } from '@thingdeck/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Browser, signIn } from './browser.ts'
import { startConsole, type TestConsole } from './console.ts'

let console: TestConsole
const grace = new Browser()

beforeAll(async () => {
  console = await startConsole({ TRUSTED_PROXIES: '1' })
  await signIn(grace, console.url, 'grace')
})
afterAll(async () => console[Symbol.asyncDispose]())

let asked = 0
/** With the cookie of an admin, which a browser sends along from every page of the same site. */
async function ask(method: string, path: string, headers: Readonly<Record<string, string>>) {
  asked += 1
  const forwarded = { 'x-forwarded-for': `10.0.${asked >> 8}.${asked & 255}` }
  const response = await grace.fetch(`${console.url}${path}`, { method, headers: { ...headers, ...forwarded } })
  const text = await response.text()
  return {
    status: response.status,
    code: text.startsWith('{') ? (JSON.parse(text) as { code?: string }).code : undefined,
  }
}

const REFUSED = { status: 403, code: 'FOREIGN_ORIGIN' }
const ALL: readonly Endpoint[] = Object.values(endpoints)
const WRITES = ALL.filter(({ method }) => method !== 'GET')
const READS = ALL.filter(({ method }) => method === 'GET')

describe.each([
  ['another site', 'https://evil.example'],
  ['another program on this machine', 'http://localhost:8000'],
  ['a sandboxed frame', 'null'],
  ['none that it names', undefined],
])('a page of %s', (_what, origin) => {
  test.each(WRITES)('$name: refused', async ({ method, path }) => {
    expect(await ask(method, path, origin === undefined ? {} : { origin })).toEqual(REFUSED)
  })
})

test.each(READS)('$name as a picture of a page on this machine: refused', async ({ path }) => {
  expect(await ask('GET', path, { 'sec-fetch-site': 'same-site', 'sec-fetch-dest': 'image' })).toEqual(REFUSED)
})

test.each([
  ['a script of another site', { 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'script' }],
  ['a frame', { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' }],
  [
    'a fetch that hides its answer',
    { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'empty' },
  ],
  [
    'a fetch that would read its answer',
    { origin: 'http://localhost:8000', 'sec-fetch-site': 'same-site', 'sec-fetch-dest': 'empty' },
  ],
])('the session as %s: refused', async (_what, headers) => {
  expect(await ask('GET', endpoints.getSession.path, headers)).toEqual(REFUSED)
})

test.each([
  ['the console’s own page', { 'sec-fetch-site': 'same-origin', 'sec-fetch-dest': 'empty' }],
  [
    'a link that stands elsewhere',
    { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' },
  ],
  [
    'an address that a person typed',
    { 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' },
  ],
  ['a program that is no browser', {}],
])('the session for %s: answered', async (_what, headers) => {
  expect((await ask('GET', endpoints.getSession.path, headers)).status).toBe(200)
})

test('under another name there is nobody, and people are led to the issuer and back by the console’s own', async () => {
  const headers = { host: 'evil.example', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' }
  const answer = await console.app.inject({ url: '/auth/login?returnTo=/things', headers })
  const issuer = new URL(answer.headers.location ?? '')
  expect(issuer.origin).toBe(new URL(console.server.oidcIssuer).origin)
  expect(issuer.searchParams.get('redirect_uri')).toBe(`${console.url}/auth/callback`)
  // What a browser keeps under a name it sends to no other: cookies are of one host, and say so by having no domain.
  for (const cookie of answer.cookies) expect(cookie).not.toHaveProperty('domain')
  expect((await console.app.inject({ url: '/api/session', headers })).statusCode).toBe(401)
})
