import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { type BulkChange, type BulkChangeOutcome, endpoints } from '@thingdeck/contract'
import { api } from '../api.ts'

/** Prefix of every key about bulk changes, registrations of things among them: one call refreshes them all. */
export const BULK_CHANGES = ['bulk-changes'] as const
const POLL_MS = 1_000

export const isOver = ({ endedAt }: Pick<BulkChange, 'endedAt'>): boolean => endedAt !== undefined

/** How many targets it has still to come to, or is at; of one that was cancelled, those that it did not come to. */
export const leftOf = ({ counts }: Pick<BulkChange, 'counts'>): number =>
  (counts.waiting ?? 0) + (counts['under-way'] ?? 0) + (counts.cancelled ?? 0)

/** How far it is, in percent. */
export function percentOf(bulkChange: Pick<BulkChange, 'counts' | 'total' | 'endedAt'>): number {
  const { total } = bulkChange
  if (total === 0) return isOver(bulkChange) ? 100 : 0
  return ((total - leftOf(bulkChange)) / total) * 100
}

export const bulkChangeListQuery = queryOptions({
  queryKey: [...BULK_CHANGES, 'list'],
  queryFn: ({ signal }) => api(endpoints.listBulkChanges, { signal }),
  // Those that go on are seen to go on.
  refetchInterval: ({ state }) => (state.data?.bulkChanges.some((each) => !isOver(each)) ? 2 * POLL_MS : false),
})

/** A bulk change, asked for again until it has ended. */
export const bulkChangeQuery = (bulkChangeId: string) =>
  queryOptions({
    queryKey: [...BULK_CHANGES, 'bulkChange', bulkChangeId],
    queryFn: ({ signal }) => api(endpoints.describeBulkChange, { params: { bulkChangeId }, signal }),
    refetchInterval: ({ state }) => (state.data && isOver(state.data) ? false : POLL_MS),
  })

/**
 * What became of each target, page by page; as long as it goes on, asked for again. What was read before one that is
 * tried again ended anew is nothing to go by: each end has results of its own.
 */
export const resultPagesQuery = (
  bulkChangeId: string,
  outcome: BulkChangeOutcome | undefined,
  limit: number,
  endedAt: string | undefined,
) =>
  infiniteQueryOptions({
    queryKey: [...BULK_CHANGES, 'results', bulkChangeId, outcome ?? '', limit, endedAt ?? ''],
    queryFn: ({ signal, pageParam: offset }) =>
      api(endpoints.listBulkChangeResults, { params: { bulkChangeId }, query: { outcome, offset, limit }, signal }),
    initialPageParam: 0,
    getNextPageParam: ({ total }, pages) => (pages.length * limit < total ? pages.length * limit : undefined),
    refetchInterval: endedAt === undefined ? 2 * POLL_MS : false,
  })
