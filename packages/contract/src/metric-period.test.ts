import { expect, test } from 'vitest'
import { finestPeriodSeconds } from './metric-period.ts'

const DAY_MS = 86_400_000

test.each([
  [0, 60],
  [15 * DAY_MS, 60],
  [15 * DAY_MS + 1, 300],
  [63 * DAY_MS, 300],
  [63 * DAY_MS + 1, 3_600],
  [455 * DAY_MS, 3_600],
  [1_000 * DAY_MS, 3_600],
])('points that are %i ms old are there every %i s', (ageMs, expected) => {
  expect(finestPeriodSeconds(ageMs)).toBe(expected)
})
