import { queryOptions } from '@tanstack/react-query'
import { type BulkChangeOutcome, type BulkChangeRequest, type BulkChangeTargets, endpoints } from '@thingdeck/contract'
import { api } from '../../shared/api.ts'

const BULK_CHANGES = ['bulk-changes'] as const // prefix of every key of this page: one call refreshes them all
const POLL_MS = 1_000

export const bulkChangesKey = BULK_CHANGES

export const jobListQuery = queryOptions({
  queryKey: [...BULK_CHANGES, 'list'],
  queryFn: ({ signal }) => api(endpoints.listBulkChanges, { signal }),
  staleTime: 5_000, // ms
})

/** A bulk change, asked for again until it has ended. */
export const bulkChangeQuery = (bulkChangeId: string) =>
  queryOptions({
    queryKey: [...BULK_CHANGES, 'bulkChange', bulkChangeId],
    queryFn: ({ signal }) => api(endpoints.describeBulkChange, { params: { bulkChangeId }, signal }),
    refetchInterval: ({ state }) => (state.data?.endedAt === undefined ? POLL_MS : false),
  })

export const resultsQuery = (
  bulkChangeId: string,
  outcome: BulkChangeOutcome | undefined,
  page: number,
  isRunning: boolean,
) =>
  queryOptions({
    queryKey: [...BULK_CHANGES, 'results', bulkChangeId, outcome ?? '', page, isRunning],
    queryFn: ({ signal }) =>
      api(endpoints.listBulkChangeResults, {
        params: { bulkChangeId },
        query: { outcome, offset: page * RESULTS_PER_PAGE, limit: RESULTS_PER_PAGE },
        signal,
      }),
    refetchInterval: isRunning ? 2 * POLL_MS : false,
    placeholderData: (before) => before,
  })

export const RESULTS_PER_PAGE = 50

export const previewBulkChange = (targets: BulkChangeTargets) => api(endpoints.previewBulkChange, { body: { targets } })
export const startBulkChange = (request: BulkChangeRequest) => api(endpoints.startBulkChange, { body: request })
export const cancelBulkChange = (bulkChangeId: string) => api(endpoints.cancelBulkChange, { params: { bulkChangeId } })
export const applyBulkChange = (bulkChangeId: string) => api(endpoints.applyBulkChange, { params: { bulkChangeId } })
export const retryBulkChange = (bulkChangeId: string) => api(endpoints.retryBulkChange, { params: { bulkChangeId } })
