import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import {
  endpoints,
  type FleetIndexStatus,
  type FleetThing,
  type Thing,
  type TurnOnFleetIndex,
} from '@thingdeck/contract'
import { api } from '../../shared/api.ts'
import { serverNow } from '../../shared/clock/server-clock.ts'
import { ApiError } from '../../shared/http.ts'
import { THINGS } from '../../shared/pickers/registry-keys.ts'
import { fleetIndexQuery } from '../../shared/things/fleet-index-query.ts'
import { isThingName } from '../../shared/things/is-thing-name.ts'
import { requireJob } from './job-filter.ts'
import { type RegistryFilter, registrySearch } from './query.ts'
import { SPANS_MS, type ThingsFilter } from './search.ts'

/** Where a list comes from: the fleet index searches, the registry only filters. */
export type Source = 'index' | 'registry'

/** A thing in a list: the registry knows its ARN and version, the index its groups and its connection. */
export type ThingRow = Pick<Thing, 'thingName' | 'thingTypeName' | 'attributes'> &
  Partial<Pick<Thing, 'thingArn' | 'version'> & Pick<FleetThing, 'thingGroupNames' | 'connectivity' | 'values'>>

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

/** `REBUILDING` goes on answering by what it had. */
export const canSearch = (index: FleetIndexStatus | undefined): boolean =>
  index?.status === 'ACTIVE' || index?.status === 'REBUILDING'

const INDEX_PAGE_SIZE = 100 // AWS IoT API reference, SearchIndex

/** A list of things: where it comes from, what is looked for, and of which fields the values are to come along. */
export interface ThingsAsked {
  readonly source: Source
  readonly filter: ThingsFilter
  readonly pageSize: number
  readonly fields?: readonly string[]
}

/** Pages of things, each by the token of the one before: AWS has no way to jump. */
export const thingPagesQuery = ({ source, filter, pageSize, fields = [] }: ThingsAsked) =>
  infiniteQueryOptions({
    queryKey: [...THINGS, 'pages', source, filter, pageSize, fields],
    queryFn: ({ signal, pageParam }) => readThings({ source, filter, pageSize, fields }, pageParam, signal),
    initialPageParam: firstPage(source),
    getNextPageParam: nextPage,
    staleTime: 10_000, // ms
  })

export interface ThingsPage {
  readonly source: Source
  readonly token: string
  readonly changedAfter: string | undefined
}

export const firstPage = (source: Source): ThingsPage => ({ source, token: '', changedAfter: undefined })

export const nextPage = ({ source, nextToken, changedAfter }: ThingRows): ThingsPage | undefined =>
  nextToken === undefined ? undefined : { source, token: nextToken, changedAfter }

/** One page of a list of things. */
export const readThings = (
  { filter, pageSize, fields = [] }: ThingsAsked,
  { source, token, changedAfter }: ThingsPage,
  signal: AbortSignal,
): Promise<ThingRows> =>
  source === 'index'
    ? searchThings(filter, { pageSize, fields, nextToken: token, changedAfter }, signal)
    : listThings(filter, pageSize, token, signal)

/** No name holds other characters (AWS IoT API reference, CreateThing): nothing needs to be asked. */
const canBeName = (text: string | undefined) => text === undefined || isThingName(text)

const sinceWhen = ({ within }: ThingsFilter): string | undefined =>
  within && new Date(serverNow() - SPANS_MS[within]).toISOString()

interface IndexPage {
  readonly pageSize: number
  readonly nextToken: string
  readonly fields?: readonly string[]
  readonly changedAfter?: string | undefined
}

async function searchThings(
  filter: ThingsFilter,
  { pageSize, nextToken, fields = [], changedAfter = sinceWhen(filter) }: IndexPage,
  signal: AbortSignal,
): Promise<ThingRows> {
  const maxResults = Math.min(pageSize, INDEX_PAGE_SIZE)
  const job = filter.job === undefined ? undefined : requireJob(filter.job)
  const query = { query: filter.query, changedAfter, ...job, field: fields, maxResults, nextToken }
  try {
    const page = await api(endpoints.searchFleet, { query, signal })
    return { ...page, changedAfter, source: 'index' }
  } catch (error) {
    // A job that is not there is refused by the same name.
    if (nextToken !== '' || job || !isWithoutIndex(error)) throw error
    return { ...(await listThings(filter, pageSize, '', signal)), refusal: error }
  }
}

const NO_INDEX = new Set(['ResourceNotFoundException', 'IndexNotReadyException', 'AWS_REFUSED'])

/** It was turned off, is being built, or is not open to the console since the status was asked. */
const isWithoutIndex = (error: unknown): error is ApiError => error instanceof ApiError && NO_INDEX.has(error.code)

async function listThings(
  asked: ThingsFilter,
  pageSize: number,
  nextToken: string,
  signal: AbortSignal,
): Promise<ThingRows> {
  const { filter } = registrySearch(asked)
  const { name, begins, has, type, attributes } = filter
  // AWS filters the registry by one attribute or a type, and not by both.
  if ((name ?? begins ?? has) !== undefined || attributes.length + (type === undefined ? 0 : 1) > 1) {
    return lookThrough(filter, pageSize, nextToken, signal)
  }
  const [attribute] = attributes
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
  { name, begins, has, type, attributes }: RegistryFilter,
  maxResults: number,
  nextToken: string,
  signal: AbortSignal,
): Promise<ThingRows> {
  if (![name, begins, has, type].every(canBeName)) return { things: [], source: 'registry' }
  const attribute = attributes.map((each) => `${each.name}${each.operator}${each.value}`)
  const parts = { name, namePrefix: begins, nameContains: has, thingTypeName: type, attribute }
  const page = await api(endpoints.searchRegistry, { query: { ...parts, maxResults, nextToken }, signal })
  return { ...page, source: 'registry' }
}

/** How many things match, about: only the index tells, and not everywhere. */
export const fleetCountQuery = (filter: ThingsFilter) =>
  queryOptions({
    queryKey: [...THINGS, 'count', filter],
    queryFn: ({ signal }) =>
      api(endpoints.countFleet, { query: { query: filter.query, changedAfter: sinceWhen(filter) }, signal }),
    staleTime: 30_000, // ms
    retry: false,
  })

/** Which attributes and fields of shadows there are, as some things have them. */
export const fleetSampleQuery = queryOptions({
  queryKey: [...THINGS, 'sample'],
  queryFn: ({ signal }) => api(endpoints.sampleFleet, { signal }),
  staleTime: 300_000, // ms
  retry: false,
})

/** Fields by which the index counts things. */
export const fleetFieldsQuery = queryOptions({
  queryKey: [...THINGS, 'fields'],
  queryFn: ({ signal }) => api(endpoints.listFleetFields, { signal }),
  staleTime: 60_000, // ms
  retry: false,
})

/** How what is looked for is spread over the values of a field. */
export const fleetBucketsQuery = (query: string, field: string, type: 'Number' | 'String' | 'Boolean') =>
  queryOptions({
    queryKey: [...THINGS, 'buckets', query, field, type],
    queryFn: ({ signal }) => api(endpoints.countFleetBuckets, { query: { query, field, type }, signal }),
    staleTime: 30_000, // ms
    retry: false,
  })

/** How many things are offered for a name while it is being typed. */
export const MOST_SUGGESTIONS = 8

async function suggestThings(
  how: 'begins' | 'has',
  text: string,
  maxResults: number,
  signal: AbortSignal,
): Promise<ThingRows> {
  if (!canBeName(text)) return { things: [], source: 'index' }
  const named = how === 'begins' ? { namePrefix: text } : { nameContains: text }
  try {
    return { ...(await api(endpoints.searchFleet, { query: { ...named, maxResults }, signal })), source: 'index' }
  } catch (error) {
    if (!isWithoutIndex(error)) throw error
    return lookThrough({ [how]: text, attributes: [] }, maxResults, '', signal)
  }
}

/** The few things whose name begins with the text, or has it anywhere: the second may have to look at the whole fleet. */
export const thingSuggestionsQuery = (source: Source, how: 'begins' | 'has', text: string, most: number) =>
  queryOptions({
    queryKey: [...THINGS, 'suggestions', source, how, text, most],
    queryFn: ({ signal }): Promise<ThingRows> =>
      source === 'index'
        ? suggestThings(how, text, most, signal)
        : lookThrough({ [how]: text, attributes: [] }, most, '', signal),
    staleTime: 10_000, // ms
    retry: false,
  })

/** @param onDone before lists turn to the index, which may take away whoever asked for it */
export function useTurnOnFleetIndex(onDone: (status: FleetIndexStatus) => void) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: TurnOnFleetIndex) => api(endpoints.turnOnFleetIndex, { body }),
    onSuccess: async (status) => {
      onDone(status)
      client.setQueryData(fleetIndexQuery.queryKey, status)
      await client.invalidateQueries({
        queryKey: THINGS,
        predicate: ({ queryKey: [, kind] }) => ['pages', 'count', 'sample', 'fields', 'buckets'].includes(String(kind)),
      })
    },
  })
}
