import { expect, test } from 'vitest'
import { RatePerSecond } from './rate-per-second.ts'

test('so many in each second, also when the clock is set back', () => {
  const rate = new RatePerSecond(2)
  expect([1000, 1500, 1999, 2000, 1999, 1000].map((now) => rate.take(now))).toEqual([
    true,
    true,
    false,
    true,
    true,
    true,
  ])
  const unbounded = new RatePerSecond(Number.POSITIVE_INFINITY)
  expect([1, 1, 1].every((now) => unbounded.take(now))).toBe(true)
})
