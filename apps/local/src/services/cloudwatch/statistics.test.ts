import { expect, test } from 'vitest'
import { Distribution } from '../../foundation/distribution.ts'
import type { MetricPoint } from './metric-point.ts'
import { parseStatistic } from './statistics.ts'

function pointOf(...values: readonly number[]): MetricPoint {
  return {
    count: values.length,
    sum: values.reduce((total, value) => total + value, 0),
    min: Math.min(...values),
    max: Math.max(...values),
    distribution: new Distribution(values.map((value) => [value, 1])),
  }
}

const TO_100 = pointOf(...Array.from({ length: 100 }, (_, index) => index + 1))
const TO_10 = pointOf(1, 2, 3, 4, 5, 6, 7, 8, 9, 10)

// Amazon CloudWatch User Guide, "CloudWatch statistics definitions".
test.each<[name: string, point: MetricPoint, value: number]>([
  ['SampleCount', TO_10, 10],
  ['Average', TO_10, 5.5],
  ['Sum', TO_10, 55],
  ['Minimum', TO_10, 1],
  ['Maximum', TO_10, 10],
  ['p50', TO_100, 50],
  ['p99', TO_100, 99],
  ['p99.9', TO_100, 100],
  ['p0', TO_100, 1],
  ['p100', TO_100, 100],
  ['tm90', TO_10, 5],
  ['TM(10%:90%)', TO_10, 5.5],
  ['TM(2:5)', TO_10, 4],
  ['TM(:3)', TO_10, 2],
  ['IQM', pointOf(1, 2, 3, 4), 2.5],
  ['tc90', TO_10, 9],
  ['TC(2:5)', TO_10, 3],
  ['ts90', TO_10, 45],
  ['TS(80%:)', TO_10, 19],
  ['WM(2:9)', TO_10, 5.5],
  ['wm90', TO_10, 5.4],
  ['PR(:5)', TO_10, 50],
  ['PR(2:5)', TO_10, 30],
])('%s of %j is %d', (name, point, value) => {
  expect(parseStatistic(name)?.(point)).toBeCloseTo(value, 10)
})

test.each([
  'Median',
  'sum',
  'p101',
  'p',
  'tm',
  'TM()',
  'TM(:)',
  'TM(10%:5)',
  'TM(90%:10%)',
  'PR(10%:20%)',
  'constructor',
])('there is no statistic %s', (name) => {
  expect(parseStatistic(name)).toBeUndefined()
})

test('of a statistic set the distribution is known only where all values are equal', () => {
  const set = { count: 4, sum: 8, min: 1, max: 3, distribution: undefined }
  expect(parseStatistic('p50')?.(set)).toBeUndefined()
  expect(parseStatistic('tm50')?.(set)).toBeUndefined()
  expect(parseStatistic('p50')?.({ ...set, min: 2, max: 2 })).toBe(2)
})
