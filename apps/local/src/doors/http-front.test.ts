import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
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
