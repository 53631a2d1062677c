import { useQuery } from '@tanstack/react-query'
import type { Metric, MetricQuery } from '@thingdeck/contract'
import { useMemo } from 'react'
import { brokerMetric } from '../../shared/metrics/broker-metric.ts'
import { metricDataQuery, metricKey, seriesByMetric } from '../../shared/metrics/metric-queries.ts'
import { metricRange, periodsOf, settledPeriods } from '../../shared/metrics/metric-range.ts'
import { countsOf, valuesAt } from '../../shared/metrics/series-values.ts'
import { useNow } from '../../shared/time.tsx'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

/** The metrics of each picture; one picture is the sum of its metrics. */
const PICTURES = {
  connects: [brokerMetric('Connect.Success')],
  published: [brokerMetric('PublishIn.Success'), brokerMetric('PublishIn.Success', 'HTTP')],
  delivered: [brokerMetric('PublishOut.Success'), brokerMetric('PublishOut.Success', 'HTTP')],
  refused: [
    brokerMetric('Connection.AuthNError'),
    brokerMetric('Connect.AuthError'),
    brokerMetric('PublishIn.AuthError'),
    brokerMetric('PublishOut.AuthError'),
    brokerMetric('Subscribe.AuthError'),
  ],
} as const satisfies Readonly<Record<string, readonly MetricQuery[]>>
type Picture = keyof typeof PICTURES

const NO_FAILURES: readonly Metric[] = []

/** The last hour as CloudWatch counted it. */
export interface LastHour {
  /** Undefined until it was read. */
  readonly outcome: 'read' | 'not-allowed' | 'not-served' | undefined
  readonly message?: string | undefined
  readonly error: Error | null
  readonly refetch: () => void
  /** By the minute, oldest first; `null` where there is no point, all of them where the metrics do not exist. */
  readonly values: (picture: Picture | 'failures') => readonly (number | null)[]
  /** Of one metric alone. */
  readonly ofMetric: (metric: Metric) => readonly (number | null)[]
  /** Minutes that are sure to be counted whole. */
  readonly settled: number
}

/** @param failures metrics of rules that failed, which are read with the others */
export function useLastHour(failures: readonly Metric[] = NO_FAILURES): LastHour {
  const minuteMs = Math.floor(useNow(5_000) / MINUTE_MS) * MINUTE_MS
  const range = useMemo(
    () => metricRange(minuteMs + MINUTE_MS - HOUR_MS, minuteMs + MINUTE_MS, minuteMs + MINUTE_MS),
    [minuteMs],
  )
  const queries = useMemo(
    () => [...Object.values(PICTURES).flat(), ...failures.map((metric): MetricQuery => ({ ...metric, stat: 'Sum' }))],
    [failures],
  )
  const query = useQuery(metricDataQuery(queries, range))
  const { data, error, refetch } = query
  return useMemo(() => {
    const at = periodsOf(range)
    const settled = settledPeriods(range, minuteMs + MINUTE_MS)
    const found = seriesByMetric(queries, data)
    const ofMetric = (metric: Metric) => countsOf(valuesAt(found.get(metricKey(metric)), at), settled)
    return {
      outcome: data?.outcome,
      message: data?.message,
      error,
      refetch: () => void refetch(),
      settled,
      ofMetric,
      values: (picture: Picture | 'failures') =>
        sumOf((picture === 'failures' ? failures : PICTURES[picture]).map(ofMetric)),
    }
  }, [range, minuteMs, queries, failures, data, error, refetch])
}

/** Minute by minute; what is not known of one is counted of the others. */
function sumOf(all: readonly (readonly (number | null)[])[]): readonly (number | null)[] {
  return (all[0] ?? []).map((_, index) => {
    const there = all.flatMap((values) => values[index] ?? [])
    return there.length === 0 ? null : there.reduce((sum, value) => sum + value, 0)
  })
}
