import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { oneAtATime } from './one-at-a-time.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** Looks that end when one says so. */
function looks() {
  const ends: (() => void)[] = []
  const look = vi.fn(() => new Promise<void>((resolve) => void ends.push(resolve)))
  const end = async () => {
    ends.shift()?.()
    await vi.advanceTimersByTimeAsync(0)
  }
  return { look, end }
}

test('news that come while it is looked wait, and are one look afterwards', async () => {
  const { look, end } = looks()
  const turn = oneAtATime(look)
  turn.news()
  for (let times = 0; times < 5; times += 1) turn.news()
  expect(look).toHaveBeenCalledTimes(1)
  await end()
  expect(look).toHaveBeenCalledTimes(2)
  await end()
  expect(look).toHaveBeenCalledTimes(2)
  turn.news()
  expect(look).toHaveBeenCalledTimes(3)
})

test('news are gathered for as long as is said, before each look', async () => {
  const { look, end } = looks()
  const turn = oneAtATime(look, 2_000)
  turn.news()
  await vi.advanceTimersByTimeAsync(1_999)
  expect(look).not.toHaveBeenCalled()
  turn.news()
  await vi.advanceTimersByTimeAsync(1)
  expect(look).toHaveBeenCalledTimes(1)
  turn.news()
  await end()
  expect(look).toHaveBeenCalledTimes(1)
  await vi.advanceTimersByTimeAsync(2_000)
  expect(look).toHaveBeenCalledTimes(2)
})

test('a look that fails is not the last one', async () => {
  const look = vi.fn(() => Promise.reject(new Error('not now')))
  const turn = oneAtATime(look)
  turn.news()
  await vi.advanceTimersByTimeAsync(0)
  turn.news()
  expect(look).toHaveBeenCalledTimes(2)
})

test('once stopped it does not look again', async () => {
  const { look, end } = looks()
  const turn = oneAtATime(look)
  turn.news()
  turn.news()
  turn.stop()
  await end()
  turn.news()
  expect(look).toHaveBeenCalledTimes(1)
})
