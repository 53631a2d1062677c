import { MathError } from './math-error.ts'
import type { TimeSeries } from './time-series.ts'

/** What an expression yields: a scalar (S), a time series (TS) or an array of them (TS[]). */
export type MathValue =
  | { readonly kind: 'scalar'; readonly value: number }
  | { readonly kind: 'series'; readonly series: TimeSeries }
  | { readonly kind: 'array'; readonly series: readonly TimeSeries[] }

export const scalar = (value: number): MathValue => ({ kind: 'scalar', value })
export const single = (series: TimeSeries): MathValue => ({ kind: 'series', series })
export const array = (series: readonly TimeSeries[]): MathValue => ({ kind: 'array', series })

/** Names of the types, as CloudWatch's messages have them. */
const TYPES = { scalar: 'Scalar', series: 'TimeSeries', array: 'TimeSeries[]' } as const

export function typeOf({ kind }: MathValue): string {
  return TYPES[kind]
}

/** How many data points it has; a series counts as one more. */
export function pointsIn(value: MathValue): number {
  if (value.kind === 'scalar') return 1
  const all = value.kind === 'array' ? value.series : [value.series]
  return all.reduce((points, { values }) => points + values.size + 1, 0)
}

/** All series of a series or an array. @throws {MathError} for a scalar */
export function seriesIn(value: MathValue, within: string): readonly TimeSeries[] {
  if (value.kind === 'array') return value.series
  if (value.kind === 'series') return [value.series]
  throw new MathError(`${within} takes time series, not a scalar`)
}

/** Does the same with each series. @throws {MathError} for a scalar */
export function eachSeries(value: MathValue, within: string, change: (series: TimeSeries) => TimeSeries): MathValue {
  const changed = seriesIn(value, within).map(change)
  const [only] = changed
  return value.kind === 'series' && only ? single(only) : array(changed)
}
