import type { MetricSeries } from '@thingdeck/contract'
import { csvField } from '../../shared/csv-field.ts'
import { type MetricRange, periodsOf, settledPeriods } from '../../shared/metrics/metric-range.ts'
import { changeWords, countsOf, totalOf, valuesAt } from '../../shared/metrics/series-values.ts'

/** A series, and the same of spans before. */
export interface ComparableSeries {
  readonly label: string
  readonly now: MetricSeries | undefined
  readonly before: readonly { readonly byMs: number; readonly series: MetricSeries | undefined }[]
}

/** A point, or a reason why there is none. */
export const hasSomething = ({ now, before }: ComparableSeries): boolean =>
  (now !== undefined && (now.at.length > 0 || now.outcome !== 'complete')) ||
  before.some(({ series }) => (series?.at.length ?? 0) > 0)

/** A series as it is drawn and told: its values at the times of the chart. */
export interface SeriesFigures {
  readonly label: string
  readonly values: readonly (number | null)[]
  readonly total: number | undefined
  /** The most of one period. */
  readonly peak: number | undefined
  readonly last: number | undefined
  readonly before: readonly {
    readonly byMs: number
    readonly values: readonly (number | null)[]
    readonly total: number | undefined
    readonly change: string | undefined
  }[]
}

export interface ChartFigures {
  /** When each period begins, in epoch seconds. */
  readonly at: readonly number[]
  readonly series: readonly SeriesFigures[]
}

/**
 * The figures of a chart. What is compared is what both have: of a span that is not over, the part before of the same
 * length.
 */
export function chartFigures(series: readonly ComparableSeries[], range: MetricRange, nowMs: number): ChartFigures {
  const at = periodsOf(range)
  const settled = settledPeriods(range, nowMs)
  return {
    at,
    series: series.map(({ label, now, before }) => {
      const values = countsOf(valuesAt(now, at), settled)
      const known = values.findLastIndex((value) => value !== null) + 1
      const total = totalOf(values)
      return {
        label,
        values,
        total,
        peak: total === undefined ? undefined : Math.max(...values.map((value) => value ?? 0)),
        last: values[known - 1] ?? undefined,
        before: before.map(({ byMs, series: earlier }) => {
          const were = countsOf(valuesAt(earlier, at, byMs / 1_000))
          const wereTotal = totalOf(known === 0 ? were : were.slice(0, known))
          return {
            byMs,
            values: were,
            total: wereTotal,
            change: total === undefined ? undefined : changeWords(total, wereTotal),
          }
        }),
      }
    }),
  }
}

const DAY_MS = 86_400_000
/** `the day before`, `the week before`. */
export const beforeWords = (byMs: number): string => (byMs === DAY_MS ? 'the day before' : 'the week before')

/**
 * A chart as CSV (RFC 4180): a row a period, a column a series; `time,Accepted,Accepted (the day before)`. An empty field
 * is a period of which there is no point.
 */
export function figuresAsCsv({ at, series }: ChartFigures): string {
  const columns = series.flatMap(({ label, values, before }) => [
    { name: label, values },
    ...before.map(({ byMs, values: were }) => ({ name: `${label} (${beforeWords(byMs)})`, values: were })),
  ])
  const head = ['time', ...columns.map(({ name }) => csvField(name))]
  const rows = at.map((seconds, index) => [
    new Date(seconds * 1_000).toISOString(),
    ...columns.map(({ values }) => String(values[index] ?? '')),
  ])
  return `${[head, ...rows].map((row) => row.join(',')).join('\r\n')}\r\n`
}
