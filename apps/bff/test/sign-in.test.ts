import { GetPolicyCommand, IoTClient, ListAttachedPoliciesCommand } from '@aws-sdk/client-iot'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { SYSTEM_CLOCK } from '../src/clock.ts'
import { browserInWords } from '../src/modules/session/sign-in-device.ts'
import { MemorySessionStore } from '../src/stores/memory-session-store.ts'
import { Browser, signIn } from './browser.ts'
import { startConsole, type TestConsole } from './console.ts'

let console: TestConsole
beforeAll(async () => {
  console = await startConsole()
})
afterAll(async () => console[Symbol.asyncDispose]())

const session = async (browser: Browser) => (await browser.fetch(`${console.url}/api/session`)).json()

test('a person signs in, is known by name and role, and signs out', async () => {
  const browser = new Browser()
  const { page } = await signIn(browser, console.url, 'ada', '/things?x=1')
  expect(page.href).toBe(`${console.url}/things?x=1`)
  expect(await session(browser)).toMatchObject({
    person: { name: 'Ada', role: 'operator' },
    account: console.server.account,
    region: console.server.region,
  })

  const logout = await browser.fetch(`${console.url}/auth/logout`, { method: 'POST', headers: { origin: console.url } })
  const { redirectTo } = (await logout.json()) as { redirectTo: string }
  expect(await session(browser)).toMatchObject({ code: 'SIGNED_OUT' })
  // The issuer's own session ends too: the next sign-in asks again who it is.
  await browser.open(redirectTo)
  const { response } = await browser.open(`${console.url}/auth/login`)
  expect(await response.text()).toContain('value="vera"')
})

test.each([
  ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox on Linux'],
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0',
    'Edge on Windows',
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1',
    'Safari on iOS',
  ],
  ['<b>curl</b>', undefined],
])('%s is %s among the sessions of its person', (userAgent, words) => {
  expect(browserInWords(userAgent)).toBe(words)
})

/** Vera's sign-in, with the console's own answer to her coming back. */
async function signInStepwise(browser: Browser) {
  const { page, response } = await browser.open(`${console.url}/auth/login`)
  const [, action = ''] = /<form method="post" action="([^"]+)"/.exec(await response.text()) ?? []
  const signedIn = await browser.fetch(new URL(action, page), {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', origin: page.origin },
    body: 'person=vera',
  })
  const resumed = await browser.fetch(new URL(signedIn.headers.get('location') ?? '', page))
  const callback = resumed.headers.get('location') ?? ''
  expect(callback).toMatch(/\/auth\/callback/)
  return { callback, redirected: await browser.fetch(callback) }
}

test('the session id changes at sign-in, and the cookie is out of reach for scripts', async () => {
  const browser = new Browser()
  const before = await browser.fetch(`${console.url}/auth/login`)
  expect(browser.cookieOf(console.url)).not.toMatch(/thingdeck=/) // of nobody there is no session yet
  const { redirected } = await signInStepwise(browser)
  for (const [response, name] of [
    [before, 'thingdeck-sign-in'],
    [redirected, 'thingdeck'],
  ] as const) {
    const cookie = response.headers.getSetCookie().find((each) => each.startsWith(`${name}=`)) ?? ''
    expect(cookie).toMatch(/HttpOnly/i)
    expect(cookie).toMatch(/SameSite=Lax/i)
  }
  const first = browser.cookieOf(console.url)
  await signIn(browser, console.url, 'vera')
  expect(browser.cookieOf(console.url)).not.toBe(first)
})

test.each([
  'https://evil.example/',
  '//evil.example/',
  '/\\evil.example',
  'javascript:alert(1)',
  '/.//evil.example',
  '/%2e%2e//evil.example',
])('after signing in nobody is sent to %s', async (returnTo) => {
  const { page } = await signIn(new Browser(), console.url, 'vera', returnTo)
  expect(page.href).toBe(`${console.url}/`)
})

test('an answer of the issuer with a foreign state is not accepted', async () => {
  const browser = new Browser()
  await browser.fetch(`${console.url}/auth/login`)
  const response = await browser.fetch(`${console.url}/auth/callback?code=x&state=forged`)
  expect(response.status).toBe(400)
  expect(await response.json()).toMatchObject({ code: 'SIGN_IN_FAILED' })
  expect(await session(browser)).toMatchObject({ code: 'SIGNED_OUT' })
})

test('an answer of the issuer is taken once, and only by the browser that asked', async () => {
  const browser = new Browser()
  const { callback } = await signInStepwise(browser)
  for (const each of [browser, new Browser()]) {
    const again = await each.fetch(callback)
    expect(again.headers.get('location')).toBe('/auth/login') // begun again, not accepted
  }
})

test('ten thousand sign-ins that nobody finishes leave nothing in the memory of the console', async () => {
  const sessions = new MemorySessionStore(SYSTEM_CLOCK)
  await using other = await startConsole({ TRUSTED_PROXIES: 'loopback' }, { sessions })
  await signIn(new Browser(), other.url, 'vera')
  const before = sessions.size
  for (let n = 0; n < 10_000; n += 1) {
    const { statusCode } = await other.app.inject({
      url: '/auth/login?returnTo=/live',
      headers: { 'x-forwarded-for': `10.1.${n >> 8}.${n & 255}` },
    })
    if (statusCode !== 302) expect(statusCode).toBe(302)
  }
  expect(before.sessions).toBe(1)
  expect(sessions.size).toEqual(before)
})

test.each([
  [`/live?filters=${'x'.repeat(2_400)}`, `/live?filters=${'x'.repeat(2_400)}`],
  [`/live?filters=${'x'.repeat(8_000)}`, '/live'],
])('after signing in the page is opened, without its query where a cookie cannot hold it', async (asked, opened) => {
  const browser = new Browser()
  const began = await browser.fetch(`${console.url}/auth/login?returnTo=${encodeURIComponent(asked)}`)
  for (const cookie of began.headers.getSetCookie()) expect(cookie.length).toBeLessThan(4_096)
  const { page } = await signIn(browser, console.url, 'vera', asked)
  expect(page.href).toBe(`${console.url}${opened}`)
})

const HTML = { headers: { accept: 'text/html,application/xhtml+xml' } }

/** Where a person's browser was led to instead of a page of JSON. */
function toldAt(page: URL) {
  expect(page.pathname).toBe('/sign-in')
  const { requestId, ...rest } = Object.fromEntries(page.searchParams)
  expect(requestId).toMatch(/^[\w-]{36}$/)
  return rest
}

test('a person who cancels at the issuer is led to the console, with where they were going', async () => {
  const browser = new Browser()
  const login = await browser.open(`${console.url}/auth/login?returnTo=${encodeURIComponent('/things?type=pump')}`)
  const [, action = ''] = /<form method="post" action="([^"]+)"/.exec(await login.response.text()) ?? []
  const { page } = await browser.open(new URL(action, login.page), {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', origin: login.page.origin, ...HTML.headers },
    body: 'cancel=yes',
  })
  expect(toldAt(page)).toEqual({ problem: 'SIGN_IN_CANCELLED', returnTo: '/things?type=pump' })
})

test('a person whose answer is not accepted is led to the console; nothing of the answer is in the address', async () => {
  const browser = new Browser()
  await browser.fetch(`${console.url}/auth/login?returnTo=/live`)
  const response = await browser.fetch(`${console.url}/auth/callback?code=secret-code&state=forged`, HTML)
  expect(response.status).toBe(303)
  expect(response.headers.get('cache-control')).toBe('no-store')
  const page = new URL(response.headers.get('location') ?? '', console.url)
  expect(toldAt(page)).toEqual({ problem: 'SIGN_IN_FAILED', returnTo: '/live' })
})

test.each<[what: string, environment: Record<string, string>, problem: string]>([
  ['an issuer that is down', { OIDC_ISSUER: 'http://localhost:1/oidc' }, 'ISSUER_UNAVAILABLE'],
  ['a claim that names no role', { OIDC_GROUPS_CLAIM: 'teams' }, 'NO_ROLE'],
])('%s is told to the person', async (_what, environment, problem) => {
  await using other = await startConsole(environment)
  const { page } = await signIn(new Browser(), other.url, 'vera', '/things', HTML.headers)
  expect(toldAt(page)).toEqual({ problem, returnTo: '/things' })
})

test('who tries too often is told so on a page as well', async () => {
  await using other = await startConsole()
  const browser = new Browser()
  const places: (string | null)[] = []
  for (let attempt = 0; attempt <= 30; attempt += 1) {
    const response = await browser.fetch(`${other.url}/auth/login?returnTo=/live`, HTML)
    places.push(response.headers.get('location'))
  }
  expect(toldAt(new URL(places.at(-1) ?? '', other.url))).toEqual({ problem: 'TOO_MANY_REQUESTS', returnTo: '/live' })
})

test('where the role came from the wrong person, the issuer is made to ask again who it is', async () => {
  const browser = new Browser()
  await signIn(browser, console.url, 'vera')
  const again = await browser.open(`${console.url}/auth/login?prompt=login`)
  expect(await again.response.text()).toContain('value="grace"')
})

test.each([
  ['vera', 'viewer'],
  ['ada', 'operator'],
] as const)('%s gets MQTT credentials of her own identity with the policy of a %s', async (person, role) => {
  const browser = new Browser()
  await signIn(browser, console.url, person)
  const response = await browser.fetch(`${console.url}/api/session/mqtt`)
  expect(response.headers.get('cache-control')).toBe('no-store')
  const mqtt = (await response.json()) as { url: string; clientIdPrefix: string; credentials: { expiresAt: string } }
  expect(mqtt.url).toBe(`${console.server.http.replace('http', 'ws').replace(/\/$/, '')}/mqtt`)
  expect(Date.parse(mqtt.credentials.expiresAt)).toBeGreaterThan(Date.now())

  const identityId = mqtt.clientIdPrefix.slice('thingdeck-'.length, -1)
  const iot = new IoTClient(console.sdk)
  const { policies } = await iot.send(new ListAttachedPoliciesCommand({ target: identityId }))
  expect(policies?.map(({ policyName }) => policyName)).toEqual([`thingdeck-${role}`])
  const { policyDocument } = await iot.send(new GetPolicyCommand({ policyName: `thingdeck-${role}` }))
  const publish = JSON.parse(policyDocument ?? '{}').Statement.find(({ Sid }: { Sid: string }) => Sid === 'Publish')
  expect(publish.Resource.every((arn: string) => /\/shadow\/(name\/\*\/)?get$/.test(arn))).toBe(role === 'viewer')
})

test('no token, code, cookie or key ever stands in the log', async () => {
  const browser = new Browser()
  await signIn(browser, console.url, 'grace')
  const { credentials } = (await (await browser.fetch(`${console.url}/api/session/mqtt`)).json()) as {
    credentials: Record<string, string>
  }
  const logged = console.logged()
  expect(logged).toContain('/auth/callback')
  expect(logged).not.toMatch(/code=|eyJ[\w-]{10,}|thingdeck=/)
  for (const secret of [credentials.secretAccessKey, credentials.sessionToken]) expect(logged).not.toContain(secret)
})
