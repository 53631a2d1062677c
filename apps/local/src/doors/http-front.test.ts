import { once } from 'node:events'
import { connect as connectHttp2 } from 'node:http2'
import { connect, createServer } from 'node:net'
import { text } from 'node:stream/consumers'
import { expect, onTestFinished, test, vi } from 'vitest'
import { createHttpFront } from './http-front.ts'

test('once it is shut, what is being answered is answered, and what comes then is not taken', async () => {
  const [asked, mayAnswer] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const taken: (string | undefined)[] = []
  const front = createHttpFront({
    guard: () => undefined,
    routes: [],
    fallback: async (request, response) => {
      taken.push(request.url)
      asked.resolve()
      await mayAnswer.promise
      response.end()
    },
    onUpgrade: () => {},
    onRefused: () => {},
    onFault: () => {},
  })
  const server = createServer((socket) => front.accept(socket)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const client = connect(typeof address === 'object' && address ? address.port : 0, '127.0.0.1')
  const answers = text(client)
  client.write('GET /early HTTP/1.1\r\nHost: localhost\r\n\r\n')
  await asked.promise
  front.shut()
  client.write('GET /late HTTP/1.1\r\nHost: localhost\r\n\r\n')
  mayAnswer.resolve()
  expect((await answers).match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 503'])
  expect(taken).toEqual(['/early'])
  front.close()
  server.close()
})

test('without TLS it answers HTTP/2 and HTTP/1.1 on the same port, however slowly the first bytes come', async () => {
  const front = createHttpFront({
    guard: () => undefined,
    routes: [],
    fallback: async (request, response) => {
      const body = await text(request)
      response
        .writeHead(201, { 'x-host': String(request.headers.host) })
        .end(`${request.method} ${request.url} ${body}`)
    },
    onUpgrade: () => {},
    onRefused: () => {},
    onFault: () => {},
  })
  const server = createServer((socket) => front.acceptCleartext(socket)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0

  const client = connectHttp2(`http://127.0.0.1:${port}`)
  const stream = client.request({ ':method': 'POST', ':path': '/a?b' })
  stream.end('body')
  const [headers] = await once(stream, 'response')
  expect([headers[':status'], headers['x-host'], await text(stream)]).toEqual([
    201,
    `127.0.0.1:${port}`,
    'POST /a?b body',
  ])

  // `P` might be either, `PO` is HTTP/1.1.
  const slow = connect(port, '127.0.0.1')
  slow.setNoDelay(true)
  const answer = text(slow)
  for (const part of ['P', 'OST /c HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 2\r\n\r\n', 'hi']) {
    await new Promise((resolve) => slow.write(part, resolve))
  }
  expect(await answer).toContain('POST /c hi')

  front.shut()
  await once(client, 'close')
  front.close()
  server.close()
})

test('a request of HTTP/2 that does not come whole is given up, however lively its connection is', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => void vi.useRealTimers())
  const [asked, failed] = [Promise.withResolvers<void>(), Promise.withResolvers<unknown>()]
  const [whole, late] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const front = createHttpFront({
    guard: () => undefined,
    routes: [],
    fallback: async (request, response) => {
      if (request.method === 'GET') {
        whole.resolve()
        await late.promise
        response.end('late')
        return
      }
      asked.resolve()
      await text(request)
    },
    onUpgrade: () => {},
    onRefused: () => {},
    onFault: failed.resolve,
  })
  const server = createServer((socket) => front.acceptCleartext(socket)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const client = connectHttp2(`http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`)
  const stream = client.request({ ':method': 'POST', ':path': '/' }).on('error', () => {})
  stream.write('half of it')
  const answered = text(client.request({ ':path': '/' }))
  await Promise.all([asked.promise, whole.promise])
  const closed = once(stream, 'close')
  vi.advanceTimersByTime(299_000)
  await new Promise((resolve) => client.ping(resolve))
  expect(stream.closed).toBe(false)
  vi.advanceTimersByTime(1_000)
  await closed
  expect(await failed.promise).toBeInstanceOf(Error)
  // One that came whole is answered, however long that takes.
  late.resolve()
  expect(await answered).toBe('late')
  client.close()
  front.close()
  server.close()
})
