import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { ThingConnection, ThingDetail, ThingPage } from '@thingdeck/contract'
import { ApiError, http } from '../../shared/http.ts'
import type { ThingsFilter } from './search.ts'

const THINGS = ['things'] as const // prefix of every key of this feature: one call refreshes them all

const thingPath = (thingName: string) => `/api/things/${encodeURIComponent(thingName)}`

/** Pages of things, each by the token of the one before: AWS gives no totals and no way to jump. */
export const thingPagesQuery = (filter: ThingsFilter, pageSize: number) =>
  infiniteQueryOptions({
    queryKey: [...THINGS, 'pages', filter, pageSize],
    queryFn: ({ signal, pageParam }) =>
      filter.name === undefined ? listThings(filter, pageSize, pageParam, signal) : findThing(filter.name, signal),
    initialPageParam: '',
    getNextPageParam: ({ nextToken }) => nextToken,
    staleTime: 10_000, // ms
  })

function listThings(filter: ThingsFilter, pageSize: number, nextToken: string, signal: AbortSignal) {
  const query = {
    nextToken,
    maxResults: pageSize,
    thingTypeName: filter.type,
    attributeName: filter.attr,
    attributeValue: filter.value,
  }
  return http.get<ThingPage>('/api/things', { query, signal })
}

/** The one thing of this name as a list of at most one. */
async function findThing(thingName: string, signal: AbortSignal): Promise<ThingPage> {
  try {
    return { things: [await http.get<ThingDetail>(thingPath(thingName), { signal })] }
  } catch (error) {
    // 404: there is none of this name. 400: there can be none.
    if (error instanceof ApiError && (error.status === 404 || error.status === 400)) return { things: [] }
    throw error
  }
}

export const thingQuery = (thingName: string) =>
  queryOptions({
    queryKey: [...THINGS, 'thing', thingName],
    queryFn: ({ signal }) => http.get<ThingDetail>(thingPath(thingName), { signal }),
    staleTime: 10_000, // ms
  })

export const connectionQuery = (thingName: string) =>
  queryOptions({
    queryKey: [...THINGS, 'connection', thingName],
    queryFn: ({ signal }) => http.get<ThingConnection>(`${thingPath(thingName)}/connection`, { signal }),
    staleTime: 5_000, // ms
    refetchInterval: 60_000, // ms: events tell sooner, where the MQTT session is up
  })
