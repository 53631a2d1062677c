// @vitest-environment node
import { expect, test } from 'vitest'
import { createCaller, serve } from './rpc.ts'

type Calls = { double: (n: number) => number; refuse: (reason: string) => Promise<never> }
type News = { tick: number }

function pair() {
  const { port1, port2 } = new MessageChannel()
  const server = serve<Calls, News>(port2, {
    double: (n) => n * 2,
    refuse: async (reason) => {
      throw Object.assign(new Error(`because ${reason}`), { code: 'NOT_CONNECTED' })
    },
  })
  const caller = createCaller<Calls, News>(port1)
  return { server, caller, [Symbol.dispose]: () => caller.close() }
}

test('answers reach the call they belong to', async () => {
  using side = pair()
  expect(await Promise.all([side.caller.call('double', 4), side.caller.call('double', 5)])).toEqual([8, 10])
})

test('a refusal keeps its code and its words', async () => {
  using side = pair()
  await expect(side.caller.call('refuse', 'it rains')).rejects.toMatchObject({
    code: 'NOT_CONNECTED',
    message: 'because it rains',
  })
})

test('what a prototype brings is no procedure', async () => {
  using side = pair()
  await expect(side.caller.call('toString' as 'double', 1)).rejects.toMatchObject({ code: 'UNKNOWN_CALL' })
})

test('a notice reaches its listeners until they stop listening', async () => {
  using side = pair()
  const heard: number[] = []
  const first = Promise.withResolvers<void>()
  const stop = side.caller.listen('tick', (value) => {
    heard.push(value)
    first.resolve()
  })
  side.server.notify('tick', 1)
  await first.promise
  stop()
  side.server.notify('tick', 2)
  await side.caller.call('double', 1)
  expect(heard).toEqual([1])
})

test('closing refuses what is still waiting', async () => {
  const { port1 } = new MessageChannel()
  const caller = createCaller<Calls, News>(port1)
  const waiting = caller.call('double', 1)
  caller.close()
  await expect(waiting).rejects.toMatchObject({ code: 'CLOSED' })
})

test('what was told and not asked is no unhandled refusal when the port closes', async () => {
  const { port1 } = new MessageChannel()
  const caller = createCaller<Calls, News>(port1)
  caller.tell('double', 1)
  caller.close()
  await new Promise((resolve) => setImmediate(resolve)) // the runner fails on a rejection that nobody handled
})
