import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { endpoints, type FleetCount, type FleetIndexStatus, type FleetThing, type Thing } from '@thingdeck/contract'
import { api } from '../../shared/api.ts'
import { serverNow } from '../../shared/clock/server-clock.ts'
import { ApiError } from '../../shared/http.ts'
import { THINGS } from './api.ts'
import { parseAttribute, SPANS_MS, type ThingsFilter } from './search.ts'

/** Where a list comes from: the fleet index searches, the registry only filters. */
export type Source = 'index' | 'registry'

/** A thing in a list: the registry knows its ARN and version, the index its groups and its connection. */
export type ThingRow = Pick<Thing, 'thingName' | 'thingTypeName' | 'attributes'> &
  Partial<Pick<Thing, 'thingArn' | 'version'> & Pick<FleetThing, 'thingGroupNames' | 'connectivity'>>

export interface ThingRows {
  readonly things: readonly ThingRow[]
  readonly nextToken?: string
  /** Since when connections are to have changed (ISO 8601): the same for all pages, as a token is of one query. */
  readonly changedAfter?: string | undefined
  readonly source: Source
  /** So many things of the registry were looked through, and it has more. */
  readonly onlyFirst?: number
  /** Why the registry stood in for the index. */
  readonly refusal?: ApiError
}

export const fleetIndexQuery = queryOptions({
  queryKey: [...THINGS, 'index'],
  queryFn: ({ signal }) => api(endpoints.describeFleetIndex, { signal }),
  staleTime: 60_000, // ms
  refetchInterval: ({ state }) => (state.data?.status === 'BUILDING' ? 10_000 : false), // ms
  retry: false,
})

/** `REBUILDING` goes on answering by what it had. */
export const canSearch = (index: FleetIndexStatus | undefined): boolean =>
  index?.status === 'ACTIVE' || index?.status === 'REBUILDING'

const INDEX_PAGE_SIZE = 100 // AWS IoT API reference, SearchIndex

/** Pages of things, each by the token of the one before: AWS has no way to jump. */
export const thingPagesQuery = (source: Source, filter: ThingsFilter, pageSize: number) =>
  infiniteQueryOptions({
    queryKey: [...THINGS, 'pages', source, filter, pageSize],
    queryFn: ({ signal, pageParam: { source, token, changedAfter } }) =>
      source === 'index'
        ? searchThings(filter, { pageSize, nextToken: token, changedAfter }, signal)
        : listThings(filter, pageSize, token, signal),
    initialPageParam: { source, token: '', changedAfter: undefined as string | undefined },
    getNextPageParam: ({ source, nextToken, changedAfter }) =>
      nextToken === undefined ? undefined : { source, token: nextToken, changedAfter },
    staleTime: 10_000, // ms
  })

/** No name holds other characters (AWS IoT API reference, CreateThing): nothing needs to be asked. */
const canBeName = (text: string | undefined) => text === undefined || /^[\w:-]{1,128}$/.test(text)

const canBeFound = ({ name, begins, has, type, group }: ThingsFilter) =>
  [name, begins, has, type, group].every(canBeName)

const searchQuery = (filter: ThingsFilter, changedAfter = sinceWhen(filter)) => ({
  name: filter.name,
  namePrefix: filter.begins,
  nameContains: filter.has,
  thingTypeName: filter.type,
  thingGroupName: filter.group,
  connected: filter.connection === undefined ? undefined : filter.connection === 'connected',
  disconnectReason: filter.reason,
  changedAfter,
  attribute: filter.a,
})

const sinceWhen = ({ within }: ThingsFilter): string | undefined =>
  within && new Date(serverNow() - SPANS_MS[within]).toISOString()

interface IndexPage {
  readonly pageSize: number
  readonly nextToken: string
  readonly changedAfter?: string | undefined
}

async function searchThings(
  filter: ThingsFilter,
  { pageSize, nextToken, changedAfter = sinceWhen(filter) }: IndexPage,
  signal: AbortSignal,
): Promise<ThingRows> {
  if (!canBeFound(filter)) return { things: [], source: 'index' }
  const query = { ...searchQuery(filter, changedAfter), maxResults: Math.min(pageSize, INDEX_PAGE_SIZE), nextToken }
  try {
    const page = await api(endpoints.searchFleet, { query, signal })
    return { ...page, changedAfter, source: 'index' }
  } catch (error) {
    // Turned off, being built, or not open to the console since the status was asked.
    if (nextToken !== '' || !(error instanceof ApiError) || !NO_INDEX.has(error.code)) throw error
    return { ...(await listThings(filter, pageSize, '', signal)), refusal: error }
  }
}

const NO_INDEX = new Set(['ResourceNotFoundException', 'IndexNotReadyException', 'AWS_REFUSED'])

/** What a list of the registry leaves out of a filter: it knows neither groups nor connections. */
export const leftOut = ({ group, connection, reason, within }: ThingsFilter): readonly string[] => [
  ...(group === undefined ? [] : [`group ${group}`]),
  ...(connection === undefined ? [] : [`connection ${connection}`]),
  ...(reason === undefined ? [] : [`disconnect reason ${reason}`]),
  ...(within === undefined ? [] : [`connection changed within ${within}`]),
]

async function listThings(
  filter: ThingsFilter,
  pageSize: number,
  nextToken: string,
  signal: AbortSignal,
): Promise<ThingRows> {
  const { type, a = [] } = filter
  if ((filter.name ?? filter.begins ?? filter.has) !== undefined || a.length > 1) {
    return lookThrough(filter, pageSize, nextToken, signal)
  }
  const attribute = a[0] === undefined ? undefined : parseAttribute(a[0])
  const query = {
    nextToken,
    maxResults: pageSize,
    thingTypeName: type,
    attributeName: attribute?.name,
    attributeValue: attribute?.value,
    usePrefixAttributeValue: attribute?.operator === '^' ? true : undefined,
  }
  return { ...(await api(endpoints.listThings, { query, signal })), source: 'registry' }
}

/** What AWS does not filter the registry by, the console's server looks for in the beginning of it. */
async function lookThrough(
  filter: ThingsFilter,
  pageSize: number,
  nextToken: string,
  signal: AbortSignal,
): Promise<ThingRows> {
  if (![filter.name, filter.begins, filter.has, filter.type].every(canBeName)) return { things: [], source: 'registry' }
  const { name, namePrefix, nameContains, thingTypeName, attribute } = searchQuery(filter)
  const query = { name, namePrefix, nameContains, thingTypeName, attribute }
  const page = await api(endpoints.searchRegistry, { query: { ...query, maxResults: pageSize, nextToken }, signal })
  return { ...page, source: 'registry' }
}

/** A search in the query syntax of fleet indexing. A time in it is fixed: the moment at which it was asked. */
export const formatThingsQuery = (filter: ThingsFilter) =>
  api(endpoints.formatFleetQuery, { query: searchQuery(filter) })

/** How many things match, about: only the index tells, and not everywhere. */
export const fleetCountQuery = (filter: ThingsFilter) =>
  queryOptions({
    queryKey: [...THINGS, 'count', filter],
    queryFn: ({ signal }) =>
      canBeFound(filter)
        ? api(endpoints.countFleet, { query: searchQuery(filter), signal })
        : ({ about: 0 } satisfies FleetCount),
    staleTime: 30_000, // ms
    retry: false,
  })

/** How many things are offered for a name while it is being typed. */
export const MOST_SUGGESTIONS = 8

/** The few things whose name begins with the text, or has it anywhere: the second may have to look at the whole fleet. */
export const thingSuggestionsQuery = (source: Source, how: 'begins' | 'has', text: string, most: number) =>
  queryOptions({
    queryKey: [...THINGS, 'suggestions', source, how, text, most],
    queryFn: ({ signal }): Promise<ThingRows> =>
      source === 'index'
        ? searchThings({ [how]: text }, { pageSize: most, nextToken: '' }, signal)
        : lookThrough({ [how]: text }, most, '', signal),
    staleTime: 10_000, // ms
    retry: false,
  })

/** @param onDone before lists turn to the index, which may take away whoever asked for it */
export function useTurnOnFleetIndex(onDone: (status: FleetIndexStatus) => void) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (connectivity: boolean) => api(endpoints.turnOnFleetIndex, { body: { connectivity } }),
    onSuccess: async (status) => {
      onDone(status)
      client.setQueryData(fleetIndexQuery.queryKey, status)
      await client.invalidateQueries({ queryKey: [...THINGS, 'pages'] })
    },
  })
}
