import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { endpoints, MOST_IOT_LOG_ENTRIES } from '@thingdeck/contract'
import { api } from '../../shared/api.ts'
import { IOT_LOGS, readIotLogs } from '../../shared/iot-logs/iot-log-queries.ts'
import { SPAN_MS, type Span } from '../../shared/time-range.ts'
import { REQUEST_EVENTS } from './logged-requests.ts'

/** Prefix of the keys of policies, so that a change of one is noticed here too. */
const POLICIES = ['policies'] as const

export const rehearsedPolicyQuery = (policyName: string) =>
  queryOptions({
    queryKey: [...POLICIES, 'rehearsed', policyName],
    queryFn: ({ signal }) => api(endpoints.describePolicy, { params: { policyName }, signal }),
    staleTime: 5_000, // ms
  })

export const rehearsedVersionQuery = (policyName: string, versionId: string) =>
  queryOptions({
    queryKey: [...POLICIES, 'rehearsed', policyName, versionId],
    queryFn: ({ signal }) => api(endpoints.getPolicyVersion, { params: { policyName, versionId }, signal }),
    staleTime: Number.POSITIVE_INFINITY, // a version never changes
  })

/** The entries of requests, newest first, up to a time. */
export const requestEntriesQuery = (last: Span, toMs: number, clientId: string | undefined) =>
  infiniteQueryOptions({
    queryKey: [...IOT_LOGS, 'requests', last, toMs, clientId ?? ''],
    queryFn: ({ signal, pageParam: nextToken }) =>
      readIotLogs(
        {
          clientId,
          eventTypes: [...REQUEST_EVENTS],
          from: new Date(toMs - SPAN_MS[last]).toISOString(),
          to: new Date(toMs).toISOString(),
          maxResults: MOST_IOT_LOG_ENTRIES,
          nextToken: nextToken === '' ? undefined : nextToken,
        },
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: ({ nextToken }) => nextToken,
    staleTime: Number.POSITIVE_INFINITY, // the time is over
  })
