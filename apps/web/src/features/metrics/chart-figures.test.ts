import type { MetricSeries } from '@thingdeck/contract'
import { expect, test } from 'vitest'
import { chartFigures, figuresAsCsv } from './chart-figures.ts'

const DAY_MS = 86_400_000
const START_MS = Date.UTC(2026, 2, 4, 12)
const range = { startMs: START_MS, endMs: START_MS + 6 * 60_000, periodSeconds: 60 }

/** Values by the minute from the beginning on; `null` is no point. */
const seriesFrom = (startMs: number, values: readonly (number | null)[]): MetricSeries => {
  const points = values.flatMap((value, index) => (value === null ? [] : [[startMs / 1_000 + index * 60, value]]))
  return {
    outcome: 'complete',
    at: points.map(([at = 0]) => at),
    values: points.map(([, value = 0]) => value),
    messages: [],
  }
}

const before = { byMs: DAY_MS, series: seriesFrom(START_MS - DAY_MS, [1, 1, 1, 1, 1, 100]) }

test('a span that is over is 0 where nothing came, and compared whole', () => {
  const now = seriesFrom(START_MS, [2, null, 4, null, null, null])
  const [series] = chartFigures([{ label: 'Taken', now, before: [before] }], range, START_MS + DAY_MS).series
  expect(series).toMatchObject({ values: [2, 0, 4, 0, 0, 0], total: 6, peak: 4, last: 0 })
  expect(series?.before[0]).toMatchObject({ total: 105, change: '−94 %' })
})

test('what may still come is no 0, and the span before is compared as far as this one is known', () => {
  const now = seriesFrom(START_MS, [2, null, 4, null, null, null])
  const nowMs = START_MS + 5 * 60_000 + 30_000
  const [series] = chartFigures([{ label: 'Taken', now, before: [before] }], range, nowMs).series
  expect(series).toMatchObject({ values: [2, 0, 4, null, null, null], total: 6, last: 4 })
  expect(series?.before[0]).toMatchObject({ total: 3, change: '+100 %' })
})

test('a series without a point has no total, no 0 and no comparison', () => {
  const [series] = chartFigures(
    [{ label: 'Taken', now: seriesFrom(START_MS, []), before: [before] }],
    range,
    START_MS,
  ).series
  expect(series).toMatchObject({ values: Array(6).fill(null), total: undefined, peak: undefined })
  expect(series?.before[0]?.change).toBeUndefined()
})

test('as CSV', () => {
  const now = seriesFrom(START_MS, [2, null, null, null, null, null])
  const figures = chartFigures([{ label: '=A,b', now, before: [before] }], range, START_MS + 2 * 60_000)
  expect(figuresAsCsv(figures).split('\r\n').slice(0, 3)).toEqual([
    'time,"\'=A,b","\'=A,b (the day before)"',
    '2026-03-04T12:00:00.000Z,2,1',
    '2026-03-04T12:01:00.000Z,,1',
  ])
})
