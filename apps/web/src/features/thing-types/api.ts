import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { endpoints, type ThingTypeUse } from '@thingdeck/contract'
import { api } from '../../shared/api.ts'
import type { NameFilter } from '../../shared/list/name-filter.ts'
import type { LookSource } from '../../shared/list/use-looks.ts'
import { THING_TYPES } from '../../shared/pickers/registry-keys.ts'

export const thingTypePagesQuery = ({ name, begins: prefix }: NameFilter, maxResults: number) =>
  infiniteQueryOptions({
    queryKey: [...THING_TYPES, 'pages', name ?? '', prefix ?? '', maxResults],
    queryFn: ({ signal, pageParam: nextToken }) =>
      api(endpoints.listThingTypes, { query: { name, prefix, maxResults, nextToken }, signal }),
    initialPageParam: '',
    getNextPageParam: ({ nextToken }) => nextToken,
    staleTime: 10_000, // ms
  })

/** How many things have a type: asked for those in sight. */
export const THING_TYPE_USES: LookSource<ThingTypeUse> = {
  key: [...THING_TYPES, 'uses'],
  ask: async (thingTypeName, signal) =>
    (await api(endpoints.listThingTypeUses, { query: { thingTypeName }, signal })).uses,
  nameOf: ({ thingTypeName }) => thingTypeName,
}

export const thingTypeQuery = (thingTypeName: string) =>
  queryOptions({
    queryKey: [...THING_TYPES, 'type', thingTypeName],
    queryFn: ({ signal }) => api(endpoints.describeThingType, { params: { thingTypeName }, signal }),
    staleTime: 5_000, // ms
  })

/** The things that have the type, page by page; asked of the registry, which knows of each at once. */
export const thingsOfTypeQuery = (thingTypeName: string, maxResults: number) =>
  infiniteQueryOptions({
    queryKey: [...THING_TYPES, 'things', thingTypeName, maxResults],
    queryFn: ({ signal, pageParam: nextToken }) =>
      api(endpoints.listThings, { query: { thingTypeName, maxResults, nextToken }, signal }),
    initialPageParam: '',
    getNextPageParam: ({ nextToken }) => nextToken,
    staleTime: 5_000, // ms
  })
