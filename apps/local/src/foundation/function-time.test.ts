import { expect, test, vi } from 'vitest'
import { AdjustableClock } from './clock.ts'
import { inFunctionTime } from './function-time.ts'

/** A function that runs when it is told to, and answers when it is told to. */
function ask() {
  const clock = new AdjustableClock((error) => expect.unreachable(String(error)))
  const invoked = Promise.withResolvers<string>()
  const begun = Promise.withResolvers<() => void>()
  const answer = inFunctionTime(
    (delayMs, callback) => clock.after(delayMs, callback),
    (whenBegun) => {
      begun.resolve(whenBegun)
      return invoked.promise
    },
  )
  return { clock, answer, begin: async () => (await begun.promise)(), invoked }
}

test('five seconds begin with the handler, however long it has waited for its turn', async () => {
  const { clock, answer, begin, invoked } = ask()
  clock.advance(20_000)
  await begin()
  clock.advance(4_000)
  invoked.resolve('yes')
  expect(await answer).toBe('yes')
})

test('what runs longer is late', async () => {
  const { clock, answer, begin } = ask()
  const refused = expect(answer).rejects.toThrow('did not answer within 5 seconds')
  await begin()
  clock.advance(5_000)
  await refused
})

test('what does not begin is not waited for without end', async () => {
  const { clock, answer } = ask()
  const refused = expect(answer).rejects.toThrow('did not begin within 30 seconds')
  clock.advance(30_000)
  await refused
})

test('what begins when nobody waits any more starts no clock', async () => {
  const after = vi.fn((_delayMs: number, _callback: () => void) => () => {})
  let begin = () => {}
  await inFunctionTime(after, async (whenBegun) => {
    begin = whenBegun
  })
  begin()
  expect(after).toHaveBeenCalledTimes(1)
})
