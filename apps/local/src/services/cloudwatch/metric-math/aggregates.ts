import { array, type MathValue, scalar, single } from './math-value.ts'
import { type TimeSeries, timesOf } from './time-series.ts'

/** Of the values that are there; `places` counts the missing ones, too. */
export type Aggregate = (values: readonly number[], places: number) => number

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

/** Those that make a scalar of one series, and one series of an array. */
export const AGGREGATES: Readonly<Record<string, Aggregate>> = {
  /** "Missing values are treated as 0." */
  AVG: (values, places) => sum(values) / places,
  SUM: sum,
  MIN: (values) => values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY),
  MAX: (values) => values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY),
  STDDEV: (values) => {
    const mean = sum(values) / values.length
    return Math.sqrt(sum(values.map((value) => (value - mean) ** 2)) / values.length)
  },
  DATAPOINT_COUNT: (values) => values.length,
}

/** @see Amazon CloudWatch User Guide, "Functions supported for metric math" */
export function aggregate(value: MathValue, name: string, how: Aggregate): MathValue {
  if (value.kind === 'scalar') return value
  if (value.kind === 'series') return scalar(aggregateOf(value.series, how))
  const values = new Map<number, number>()
  for (const at of timesOf(value.series)) {
    const present = value.series.map((series) => series.values.get(at)).filter((item) => item !== undefined)
    values.set(at, how(present, value.series.length))
  }
  const periodSeconds = value.series.reduce((most, series) => Math.max(most, series.periodSeconds), 0)
  return single({ label: name, periodSeconds, values })
}

/** Of all values of one series. */
function aggregateOf({ values }: TimeSeries, how: Aggregate): number {
  return how([...values.values()], values.size)
}

/** Of an array, in the order of an aggregate of each; those without values last. */
export function sortSeries(all: readonly TimeSeries[], how: Aggregate, isAscending: boolean): MathValue {
  const keyed = all.map((series) => ({ series, key: series.values.size === 0 ? undefined : aggregateOf(series, how) }))
  keyed.sort((a, b) => {
    if (a.key === undefined || b.key === undefined) return Number(a.key === undefined) - Number(b.key === undefined)
    return isAscending ? a.key - b.key : b.key - a.key
  })
  return array(keyed.map(({ series }) => series))
}
