import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { expect, test } from 'vitest'
import type { ClientHello } from './client-hello.ts'
import { peekClientHello } from './peek-client-hello.ts'

/** A connection: what the client does, and the server's end of it. */
async function connection(): Promise<{ client: Socket; accepted: Socket; close: () => void }> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const connecting = once(server, 'connection')
  const client = connect(typeof address === 'object' && address ? address.port : 0, '127.0.0.1').on('error', () => {})
  const [accepted] = await connecting
  return { client, accepted, close: () => server.close() }
}

/** The beginning of a record that never ends. */
const BEGUN = Buffer.from([22, 3, 1, 2, 0, 1])

test.each([
  ['says nothing', (_client: Socket) => {}],
  ['begins a hello and does not go on', (client: Socket) => void client.write(BEGUN)],
])('who %s is dropped when the time is up', async (_, act) => {
  const { client, accepted, close } = await connection()
  const told: unknown[] = []
  peekClientHello(accepted, 20, (hello) => told.push(hello))
  act(client)
  await once(client, 'close')
  expect(told).toEqual([])
  close()
})

test('who goes away in the middle of a hello is forgotten', async () => {
  const { client, accepted, close } = await connection()
  const told: unknown[] = []
  peekClientHello(accepted, 60_000, (hello) => told.push(hello))
  client.end(BEGUN)
  await once(accepted, 'close')
  expect(told).toEqual([])
  close()
})

test('what was looked at is still there, whatever it is', async () => {
  const { client, accepted, close } = await connection()
  const told = Promise.withResolvers<ClientHello | undefined>()
  peekClientHello(accepted, 60_000, told.resolve)
  client.write('GET / HTTP/1.1\r\n')
  expect(await told.promise).toBeUndefined()
  expect(String(accepted.read())).toBe('GET / HTTP/1.1\r\n')
  client.destroy()
  accepted.destroy()
  close()
})
