import { GetPolicyCommand, IoTClient, ListAttachedPoliciesCommand } from '@aws-sdk/client-iot'
import { afterAll, beforeAll, expect, test } from 'vitest'
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

test('the session id changes at sign-in, and the cookie is out of reach for scripts', async () => {
  const browser = new Browser()
  const before = await browser.fetch(`${console.url}/auth/login`)
  const after = new Browser()
  await signIn(after, console.url, 'vera')
  const [cookie = ''] = before.headers.getSetCookie()
  expect(cookie).toMatch(/^thingdeck=/)
  expect(cookie).toMatch(/HttpOnly/i)
  expect(cookie).toMatch(/SameSite=Lax/i)
})

test.each(['https://evil.example/', '//evil.example/', '/\\evil.example', 'javascript:alert(1)'])(
  'after signing in nobody is sent to %s',
  async (returnTo) => {
    const { page } = await signIn(new Browser(), console.url, 'vera', returnTo)
    expect(page.href).toBe(`${console.url}/`)
  },
)

test('an answer of the issuer with a foreign state is not accepted', async () => {
  const browser = new Browser()
  await browser.fetch(`${console.url}/auth/login`)
  const response = await browser.fetch(`${console.url}/auth/callback?code=x&state=forged`)
  expect(response.status).toBe(400)
  expect(await response.json()).toMatchObject({ code: 'SIGN_IN_FAILED' })
  expect(await session(browser)).toMatchObject({ code: 'SIGNED_OUT' })
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
