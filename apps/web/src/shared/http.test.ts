import { afterEach, expect, test, vi } from 'vitest'
import { problem } from '../../test/fake-api.ts'
import { send } from './http.ts'
import { isDown, serverReach } from './reach/server-reach.ts'

const answers = (response: Response) => vi.stubGlobal('fetch', async () => response)
afterEach(() => void vi.unstubAllGlobals())

test('a problem becomes an error that keeps its code and request id', async () => {
  answers(problem(409, 'ConflictException', 'Version conflict'))
  await expect(send('GET', '/api/x')).rejects.toMatchObject({
    name: 'ApiError',
    code: 'ConflictException',
    status: 409,
    message: 'Version conflict',
    requestId: 'request-1',
  })
})

test('an answer that is no problem, e.g. of a proxy, is told by its status', async () => {
  answers(new Response('<h1>Bad gateway</h1>', { status: 502, statusText: 'Bad Gateway' }))
  await expect(send('GET', '/api/x')).rejects.toMatchObject({
    code: 'HTTP_502',
    message: 'The server answered 502 Bad Gateway',
  })
})

test('no answer at all is the code NETWORK; a cancelled request stays what it is', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')))
  await expect(send('GET', '/api/x')).rejects.toMatchObject({ code: 'NETWORK', status: 0 })
  vi.stubGlobal('fetch', () => Promise.reject(new DOMException('cancelled', 'AbortError')))
  await expect(send('GET', '/api/x')).rejects.toMatchObject({ name: 'AbortError' })
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
  const outcome = expect(send('GET', '/api/x')).rejects.toMatchObject({ code: 'TIMEOUT', status: 0 })
  await vi.advanceTimersByTimeAsync(30_000)
  await outcome
  const cancel = new AbortController()
  const cancelled = expect(send('GET', '/api/x', { signal: cancel.signal })).rejects.toMatchObject({
    name: 'AbortError',
  })
  cancel.abort()
  await cancelled
  expect(vi.getTimerCount()).toBe(0)
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

test('an answer whose body stops in its midst has not come: the time-out holds until the last byte', async () => {
  vi.useFakeTimers()
  vi.stubGlobal('fetch', async (_: string, init?: RequestInit) => {
    const body = new ReadableStream({
      start(stream) {
        stream.enqueue(new TextEncoder().encode('{"things":['))
        init?.signal?.addEventListener('abort', () => stream.error(new DOMException('aborted', 'AbortError')))
      },
    })
    return new Response(body)
  })
  const outcome = expect(send('GET', '/api/x')).rejects.toMatchObject({ code: 'TIMEOUT' })
  await vi.advanceTimersByTimeAsync(30_000)
  await outcome
  expect(vi.getTimerCount()).toBe(0)
  vi.useRealTimers()
})

test('requests that take too long while others are answered do not make the server one that does not answer', async () => {
  vi.useFakeTimers()
  vi.stubGlobal('fetch', (address: string, init?: RequestInit) =>
    address === '/api/slow' ? hung(address, init) : Promise.resolve(new Response('{}')),
  )
  const timedOut = () => expect(send('GET', '/api/slow')).rejects.toMatchObject({ code: 'TIMEOUT' })
  await send('GET', '/api/x')
  const slow = [timedOut(), timedOut()]
  await vi.advanceTimersByTimeAsync(10_000)
  await send('GET', '/api/x')
  await vi.advanceTimersByTimeAsync(20_000)
  await Promise.all(slow)
  expect(isDown(serverReach.get())).toBe(false)
  const silent = [timedOut(), timedOut()]
  await vi.advanceTimersByTimeAsync(30_000)
  await Promise.all(silent)
  expect(isDown(serverReach.get())).toBe(true)
  serverReach.answered()
  vi.useRealTimers()
})
