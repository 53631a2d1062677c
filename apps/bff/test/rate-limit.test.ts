import Fastify from 'fastify'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { SYSTEM_CLOCK } from '../src/clock.ts'
import { sessions } from '../src/plugins/sessions.ts'
import { MemorySessionStore } from '../src/stores/memory-session-store.ts'
import { Browser, signIn } from './browser.ts'
import { startConsole, type TestConsole } from './console.ts'

let console: TestConsole
beforeAll(async () => {
  console = await startConsole()
})
afterAll(async () => console[Symbol.asyncDispose]())

/** More than one address may ask in a minute: how often it was answered how. */
async function flood(remoteAddress: string, cookie = ''): Promise<ReadonlyMap<number, number>> {
  const counts = new Map<number, number>()
  for (let sent = 0; sent < 1_300; sent += 1) {
    const { statusCode } = await console.app.inject({
      method: 'POST',
      url: '/api/things/lamp-1/shadow',
      remoteAddress,
      headers: { origin: console.url, cookie, 'content-type': 'application/json' },
      payload: '{}',
    })
    counts.set(statusCode, (counts.get(statusCode) ?? 0) + 1)
  }
  return counts
}

test('a flood of calls that the role forbids is answered with 429', async () => {
  const vera = new Browser()
  await signIn(vera, console.url, 'vera')
  const counts = await flood('10.0.0.1', vera.cookieOf(console.url))
  expect([counts.get(403), counts.get(429)]).toEqual([1_200, 100])
})

test('a flood of nobody in particular is answered with 429, too, and keeps nobody else out', async () => {
  const counts = await flood('10.0.0.2')
  expect([counts.get(401), counts.get(429)]).toEqual([1_200, 100])
  const refused = await console.app.inject({ url: '/api/session', remoteAddress: '10.0.0.2' })
  expect(refused.headers['retry-after']).toMatch(/^\d+$/)
  expect(refused.json()).toMatchObject({ code: 'TOO_MANY_REQUESTS' })
  expect((await console.app.inject({ url: '/api/session', remoteAddress: '10.0.0.3' })).statusCode).toBe(401)
})

test("the web app's own files, of which a page is dozens, keep nobody from what is asked", async () => {
  const from = { remoteAddress: '10.0.0.4' }
  for (let sent = 0; sent < 1_300; sent += 1) await console.app.inject({ url: `/assets/part-${sent}.js`, ...from })
  expect((await console.app.inject({ url: '/api/session', ...from })).statusCode).toBe(401)
  const encoded = await console.app.inject({ url: '/%61pi/session', ...from })
  expect(Number(encoded.headers['x-ratelimit-limit'])).toBe(1_200)
})

/** Which addresses the console takes requests to be from: it logs them. */
async function addressesSeen(environment: Record<string, string>, forwardedFor: string): Promise<unknown> {
  await using other = await startConsole(environment)
  await other.app.inject({ url: '/api/session', headers: { 'x-forwarded-for': forwardedFor } })
  const lines = other.logged().trim().split('\n')
  return lines.map((line) => JSON.parse(line)).find(({ msg }) => msg === 'answered')?.req.ip
}

test.each([
  ['', '6.6.6.6, 10.0.0.7', '127.0.0.1', 'nobody is believed unless it is said'],
  ['1', '6.6.6.6, 10.0.0.7', '10.0.0.7', 'the nearest proxy says who came to it'],
  ['2', '6.6.6.6, 9.9.9.9, 10.0.0.7', '9.9.9.9', 'the leftmost is anybody’s word'],
  ['127.0.0.1, 10.0.0.0/8', '6.6.6.6, 9.9.9.9, 10.0.0.7', '9.9.9.9', 'up to the first that is no proxy'],
  ['10.0.0.0/8', '6.6.6.6, 10.0.0.7', '127.0.0.1', 'who asks is none of the proxies'],
])('TRUSTED_PROXIES=%s, X-Forwarded-For: %s → %s (%s)', async (trusted, forwardedFor, seen) => {
  expect(await addressesSeen({ TRUSTED_PROXIES: trusted }, forwardedFor)).toBe(seen)
})

test('behind TLS a person signs in, and the session is for https alone', async () => {
  const app = Fastify()
  onTestFinished(() => app.close())
  const store = new MemorySessionStore(SYSTEM_CLOCK)
  await app.register(sessions, { secret: 'x'.repeat(32), secure: true, store })
  app.get('/api/sign-in', async (request) => {
    request.session.set('person', { id: 'a', name: 'Ada', role: 'operator' })
    request.session.set('signedInAtMs', Date.now())
    return {}
  })
  const { cookies } = await app.inject({ url: '/api/sign-in' })
  expect(cookies).toEqual([expect.objectContaining({ name: '__Host-thingdeck', secure: true, path: '/' })])
})
