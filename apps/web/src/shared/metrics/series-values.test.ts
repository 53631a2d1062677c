import { expect, test } from 'vitest'
import { changeWords, countsOf, totalOf, valuesAt } from './series-values.ts'

const series = { outcome: 'complete', at: [60, 180], values: [5, 7], messages: [] } as const

test('values stand at their times, and those of before are laid over those of now', () => {
  const own = { ...series, at: [...series.at], values: [...series.values], messages: [] }
  expect(valuesAt(own, [60, 120, 180])).toEqual([5, null, 7])
  expect(valuesAt(own, [86_460, 86_520, 86_580], 86_400)).toEqual([5, null, 7])
  expect(valuesAt(undefined, [60])).toEqual([null])
})

test('a series of counts is 0 between its points, and nothing where it has none', () => {
  expect(countsOf([null, 5, null])).toEqual([0, 5, 0])
  expect(countsOf([null, null])).toEqual([null, null])
  expect(countsOf([null, 5, null, null], 3)).toEqual([0, 5, 0, null])
  expect(totalOf([null, 5, 7])).toBe(12)
  expect(totalOf([null])).toBeUndefined()
})

test.each([
  [112, 100, '+12 %'],
  [50, 100, '−50 %'],
  [100, 100, 'the same'],
  [100_001, 100_000, 'about the same'],
  [5_000, 100, '×50'],
  [0, 100, '−100 %'],
  [5, 0, undefined],
  [5, undefined, undefined],
])('%s after %s is %s', (now, before, words) => {
  expect(changeWords(now, before)).toBe(words)
})
