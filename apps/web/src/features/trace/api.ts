import { queryOptions } from '@tanstack/react-query'
import { endpoints, type IotLogEntry, type IotLogPage, MOST_IOT_LOG_ENTRIES } from '@thingdeck/contract'
import { api } from '../../shared/api.ts'
import { serverNow } from '../../shared/clock/server-clock.ts'
import { eachPage } from '../../shared/each-page.ts'
import { IOT_LOGS, type IotLogQuery, readIotLogs } from '../../shared/iot-logs/iot-log-queries.ts'
import type { TraceSearch } from './search.ts'

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS
/** More entries of one message than these are not read: it went to thousands. */
const MOST_PAGES = 6
/** CloudWatch Logs has entries some time after they happened: so long a trace is read again. */
const LATE_MS = 60_000
const AGAIN_MS = 5_000

/** Entries, and what kept from reading all. */
export interface TraceRead {
  readonly outcome: IotLogPage['outcome']
  readonly message?: string
  readonly entries: readonly IotLogEntry[]
  readonly isWhole: boolean
}

async function readAll(query: IotLogQuery, signal: AbortSignal): Promise<TraceRead> {
  const entries: IotLogEntry[] = []
  const ask = (nextToken: string | undefined) =>
    readIotLogs({ ...query, maxResults: MOST_IOT_LOG_ENTRIES, nextToken }, signal)
  for await (const { outcome, message, nextToken, ...page } of eachPage(ask, MOST_PAGES)) {
    entries.push(...page.entries)
    if (nextToken === undefined) return { outcome, entries, isWhole: true, ...(message !== undefined && { message }) }
  }
  return { outcome: 'entries', entries, isWhole: false }
}

const iso = (ms: number): string => new Date(ms).toISOString()

/** Around the moment that is known, else of the last day. */
function rangeOf({ at, wide }: TraceSearch): { readonly from: string; readonly to: string } {
  const nowMs = serverNow()
  if (at === undefined) return { from: iso(nowMs - DAY_MS), to: iso(nowMs) }
  const atMs = Date.parse(at)
  const afterMs = wide === '1' ? DAY_MS : 10 * MINUTE_MS
  return {
    from: iso(atMs - (wide === '1' ? DAY_MS : 10 * MINUTE_MS)),
    to: iso(Math.max(atMs, Math.min(nowMs, atMs + afterMs))),
  }
}

const againWhileFresh = (at: string | undefined) => () =>
  at !== undefined && serverNow() - Date.parse(at) < LATE_MS ? AGAIN_MS : false

/** Everything that was logged of one request. */
export const traceQuery = (traceId: string, search: TraceSearch) =>
  queryOptions({
    queryKey: [...IOT_LOGS, 'trace', traceId, search.at ?? '', search.wide ?? ''],
    queryFn: ({ signal }) => readAll({ traceId, ...rangeOf(search), order: 'oldest' }, signal),
    refetchInterval: againWhileFresh(search.at),
  })

/** How far before a message was received it may have been published, and after, where clocks differ. */
export const BEFORE_MS = 10_000
export const AFTER_MS = 2_000

/** What was published to a topic around the time at which a message was received. */
export const publishesQuery = (topic: string, at: string, clientId: string | undefined) =>
  queryOptions({
    queryKey: [...IOT_LOGS, 'publishes', topic, at, clientId ?? ''],
    queryFn: ({ signal }) => {
      const atMs = Date.parse(at)
      const range = { from: iso(atMs - BEFORE_MS), to: iso(atMs + AFTER_MS) }
      return readAll({ topic, clientId, eventTypes: ['Publish-In'], ...range }, signal)
    },
    refetchInterval: againWhileFresh(at),
  })

/** What a client is subscribed to now. */
export const subscriptionsQuery = (clientId: string) =>
  queryOptions({
    queryKey: ['client-subscriptions', clientId],
    queryFn: ({ signal }) => api(endpoints.listClientSubscriptions, { query: { clientId }, signal }),
    staleTime: 30_000, // ms
  })

/** By which statement a message would be let in now. */
export const authorizationQuery = (principalId: string, clientId: string, topic: string) =>
  queryOptions({
    queryKey: ['message-authorization', principalId, clientId, topic],
    queryFn: ({ signal }) => api(endpoints.explainMessage, { query: { principalId, clientId, topic }, signal }),
    staleTime: 60_000, // ms
  })
