import { expect, test } from 'vitest'
import { ActionQueue } from './action-queue.ts'

/** A queue whose destination answers when it is told to. */
function blocked() {
  const queue = new ActionQueue()
  const ends: (() => void)[] = []
  const dropped: number[] = []
  let started = 0
  const add = (id: number, bytes = 1) =>
    queue.add(
      bytes,
      () => {
        started += 1
        return new Promise<void>((resolve) => ends.push(resolve))
      },
      () => dropped.push(id),
    )
  return { queue, ends, dropped, add, started: () => started }
}

test('32 run at once, 1,000 more wait in their order, and no more are taken', () => {
  const { add, started } = blocked()
  const taken = Array.from({ length: 1_100 }, (_, id) => add(id)).filter((isTaken) => isTaken)
  expect(taken.length).toBe(32 + 1_000)
  expect(started()).toBe(32)
})

test('what waits is bounded in bytes too', () => {
  const { add } = blocked()
  for (let id = 0; id < 32; id += 1) add(id)
  expect(add(32, 8 * 1024 * 1024)).toBe(true)
  expect(add(33, 1)).toBe(false)
})

test('what was done is let go of, also where the queue is never empty', async () => {
  const { add, ends, started } = blocked()
  for (let id = 0; id < 32 + 1_000; id += 1) add(id)
  // One ends, one begins, one comes: for longer than the queue is.
  for (let id = 0; id < 3_000; id += 1) {
    ends.shift()?.()
    await Promise.resolve()
    await Promise.resolve()
    await new Promise((resolve) => setImmediate(resolve))
    expect(add(id)).toBe(true)
  }
  expect(started()).toBe(32 + 3_000)
})

test('what waits when the rule goes is told to whoever waits for it', () => {
  const { queue, add, dropped } = blocked()
  for (let id = 0; id < 35; id += 1) add(id)
  queue.clear()
  expect(dropped).toEqual([32, 33, 34])
})
