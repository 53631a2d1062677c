import { afterAll, beforeAll, expect, test } from 'vitest'
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
