import { queryOptions } from '@tanstack/react-query'
import { endpoints, type Refusal } from '@thingdeck/contract'
import { api } from '../../shared/api.ts'
import { IOT_LOGS, readIotLogs } from '../../shared/iot-logs/iot-log-queries.ts'
import { around, rangeOf, type Span } from '../../shared/time-range.ts'
import type { RefusalsFilter } from './search.ts'
import { filtersOf } from './what-words.ts'

/** Prefix of every key of this feature. */
export const REFUSALS = ['refusals'] as const

/** Unless an address says otherwise. */
export const USUAL_SPAN: Span = '24h'
type Asked = Pick<RefusalsFilter, 'client' | 'thing' | 'principal' | 'last' | 'from' | 'to'>

/** What was refused up to `anchorMs`, or in the time that the filter has. */
export const refusalsQuery = ({ client, thing, principal, ...range }: Asked, anchorMs: number) => {
  const { fromMs, toMs } = rangeOf(range, anchorMs, USUAL_SPAN)
  const [from, to] = [new Date(fromMs).toISOString(), new Date(toMs).toISOString()]
  return queryOptions({
    queryKey: [...REFUSALS, 'list', client, thing, principal, from, to],
    queryFn: ({ signal }) =>
      api(endpoints.listRefusals, {
        query: { from, to, clientId: client, principalId: principal, thingName: thing },
        signal,
      }),
    staleTime: 30_000, // ms
  })
}

/** A Subscribe may have been refused more filters than are asked about. */
const MOST_TOPICS = 8

/** Whose a refusal is, and what certificate and policies say now. */
export const refusalFactsQuery = ({ eventType, reason, clientId, principalId, thingName, ...refusal }: Refusal) => {
  const topicNames = filtersOf({ eventType, ...refusal }).slice(0, MOST_TOPICS)
  const query = {
    eventType,
    reason,
    clientId,
    principalId,
    thingName,
    ...(topicNames.length > 0 && { topicNames }),
    ...(refusal.isRetained && { isRetained: '1' as const }),
  }
  return queryOptions({
    queryKey: [...REFUSALS, 'facts', query],
    queryFn: ({ signal }) => api(endpoints.describeRefusal, { query, signal }),
    staleTime: 30_000, // ms
    retry: false,
  })
}

const MOST_AROUND = 12

/** What the log has of the same client, or the same principal, around the last time; the last one first. */
export const logAroundQuery = ({ refusalId, clientId, principalId, lastAt }: Refusal) =>
  queryOptions({
    queryKey: [...IOT_LOGS, 'around', refusalId, lastAt],
    queryFn: ({ signal }) =>
      readIotLogs(
        {
          ...(clientId === undefined ? { principalId } : { clientId }),
          ...around(Date.parse(lastAt), 30_000),
          maxResults: MOST_AROUND,
        },
        signal,
      ),
    enabled: clientId !== undefined || principalId !== undefined,
    staleTime: 60_000, // ms
  })
