import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { endpoints } from '@thingdeck/contract'
import { api } from '../../shared/api.ts'
import { rangeOf, SPAN_MS, type Span, type TimeRange } from '../../shared/time-range.ts'
import type { ClientsFilter } from './search.ts'

/** Prefix of every key of this feature: one call refreshes them all. */
export const CLIENTS = ['clients'] as const

/** Of lists and histories, unless an address says otherwise. */
export const USUAL_SPAN: Span = '24h'

/** How far back what a client sends and receives is counted. */
export const TRAFFIC_SPAN: Span = '15m'

const isoRange = (range: TimeRange, anchorMs: number) => {
  const { fromMs, toMs } = rangeOf(range, anchorMs, USUAL_SPAN)
  return { from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString() }
}

/** Clients of a time up to `anchorMs`, or of the time that the filter has, page by page. */
export const clientPagesQuery = (filter: ClientsFilter, anchorMs: number, maxResults: number) => {
  const { client, starts, state, reason, principal, ip, fought, consoles, ...range } = filter
  const query = {
    ...isoRange(range, anchorMs),
    clientId: client,
    startsWith: starts,
    state,
    disconnectReason: reason,
    principalId: principal,
    sourceIp: ip,
    isFoughtOver: fought,
    // Whoever names one looks for it.
    ...(consoles === undefined && client === undefined && { withoutConsoles: '1' as const }),
    maxResults,
  }
  return infiniteQueryOptions({
    queryKey: [...CLIENTS, 'pages', query],
    queryFn: ({ signal, pageParam: nextToken }) =>
      api(endpoints.listClients, { query: { ...query, nextToken }, signal }),
    initialPageParam: '',
    getNextPageParam: ({ nextToken }) => nextToken,
    staleTime: 10_000, // ms
  })
}

/** What is known of a client now. */
export const clientQuery = (clientId: string) =>
  queryOptions({
    queryKey: [...CLIENTS, 'client', clientId],
    queryFn: ({ signal }) => api(endpoints.describeClient, { params: { clientId }, signal }),
    staleTime: 5_000, // ms
  })

/** Its connects and disconnects, and who it was. */
export const clientHistoryQuery = (clientId: string, range: TimeRange, anchorMs: number) => {
  const query = isoRange(range, anchorMs)
  return queryOptions({
    queryKey: [...CLIENTS, 'history', clientId, query],
    queryFn: ({ signal }) => api(endpoints.readClientHistory, { params: { clientId }, query, signal }),
    placeholderData: keepPreviousData,
    staleTime: 10_000, // ms
  })
}

/** What it sent and was sent, as far as it is logged; what was kept for it since it went, where `since` says when. */
export const clientTrafficQuery = (clientId: string, anchorMs: number, since: string | undefined) => {
  const query = {
    from: since ?? new Date(anchorMs - SPAN_MS[TRAFFIC_SPAN]).toISOString(),
    to: new Date(Math.max(anchorMs, Date.parse(since ?? '') || 0)).toISOString(),
  }
  return queryOptions({
    queryKey: [...CLIENTS, 'traffic', clientId, query],
    queryFn: ({ signal }) => api(endpoints.readClientTraffic, { params: { clientId }, query, signal }),
    placeholderData: keepPreviousData,
    staleTime: 10_000, // ms
  })
}

export const clientSubscriptionsQuery = (clientId: string, maxResults: number) =>
  infiniteQueryOptions({
    queryKey: [...CLIENTS, 'subscriptions', clientId, maxResults],
    queryFn: ({ signal, pageParam: nextToken }) =>
      api(endpoints.pageClientSubscriptions, { params: { clientId }, query: { maxResults, nextToken }, signal }),
    initialPageParam: '',
    getNextPageParam: ({ nextToken }) => nextToken,
    staleTime: 5_000, // ms
  })
