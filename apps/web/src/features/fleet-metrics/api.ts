import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { endpoints, type FleetAggregation } from '@thingdeck/contract'
import { api } from '../../shared/api.ts'

/** Prefix of every key of this feature. */
export const FLEET_METRICS = ['fleet-metrics'] as const

export const fleetMetricPagesQuery = (maxResults: number) =>
  infiniteQueryOptions({
    queryKey: [...FLEET_METRICS, 'pages', maxResults],
    queryFn: ({ signal, pageParam: nextToken }) =>
      api(endpoints.listFleetMetrics, { query: { maxResults, nextToken }, signal }),
    initialPageParam: '',
    getNextPageParam: ({ nextToken }) => nextToken,
    staleTime: 10_000, // ms
  })

export const fleetMetricQuery = (metricName: string) =>
  queryOptions({
    queryKey: [...FLEET_METRICS, 'metric', metricName],
    queryFn: ({ signal }) => api(endpoints.describeFleetMetric, { params: { metricName }, signal }),
    staleTime: 10_000, // ms
  })

export const fleetFieldsQuery = queryOptions({
  queryKey: [...FLEET_METRICS, 'fields'],
  queryFn: ({ signal }) => api(endpoints.listFleetFields, { signal }),
  staleTime: 60_000, // ms
})

interface Aggregated {
  readonly queryString: string
  readonly aggregationField: string
  readonly aggregation: FleetAggregation
}

/** What such a metric would say now. */
export const previewQuery = ({ queryString, aggregationField, aggregation }: Aggregated) =>
  queryOptions({
    queryKey: [...FLEET_METRICS, 'preview', queryString, aggregationField, aggregation],
    queryFn: ({ signal }) =>
      api(endpoints.previewFleetMetric, {
        query: { queryString, aggregationField, aggregation: aggregation.name, value: aggregation.values },
        signal,
      }),
    staleTime: 10_000, // ms
    retry: false,
  })
