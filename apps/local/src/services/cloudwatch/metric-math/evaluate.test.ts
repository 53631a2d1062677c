import { describe, expect, test } from 'vitest'
import type { MathContext } from './call.ts'
import { evaluateMath } from './evaluate.ts'
import { type MathValue, single } from './math-value.ts'
import { parseMath } from './parse.ts'

/** `-` is a period without a value. */
type Row = readonly (number | '-')[]

const PERIOD = 60
const TIMES = [0, 60, 120, 180, 240]

function seriesOfRow(row: Row): MathValue {
  const points = row.flatMap((value, index): [number, number][] => (value === '-' ? [] : [[index * PERIOD, value]]))
  return single({ label: 'row', periodSeconds: PERIOD, values: new Map(points) })
}

function contextOf(rows: Readonly<Record<string, Row>>): MathContext {
  const seriesOf = (id: string) => {
    const value = seriesOfRow(rows[id] ?? [])
    return value.kind === 'series' ? [{ ...value.series, label: id }] : []
  }
  return {
    resolve: (id) => seriesOfRow(rows[id] ?? []),
    metrics: (part) =>
      Object.keys(rows)
        .filter((id) => id.includes(part))
        .flatMap(seriesOf),
    search: () => [],
    periodSeconds: PERIOD,
    times: () => TIMES,
    spend: () => {},
  }
}

function rowOf(values: ReadonlyMap<number, number>, length: number): Row {
  return Array.from({ length }, (_, index) => values.get(index * PERIOD) ?? '-')
}

function evaluate(expression: string, rows: Readonly<Record<string, Row>>): number | Row | Row[] {
  const value = evaluateMath(parseMath(expression), contextOf(rows))
  const length = Math.max(...Object.values(rows).map((row) => row.length))
  if (value.kind === 'scalar') return value.value
  if (value.kind === 'series') return rowOf(value.series.values, length)
  return value.series.map(({ values }) => rowOf(values, length))
}

const M = { m1: [30, 20, 0, 0], m2: [20, '-', 20, '-'] } as const
const IF = { m1: [1, 1, 0, 0, '-'], m2: [30, '-', 0, 0, 30], m3: [0, 0, 20, '-', 20] } as const

test.each<[expression: string, rows: Readonly<Record<string, Row>>, expected: number | Row | Row[], source: string]>([
  ['(m1 < m2)', M, [0, 0, 1, 0], 'guide, "Comparison and logical operators"'],
  ['(m1 >= 30)', M, [1, 0, 0, 0], 'the same'],
  ['(m1 > 15 AND m2 > 15)', M, [1, 0, 0, 0], 'the same'],
  ['IF(m1, m2, m3)', IF, [30, 0, 20, '-', '-'], 'guide, "Using IF expressions"'],
  ['IF(m1, 5, m3)', IF, [5, 5, 20, '-', '-'], 'the same'],
  ['IF(m1, m2, 5)', IF, [30, 0, 5, 5, '-'], 'the same'],
  ['IF(m1, m2)', IF, [30, 0, '-', '-', '-'], 'dropped where the third is omitted'],
  ['IF(0, m2)', IF, ['-', '-', '-', '-', '-'], 'an empty time series'],
  ['m1 + m2', M, [50, 20, 20, 0], 'missing values are treated as 0'],
  ['m1 / m2', M, [1.5, '-', 0, '-'], 'what is divided by zero is dropped'],
  ['-m1 * 2 ^ 2', M, [-120, -80, -0, -0], 'precedence'],
  ['2 ^ 3 ^ 2 + m1 * 0', M, [512, 512, 512, 512], 'to the right'],
  ['(1 + 2) * 3 - 4 / 2', M, 7, 'scalars'],
  ['1 == 1 && 1 != 1 || 0 < 1', M, 1, 'scalars'],
  [
    '100 / [m1, m2]',
    M,
    [
      [100 / 30, 5, '-', '-'],
      [5, '-', 5, '-'],
    ],
    'an array',
  ],
  [
    'METRICS() * 2',
    M,
    [
      [60, 40, 0, 0],
      [40, '-', 40, '-'],
    ],
    '',
  ],
  ['METRICS("2")', M, [[20, '-', 20, '-']], 'by a part of the id'],
  ['SUM(METRICS())', M, [50, 20, 20, 0], ''],
  ['AVG(METRICS())', M, [25, 10, 10, 0], 'missing values are treated as 0'],
  ['MIN(METRICS())', M, [20, 20, 0, 0], ''],
  ['MAX([m1, m2])', M, [30, 20, 20, 0], ''],
  ['DATAPOINT_COUNT(METRICS())', M, [2, 1, 2, 1], ''],
  ['m1 - AVG(m1)', M, [17.5, 7.5, -12.5, -12.5], ''],
  ['MAX(m1) - MIN(m1)', M, 30, ''],
  ['STDDEV(m1) ^ 2', { m1: [2, 4] }, 1, ''],
  ['SUM(m1) / DATAPOINT_COUNT(m1)', { m1: [2, '-', 4] }, 3, ''],
  ['m1 / PERIOD(m1)', { m1: [60] }, [1], ''],
  ['DIFF(m1)', { m1: [1, '-', 4, 2] }, ['-', '-', 3, -2], ''],
  ['DIFF_TIME(m1)', { m1: [1, '-', 4, 2] }, ['-', '-', 120, 60], ''],
  ['RATE(m1)', { m1: [0, '-', 120, 180] }, ['-', '-', 1, 1], ''],
  ['RUNNING_SUM(m1)', { m1: [1, '-', 2, 3] }, [1, '-', 3, 6], ''],
  ['ABS(-m1)', M, [30, 20, 0, 0], ''],
  [
    '[CEIL(m1), FLOOR(m1)]',
    { m1: [1.5, -1.5] },
    [
      [2, -1],
      [1, -2],
    ],
    '',
  ],
  ['LOG10(m1)', { m1: [100, 0, -1] }, [2, '-', '-'], 'no logarithm'],
  ['FILL(m1, 7)', { m1: [1, '-', 3, '-', '-'] }, [1, 7, 3, 7, 7], ''],
  ['FILL(m1, REPEAT)', { m1: ['-', 1, '-', 3, '-'] }, ['-', 1, 1, 3, 3], ''],
  ['FILL(m1, LINEAR)', { m1: ['-', 1, '-', 3, '-'] }, ['-', 1, 2, 3, '-'], ''],
  ['FILL(m2, m1)', { m1: [9, 8, 7, 6, 5], m2: [1, '-', '-', 2, '-'] }, [1, 8, 7, 2, 5], ''],
  ['FILL(m1, MIN(m1))', { m1: [4, '-', 2, '-', '-'] }, [4, 2, 2, 2, 2], ''],
  ['TIME_SERIES(3)', { m1: [0, 0, 0, 0, 0] }, [3, 3, 3, 3, 3], ''],
  ['MINUTE(m1)', { m1: ['-', '-', '-', '-', '-'] }, [0, 1, 2, 3, 4], 'not sparse'],
  ['DAY(m1)', { m1: ['-', '-', '-', '-', '-'] }, [4, 4, 4, 4, 4], 'the first day of 1970 was a Thursday'],
  ['METRIC_COUNT(METRICS())', M, 2, ''],
  ['FIRST(SORT(METRICS(), MAX, ASC))', M, [20, '-', 20, '-'], ''],
  ['SLICE(SORT(METRICS(), AVG, DESC), 1)', M, [[30, 20, 0, 0]], 'from one on'],
  ['SORT(METRICS(), AVG, DESC, 1)', M, [[20, '-', 20, '-']], 'at most one'],
  ['LAST(METRICS())', M, [20, '-', 20, '-'], ''],
  ['REMOVE_EMPTY(METRICS())', { m1: ['-', '-'], m2: [1, 2] }, [[1, 2]], ''],
])('%s of %j → %j (%s)', (expression, rows, expected) => {
  expect(evaluate(expression, rows)).toEqual(expected)
})

describe('what is wrong is said', () => {
  test.each([
    ['m1 +', 'Unexpected end of the expression'],
    ['(m1', "Unexpected end of the expression, expected ')'"],
    ['m1 m2', "Unexpected 'm2' at position 3"],
    ['m1 # 2', "Unexpected character '#' at position 3"],
    ['SUN(m1)', 'Unknown function: SUN'],
    ['ANOMALY_DETECTION_BAND(m1)', 'The function ANOMALY_DETECTION_BAND is not there in this server'],
    ['SUM()', 'SUM takes 1 argument, not 0'],
    ['DIFF(3)', 'DIFF takes time series, not a scalar'],
    ['PERIOD([m1])', 'PERIOD takes a TimeSeries as its argument 1, not TimeSeries[]'],
    ['[m1] + [m2]', "Unsupported operand types for '+': TimeSeries[] and TimeSeries[]"],
    ['SORT(METRICS(), MEDIAN, ASC)', 'SORT takes one of AVG, MIN, MAX, SUM as its argument 2, not something else'],
    ['"m1"', 'A text has no value: "m1"'],
    [`${'('.repeat(500)}m1`, 'The expression is nested too deeply'],
    [`${'-2^'.repeat(500)}m1`, 'The expression is nested too deeply'],
  ])('%s: %s', (expression, message) => {
    expect(() => evaluate(expression, M)).toThrow(message)
  })
})
