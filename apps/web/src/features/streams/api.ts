import { infiniteQueryOptions, type QueryClient, queryOptions } from '@tanstack/react-query'
import { endpoints } from '@thingdeck/contract'
import { api } from '../../shared/api.ts'

const STREAMS = ['streams'] as const

/** Streams are not what they were: what is shown of them is read anew. */
export const streamsChanged = (client: QueryClient): Promise<void> => client.invalidateQueries({ queryKey: STREAMS })

export const streamPagesQuery = (maxResults: number) =>
  infiniteQueryOptions({
    queryKey: [...STREAMS, 'pages', maxResults],
    queryFn: ({ signal, pageParam: nextToken }) =>
      api(endpoints.listStreams, { query: { maxResults, nextToken }, signal }),
    initialPageParam: '',
    getNextPageParam: ({ nextToken }) => nextToken,
    staleTime: 10_000, // ms
  })

export const streamQuery = (streamId: string) =>
  queryOptions({
    queryKey: [...STREAMS, 'stream', streamId],
    queryFn: ({ signal }) => api(endpoints.describeStream, { params: { streamId }, signal }),
    staleTime: 10_000, // ms
  })
