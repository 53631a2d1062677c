import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import {
  type BulkChange,
  type BulkChangeOutcome,
  type BulkChangeRequest,
  type BulkChangeResult,
  type BulkChangeTargets,
  endpoints,
} from '@thingdeck/contract'
import { api } from '../../shared/api.ts'

const BULK_CHANGES = ['bulk-changes'] as const // prefix of every key of this feature: one call refreshes them all
const POLL_MS = 1_000
/** The most that the server gives at once. */
const REPORT_PAGE = 500

export const bulkChangesKey = BULK_CHANGES

export const isOver = ({ endedAt }: Pick<BulkChange, 'endedAt'>): boolean => endedAt !== undefined

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

/** All results, for a report. */
export async function allResults(bulkChangeId: string): Promise<BulkChangeResult[]> {
  const all: BulkChangeResult[] = []
  for (;;) {
    const query = { offset: all.length, limit: REPORT_PAGE }
    const { results, total } = await api(endpoints.listBulkChangeResults, { params: { bulkChangeId }, query })
    all.push(...results)
    if (results.length === 0 || all.length >= total) return all
  }
}

export const previewBulkChange = (targets: BulkChangeTargets) => api(endpoints.previewBulkChange, { body: { targets } })
export const startBulkChange = (request: BulkChangeRequest) => api(endpoints.startBulkChange, { body: request })

const of = (bulkChangeId: string) => ({ params: { bulkChangeId } })
export const pauseBulkChange = (bulkChangeId: string) => api(endpoints.pauseBulkChange, of(bulkChangeId))
export const resumeBulkChange = (bulkChangeId: string) => api(endpoints.resumeBulkChange, of(bulkChangeId))
export const cancelBulkChange = (bulkChangeId: string) => api(endpoints.cancelBulkChange, of(bulkChangeId))
export const applyBulkChange = (bulkChangeId: string) => api(endpoints.applyBulkChange, of(bulkChangeId))
export const retryBulkChange = (bulkChangeId: string) => api(endpoints.retryBulkChange, of(bulkChangeId))
export const undoBulkChange = (bulkChangeId: string, dryRun: boolean) =>
  api(endpoints.undoBulkChange, { ...of(bulkChangeId), body: { dryRun } })
