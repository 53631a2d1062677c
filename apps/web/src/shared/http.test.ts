import { expect, test, vi } from 'vitest'
import { fakeApi, json, problem } from '../../test/fake-api.ts'
import { http } from './http.ts'

test('a problem becomes an error that keeps its code and request id', async () => {
  fakeApi({ '/api/x': () => problem(409, 'ConflictException', 'Version conflict') })
  await expect(http.get('/api/x')).rejects.toMatchObject({
    name: 'ApiError',
    code: 'ConflictException',
    status: 409,
    message: 'Version conflict',
    requestId: 'request-1',
  })
})

test('an answer that is no problem, e.g. of a proxy, is told by its status', async () => {
  fakeApi({ '/api/x': () => new Response('<h1>Bad gateway</h1>', { status: 502, statusText: 'Bad Gateway' }) })
  await expect(http.get('/api/x')).rejects.toMatchObject({
    code: 'HTTP_502',
    message: 'The server answered 502 Bad Gateway',
  })
})

test('no answer at all is the code NETWORK; a cancelled request stays what it is', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')))
  await expect(http.get('/api/x')).rejects.toMatchObject({ code: 'NETWORK', status: 0 })
  vi.stubGlobal('fetch', () => Promise.reject(new DOMException('cancelled', 'AbortError')))
  await expect(http.get('/api/x')).rejects.toMatchObject({ name: 'AbortError' })
  vi.unstubAllGlobals()
})

/** Never answers; gives up when it is told to. */
const hung = (_: string, init?: RequestInit) =>
  new Promise((_, reject) => {
    init?.signal?.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')))
  })

test('an answer that does not come ends after half a minute with a code of its own', async () => {
  vi.useFakeTimers()
  vi.stubGlobal('fetch', hung)
  const outcome = expect(http.get('/api/x')).rejects.toMatchObject({ code: 'TIMEOUT', status: 0 })
  await vi.advanceTimersByTimeAsync(30_000)
  await outcome
  const cancel = new AbortController()
  const cancelled = expect(http.get('/api/x', { signal: cancel.signal })).rejects.toMatchObject({ name: 'AbortError' })
  cancel.abort()
  await cancelled
  expect(vi.getTimerCount()).toBe(0)
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

test('queries leave out what is absent or empty, and encode the rest', async () => {
  const asked = fakeApi({ '/api/x': () => json({}) })
  await http.get('/api/x', { query: { a: 'b&c', none: undefined, empty: '', n: 0 } })
  expect(asked).toEqual(['GET /api/x?a=b%26c&n=0'])
})

test('documents go and come as text, digit for digit', async () => {
  const document = '{"serial":12345678901234567890}'
  let sent: unknown
  fakeApi({
    'POST /api/x': (_, init) => {
      sent = init?.body
      return new Response(document)
    },
  })
  expect(await http.postText('/api/x', document)).toBe(document)
  expect(sent).toBe(document)
})

test("the server's clock comes with the body", async () => {
  const date = 'Tue, 03 Mar 2026 10:00:00 GMT'
  fakeApi({ '/api/x': () => Response.json({}, { headers: { date } }) })
  expect((await http.getDated('/api/x')).dateMs).toBe(Date.parse(date))
})
