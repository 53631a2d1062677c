import { infiniteQueryOptions, queryOptions, useQueryClient } from '@tanstack/react-query'
import { endpoints, type RetainedTopic } from '@thingdeck/contract'
import { api } from '../../shared/api.ts'
import { eachPage } from '../../shared/each-page.ts'
import { isNotFound } from '../../shared/http.ts'
import type { RetainedFilter } from './search.ts'

const RETAINED = ['retained messages'] as const // prefix of every key of this feature

/** The most that the server gives a page. */
const LARGEST_PAGE = 200

const readPage = ({ prefix, contains }: RetainedFilter, maxResults: number, nextToken: string, signal: AbortSignal) =>
  api(endpoints.listRetainedMessages, { query: { prefix, contains, maxResults, nextToken }, signal })

/** A search goes on by itself over so many answers that found nothing, each of up to 2,000 topics that were looked at. */
const MOST_EMPTY_ANSWERS = 20

/** The next page that has anything, unless that is too far away. */
async function readFilledPage(filter: RetainedFilter, maxResults: number, nextToken: string, signal: AbortSignal) {
  let page = await readPage(filter, maxResults, nextToken, signal)
  for (let empty = 1; page.retainedTopics.length === 0 && page.nextToken && empty < MOST_EMPTY_ANSWERS; empty += 1) {
    page = await readPage(filter, maxResults, page.nextToken, signal)
  }
  return page
}

/** Page by page, in the order in which AWS gives them. */
export const retainedPagesQuery = (filter: RetainedFilter, pageSize: number) =>
  infiniteQueryOptions({
    queryKey: [...RETAINED, 'pages', filter.prefix ?? '', filter.contains ?? '', pageSize],
    queryFn: ({ signal, pageParam }) => readFilledPage(filter, pageSize, pageParam, signal),
    initialPageParam: '',
    getNextPageParam: ({ nextToken }) => nextToken,
    staleTime: 5_000, // ms
  })

/** `null`: nothing is retained on the topic. */
export const retainedMessageQuery = (topic: string) =>
  queryOptions({
    queryKey: [...RETAINED, 'message', topic],
    queryFn: async ({ signal }) => {
      try {
        return await api(endpoints.getRetainedMessage, { query: { topic }, signal })
      } catch (error) {
        if (isNotFound(error)) return null
        throw error
      }
    },
  })

/**
 * Every topic that the filter finds, however many pages that takes.
 * @param onFound how many there are so far
 */
export async function allRetained(
  filter: RetainedFilter,
  onFound: (count: number) => void,
  signal: AbortSignal,
): Promise<readonly RetainedTopic[]> {
  const all: RetainedTopic[] = []
  const pages = eachPage((nextToken = '') => readPage(filter, LARGEST_PAGE, nextToken, signal))
  for await (const { retainedTopics } of pages) {
    all.push(...retainedTopics)
    onFound(all.length)
  }
  return all
}

/** Has the page ask again for everything that it shows of retained messages. */
export function useReadAgain(): () => void {
  const client = useQueryClient()
  return () => void client.invalidateQueries({ queryKey: RETAINED })
}
