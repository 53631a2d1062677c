import type { MetricSeries } from '@thingdeck/contract'

/**
 * The values of a series at given times; `null` where there is none.
 * @param at epoch seconds
 * @param shiftSeconds so much later than its own times it is put: a span of before is laid over one of now
 */
export function valuesAt(
  series: MetricSeries | undefined,
  at: readonly number[],
  shiftSeconds = 0,
): readonly (number | null)[] {
  const values = new Map(series?.at.map((seconds, index) => [seconds + shiftSeconds, series.values[index] ?? null]))
  return at.map((seconds) => values.get(seconds) ?? null)
}

/**
 * Counts for a chart: AWS IoT sends a point where something happened and none where nothing did, so that a series that
 * has points is 0 between them. One without any is not drawn: nothing says that the metric exists.
 * @param settled so many values are sure to be there if they ever come; behind them none is taken for 0
 */
export const countsOf = (values: readonly (number | null)[], settled = values.length): readonly (number | null)[] =>
  values.some((value) => value !== null) ? values.map((value, index) => value ?? (index < settled ? 0 : null)) : values

/** All of it together; `undefined` without a point. */
export function totalOf(values: readonly (number | null)[]): number | undefined {
  const there = values.filter((value) => value !== null)
  return there.length === 0 ? undefined : there.reduce((sum, value) => sum + value, 0)
}

/**
 * How a number stands to one before, in words: `+12 %`, `−50 %`, `the same`. Undefined where there was none before, or
 * nothing: no share can be told.
 */
export function changeWords(now: number, before: number | undefined): string | undefined {
  if (before === undefined || before === 0) return undefined
  if (now === before) return 'the same'
  const share = now / before
  if (share >= 10) return `×${Math.round(share)}`
  const percent = Math.round((share - 1) * 100)
  if (percent === 0) return 'about the same'
  return `${percent > 0 ? '+' : '−'}${Math.abs(percent)} %`
}
