import { queryOptions } from '@tanstack/react-query'
import {
  endpoints,
  type Metric,
  type MetricData,
  type MetricNamespace,
  type MetricQuery,
  type MetricSeries,
} from '@thingdeck/contract'
import { api } from '../api.ts'
import type { MetricRange } from './metric-range.ts'

/** Prefix of every key of what CloudWatch knows. */
export const METRICS = ['metrics'] as const

/** CloudWatch counts by the minute: to ask more often tells nothing new. */
const LOOK_EVERY_MS = 60_000

const NOTHING_ASKED: MetricData = { outcome: 'read', series: [] }

/** Values of metrics, one series a query in their order; read again by the minute while somebody looks. */
export const metricDataQuery = (queries: readonly MetricQuery[], { startMs, endMs, periodSeconds }: MetricRange) =>
  queryOptions({
    queryKey: [...METRICS, 'data', queries, startMs, endMs, periodSeconds],
    queryFn: ({ signal }): Promise<MetricData> | MetricData =>
      queries.length === 0
        ? NOTHING_ASKED
        : api(endpoints.readMetrics, {
            body: {
              queries: [...queries],
              start: new Date(startMs).toISOString(),
              end: new Date(endMs).toISOString(),
              periodSeconds,
            },
            signal,
          }),
    staleTime: LOOK_EVERY_MS / 2,
    refetchInterval: LOOK_EVERY_MS,
    // A range up to now is another one every minute: what is known of the same metrics stays until it is read.
    placeholderData: (previous, query) => (query?.queryKey[2] === queries ? previous : undefined),
    retry: false,
  })

/** The series by their metrics; of an answer to other queries, which stands in until the right one is there, none. */
export function seriesByMetric(
  queries: readonly MetricQuery[],
  data: MetricData | undefined,
): ReadonlyMap<string, MetricSeries | undefined> {
  if (data?.series.length !== queries.length) return new Map()
  return new Map(queries.map((query, index) => [metricKey(query), data.series[index]]))
}

/** Which metrics of a namespace there are. */
export const metricListQuery = (namespace: MetricNamespace) =>
  queryOptions({
    queryKey: [...METRICS, 'list', namespace],
    queryFn: ({ signal }) => api(endpoints.listMetrics, { query: { namespace }, signal }),
    staleTime: LOOK_EVERY_MS,
    refetchInterval: LOOK_EVERY_MS,
    retry: false,
  })

/** The alarms that watch AWS IoT's metrics. */
export const alarmsQuery = queryOptions({
  queryKey: [...METRICS, 'alarms'],
  queryFn: ({ signal }) => api(endpoints.listAlarms, { signal }),
  staleTime: 15_000, // ms
  refetchInterval: LOOK_EVERY_MS / 2,
  retry: false,
})

/** Whether two metrics are one: by name and the whole set of dimensions. */
export const isSameMetric = (one: Metric, other: Metric): boolean => metricKey(one) === metricKey(other)

/** A text that is the same for the same metric, however its dimensions are ordered. */
export const metricKey = ({ namespace, metricName, dimensions }: Metric): string =>
  JSON.stringify([namespace, metricName, dimensions.map(({ name, value }) => [name, value]).sort()])
