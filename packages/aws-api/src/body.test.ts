import { once } from 'node:events'
import { createServer, type IncomingMessage, request } from 'node:http'
import { expect, test } from 'vitest'
import { readBody } from './body.ts'
import { BodyBudget } from './body-budget.ts'

test('bodies that do not end leave room for those that do, and give back what they held', async () => {
  const budget = new BodyBudget(1_000)
  const begun: IncomingMessage[] = []
  const server = createServer((incoming, response) => {
    begun.push(incoming)
    readBody(incoming, 800, budget).then(
      ({ length }) => response.end(String(length)),
      (error: Error) => response.end(error.name),
    )
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const begin = () => request({ port, host: '127.0.0.1', method: 'POST', agent: false }).on('error', () => {})
  const send = async (bytes: number) => {
    const [answer] = await once(begin().end(Buffer.alloc(bytes)), 'response')
    return (await answer.toArray()).join('')
  }
  const slow = begin()
  slow.write(Buffer.alloc(700))
  await expect.poll(() => budget.hasRoom(300)).toBe(false)
  const other = begin()
  other.write(Buffer.alloc(300))
  await expect.poll(() => budget.hasRoom(0)).toBe(false)
  expect(await send(1)).toBe('ServiceUnavailableException')
  other.destroy()
  await expect.poll(() => budget.hasRoom(0)).toBe(true)
  expect(await send(100)).toBe('100')
  slow.destroy()
  await expect.poll(() => budget.hasRoom(999)).toBe(true)
  const large = begin()
  large.write(Buffer.alloc(700))
  await expect.poll(() => budget.hasRoom(300)).toBe(false)
  large.write(Buffer.alloc(101))
  // It goes on, and what there was of it is kept no longer.
  await expect.poll(() => budget.hasRoom(999)).toBe(true)
  large.destroy()
  server.close()
})
