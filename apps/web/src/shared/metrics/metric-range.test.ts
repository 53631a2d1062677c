import { finestPeriodSeconds, MOST_METRIC_POINTS } from '@thingdeck/contract'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { earlier, metricRange, periodsOf, periodWords } from './metric-range.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const NOW_MS = Date.UTC(2026, 2, 4, 12, 34, 56)

test.each([
  ['an hour by the minute', HOUR_MS, 0, 60],
  ['three hours by the minute', 3 * HOUR_MS, 0, 60],
  ['half a day by five minutes', 12 * HOUR_MS, 0, 300],
  ['a day by five minutes', DAY_MS, 0, 300],
  ['a week by the hour', 7 * DAY_MS, 0, 3_600],
  ['an hour beside that of 30 days ago: minutes are kept for 15', HOUR_MS, 30 * DAY_MS, 300],
  ['a year by the day', 365 * DAY_MS, 0, 86_400],
])('%s', (_, spanMs, backMs, periodSeconds) => {
  expect(metricRange(NOW_MS - spanMs, NOW_MS, NOW_MS, backMs).periodSeconds).toBe(periodSeconds)
})

test('a range holds what it was asked for, begins and ends with a period, and is one that the server takes', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 455 * DAY_MS }),
      fc.integer({ min: 1, max: 455 * DAY_MS }),
      (agoMs, spanMs) => {
        const toMs = NOW_MS - agoMs
        const fromMs = Math.max(toMs - spanMs, NOW_MS - 455 * DAY_MS)
        fc.pre(fromMs < toMs)
        const range = metricRange(fromMs, toMs, NOW_MS)
        const periodMs = range.periodSeconds * 1_000
        expect(range.startMs).toBeLessThanOrEqual(fromMs)
        expect(range.endMs).toBeGreaterThanOrEqual(toMs)
        expect([range.startMs % periodMs, range.endMs % periodMs]).toEqual([0, 0])
        expect(range.periodSeconds % finestPeriodSeconds(NOW_MS - fromMs)).toBe(0)
        expect(periodsOf(range).length).toBeLessThanOrEqual(MOST_METRIC_POINTS)
        expect(periodsOf(range).length).toBeGreaterThan(0)
      },
    ),
  )
})

test('the same span a day earlier has as many periods', () => {
  const range = metricRange(NOW_MS - HOUR_MS, NOW_MS, NOW_MS)
  expect(periodsOf(earlier(range, DAY_MS))).toEqual(periodsOf(range).map((at) => at - DAY_MS / 1_000))
})

test.each([
  [60, '1 min'],
  [300, '5 min'],
  [3_600, '1 h'],
  [86_400, '1 d'],
])('%i s are %s', (seconds, words) => {
  expect(periodWords(seconds)).toBe(words)
})
