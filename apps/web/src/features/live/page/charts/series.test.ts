import { expect, test } from 'vitest'
import type { Series } from '../../protocol/chart.ts'
import { alignSeries } from './align-series.ts'
import { seriesAsCsv } from './csv.ts'

function series(topic: string, path: string, points: readonly (readonly [atMs: number, value: number])[]): Series {
  const values = Float64Array.from(points, ([, value]) => value)
  return {
    pin: { id: `${topic}#${path}`, topic, path },
    atMs: Float64Array.from(points, ([atMs]) => atMs),
    min: values.map((value) => value - 1),
    mean: values,
    max: values.map((value) => value + 1),
    count: Uint32Array.from(points, () => 3),
    withoutNumber: 0,
    agedOut: 0,
    inexact: 0,
    doubled: 0,
    pairs: [],
  }
}

const A = series('dt/a', '$.x', [
  [1_000, 1],
  [3_000, 3],
])
const B = series('=dt/"b"', '$["x,y"]', [
  [2_000, 20],
  [3_000, 30],
])

test('series at different times share one axis', () => {
  expect(alignSeries([A, B])).toEqual({
    atSeconds: [1, 2, 3],
    columns: [
      { min: [0, null, 2], mean: [1, null, 3], max: [2, null, 4] },
      { min: [null, 19, 29], mean: [null, 20, 30], max: [null, 21, 31] },
    ],
  })
  expect(alignSeries([])).toEqual({ atSeconds: [], columns: [] })
})

test('as CSV a number has all of its digits', () => {
  const exact = new Map([[1, '9007199254740993']])
  expect(
    seriesAsCsv([{ ...A, exact }])
      .split('\r\n')
      .slice(1, 3),
  ).toEqual(['1970-01-01T00:00:01.000Z,dt/a,$.x,1', '1970-01-01T00:00:03.000Z,dt/a,$.x,9007199254740993'])
})

test('as CSV in the order of time, quoted as RFC 4180 says, and nothing that a spreadsheet would calculate', () => {
  expect(seriesAsCsv([A, B]).split('\r\n')).toEqual([
    'time,topic,path,value',
    '1970-01-01T00:00:01.000Z,dt/a,$.x,1',
    '1970-01-01T00:00:02.000Z,"\'=dt/""b""","$[""x,y""]",20',
    '1970-01-01T00:00:03.000Z,dt/a,$.x,3',
    '1970-01-01T00:00:03.000Z,"\'=dt/""b""","$[""x,y""]",30',
    '',
  ])
})
