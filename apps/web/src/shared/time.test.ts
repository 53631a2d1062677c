import { expect, test } from 'vitest'
import { formatAge, formatDateTime, formatSpan, formatTimeOfDay } from './time.tsx'

test.each([
  [0, '0 s'],
  [-5_000, '0 s'],
  [59_400, '59 s'],
  [60_000, '1 min'],
  [3_599_000, '59 min'],
  [3_600_000, '1 h'],
  [86_400_000 * 3, '3 d'],
])('%i ms is %s', (ms, expected) => {
  expect(formatSpan(ms)).toBe(expected)
})

test('a clock that is a little ahead does not speak of the future', () => {
  expect(formatAge(10_500, 10_000)).toBe('now')
  expect(formatAge(10_000, 190_000)).toBe('3 min ago')
})

test('times are local; the offset stands beside the date', () => {
  const date = new Date(2026, 2, 9, 12, 4, 7, 113)
  expect(formatTimeOfDay(date.getTime())).toBe('12:04:07.113')
  expect(formatDateTime(date.getTime())).toMatch(/^2026-03-09 12:04:07 [+-]\d\d:\d\d$/)
})
