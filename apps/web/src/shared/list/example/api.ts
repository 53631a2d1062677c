import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api } from '../../api.ts'
import { thingTypeEndpoints } from './endpoints.ts'
import type { ThingTypesFilter } from './search.ts'

const THING_TYPES = ['thing-types'] as const // prefix of every key of this feature

export const thingTypePagesQuery = ({ name }: ThingTypesFilter, maxResults: number) =>
  infiniteQueryOptions({
    queryKey: [...THING_TYPES, 'pages', name ?? '', maxResults],
    queryFn: ({ signal, pageParam: nextToken }) =>
      api(thingTypeEndpoints.listThingTypes, { query: { name, maxResults, nextToken }, signal }),
    initialPageParam: '',
    getNextPageParam: ({ nextToken }) => nextToken,
  })

export const thingTypeQuery = (thingTypeName: string) =>
  queryOptions({
    queryKey: [...THING_TYPES, 'thing type', thingTypeName],
    queryFn: ({ signal }) => api(thingTypeEndpoints.describeThingType, { params: { thingTypeName }, signal }),
  })
