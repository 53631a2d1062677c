import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { activityPagesQuery, newEntriesQuery } from './api.ts'
import type { ActivityFilter } from './search.ts'

/** The entries that were read so far, and how many newer ones wait: they do not move what one is looking at. */
export function useEntries(filter: ActivityFilter) {
  const client = useQueryClient()
  const query = activityPagesQuery(filter)
  const pages = useInfiniteQuery(query)
  const loaded = pages.data?.pages ?? []
  const entries = loaded.flatMap((page) => page.entries)
  const fresh = useQuery({ ...newEntriesQuery(filter, entries[0]?.id), enabled: pages.isSuccess })
  const { queryKey } = query
  // From the top again: pages that were read before would otherwise all be read once more.
  const showNew = useCallback(() => void client.resetQueries({ queryKey, exact: true }), [client, queryKey])
  return { pages, entries, first: loaded[0], fresh: fresh.data, showNew }
}
