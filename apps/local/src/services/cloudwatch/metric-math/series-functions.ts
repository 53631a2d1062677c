import { mapValues, type TimeSeries } from './time-series.ts'

/** Those that change one series, and do the same with each of an array. */
export const SERIES_FUNCTIONS: Readonly<Record<string, (series: TimeSeries) => TimeSeries>> = {
  ABS: (series) => mapValues(series, Math.abs),
  CEIL: (series) => mapValues(series, Math.ceil),
  FLOOR: (series) => mapValues(series, Math.floor),
  LOG: (series) => mapValues(series, Math.log),
  LOG10: (series) => mapValues(series, Math.log10),
  DIFF: (series) => pairwise(series, (difference) => difference),
  DIFF_TIME: (series) => pairwise(series, (_difference, seconds) => seconds),
  RATE: (series) => pairwise(series, (difference, seconds) => difference / seconds),
  RUNNING_SUM: (series) => {
    let total = 0
    return mapValues(series, (value) => {
      total += value
      return total
    })
  },
}

/** Of each value and the one before it; the first has none. */
function pairwise(series: TimeSeries, of: (difference: number, seconds: number) => number): TimeSeries {
  let before: { readonly at: number; readonly value: number } | undefined
  return mapValues(series, (value, at) => {
    const result = before && of(value - before.value, at - before.at)
    before = { at, value }
    return result
  })
}

/** Those that make values of the times of a series' periods, in UTC. */
export const TIME_FUNCTIONS: Readonly<Record<string, (date: Date) => number>> = {
  MINUTE: (date) => date.getUTCMinutes(),
  HOUR: (date) => date.getUTCHours(),
  /** Monday is 1. */
  DAY: (date) => date.getUTCDay() || 7,
  DATE: (date) => date.getUTCDate(),
  MONTH: (date) => date.getUTCMonth() + 1,
  YEAR: (date) => date.getUTCFullYear(),
  EPOCH: (date) => date.getTime() / 1000,
}

/** What fills a period without a value. */
export type Filler = 'REPEAT' | 'LINEAR' | number | TimeSeries

/** Gives every period a value, as far as the filler has one: REPEAT none before the first, LINEAR none outside. */
export function fill(series: TimeSeries, times: readonly number[], filler: Filler): TimeSeries {
  const values = new Map<number, number>()
  const known = [...series.values].map(([at, value]) => ({ at, value }))
  let next = 0
  for (const at of times) {
    while ((known[next]?.at ?? Number.POSITIVE_INFINITY) <= at) next += 1
    const before = known[next - 1]
    const value = before?.at === at ? before.value : fillerValue(filler, at, before, known[next])
    if (value !== undefined) values.set(at, value)
  }
  return { ...series, values }
}

interface Point {
  readonly at: number
  readonly value: number
}

function fillerValue(filler: Filler, at: number, before: Point | undefined, after: Point | undefined) {
  if (typeof filler === 'number') return filler
  if (typeof filler === 'object') return filler.values.get(at)
  if (filler === 'REPEAT') return before?.value
  if (!before || !after) return undefined
  return before.value + ((after.value - before.value) * (at - before.at)) / (after.at - before.at)
}
