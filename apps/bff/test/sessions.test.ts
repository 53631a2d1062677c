import Fastify from 'fastify'
import { expect, onTestFinished, test, vi } from 'vitest'
import { sessions } from '../src/plugins/sessions.ts'
import { IDLE_MS, SESSION_MS } from '../src/session-life.ts'
import { MemorySessionStore } from '../src/stores/memory-session-store.ts'

const HOUR_MS = 60 * 60 * 1_000

async function appWithSessions() {
  vi.useFakeTimers({ toFake: ['Date'] })
  onTestFinished(() => void vi.useRealTimers())
  const app = Fastify()
  onTestFinished(() => app.close())
  await app.register(sessions, {
    secret: 'x'.repeat(32),
    secure: false,
    store: new MemorySessionStore({ nowMs: () => Date.now() }),
  })
  app.get('/api/sign-in', async (request) => {
    request.session.set('person', { id: 'a', name: 'Ada', role: 'operator' })
    request.session.set('signedInAtMs', Date.now())
    return {}
  })
  app.get('/api/renew', async (request) => {
    request.session.set('tokens', { idToken: String(Date.now()), idTokenExpiresAtMs: 0 })
    return {}
  })
  app.get('/api/who', async (request) => ({ name: request.session.person?.name ?? null }))

  let cookies: Record<string, string> = {}
  const get = async (url: string) => {
    const response = await app.inject({ url, cookies })
    for (const { name, value } of response.cookies) cookies = { ...cookies, [name]: value }
    return response.json() as { name?: string | null }
  }
  await get('/api/sign-in')
  return get
}

test('a session ends after its working day, though its tokens were renewed meanwhile', async () => {
  const get = await appWithSessions()
  for (let hour = 1; hour < SESSION_MS / HOUR_MS; hour += 1) {
    vi.setSystemTime(Date.now() + HOUR_MS)
    await get('/api/renew')
  }
  expect(await get('/api/who')).toEqual({ name: 'Ada' })
  vi.setSystemTime(Date.now() + HOUR_MS)
  expect(await get('/api/who')).toEqual({ name: null })
})

test('a session of which nothing was heard ends before that', async () => {
  const get = await appWithSessions()
  vi.setSystemTime(Date.now() + IDLE_MS - 1)
  expect(await get('/api/who')).toEqual({ name: 'Ada' })
  vi.setSystemTime(Date.now() + IDLE_MS - 1)
  expect(await get('/api/who')).toEqual({ name: 'Ada' })
  vi.setSystemTime(Date.now() + IDLE_MS)
  expect(await get('/api/who')).toEqual({ name: null })
})
