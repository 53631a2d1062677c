import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { http } from '../../http.ts'
import type { ThingTypesFilter } from './search.ts'

export interface ThingType {
  readonly thingTypeName: string
  readonly thingTypeArn: string
  readonly isDeprecated: boolean
}

interface ThingTypePage {
  readonly thingTypes: readonly ThingType[]
  readonly nextToken?: string
}

const THING_TYPES = ['thing-types'] as const // prefix of every key of this feature

export const thingTypePagesQuery = ({ name }: ThingTypesFilter, maxResults: number) =>
  infiniteQueryOptions({
    queryKey: [...THING_TYPES, 'pages', name ?? '', maxResults],
    queryFn: ({ signal, pageParam: nextToken }) =>
      http.get<ThingTypePage>('/api/thing-types', { query: { name, maxResults, nextToken }, signal }),
    initialPageParam: '',
    getNextPageParam: ({ nextToken }) => nextToken,
  })

export const thingTypeQuery = (name: string) =>
  queryOptions({
    queryKey: [...THING_TYPES, 'thing type', name],
    queryFn: ({ signal }) => http.get<ThingType>(`/api/thing-types/${encodeURIComponent(name)}`, { signal }),
  })
