import { queryOptions } from '@tanstack/react-query'
import type {
  BulkChange,
  BulkChangeList,
  BulkChangeOutcome,
  BulkChangePreview,
  BulkChangeRequest,
  BulkChangeResults,
  BulkChangeTargets,
} from '@thingdeck/contract'
import { http } from '../../shared/http.ts'

const BULK_CHANGES = ['bulk-changes'] as const // prefix of every key of this page: one call refreshes them all
const POLL_MS = 1_000

const path = (bulkChangeId: string) => `/api/bulk-changes/${encodeURIComponent(bulkChangeId)}`

export const bulkChangesKey = BULK_CHANGES

export const jobListQuery = queryOptions({
  queryKey: [...BULK_CHANGES, 'list'],
  queryFn: ({ signal }) => http.get<BulkChangeList>('/api/bulk-changes', { signal }),
  staleTime: 5_000, // ms
})

/** A bulk change, asked for again until it has ended. */
export const bulkChangeQuery = (bulkChangeId: string) =>
  queryOptions({
    queryKey: [...BULK_CHANGES, 'bulkChange', bulkChangeId],
    queryFn: ({ signal }) => http.get<BulkChange>(path(bulkChangeId), { signal }),
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
      http.get<BulkChangeResults>(`${path(bulkChangeId)}/results`, {
        query: { outcome, offset: page * RESULTS_PER_PAGE, limit: RESULTS_PER_PAGE },
        signal,
      }),
    refetchInterval: isRunning ? 2 * POLL_MS : false,
    placeholderData: (before) => before,
  })

export const RESULTS_PER_PAGE = 50

export const previewBulkChange = (targets: BulkChangeTargets) =>
  http.post<BulkChangePreview>('/api/bulk-changes/preview', { targets })
export const startBulkChange = (request: BulkChangeRequest) => http.post<BulkChange>('/api/bulk-changes', request)
export const cancelBulkChange = (bulkChangeId: string) => http.post<BulkChange>(`${path(bulkChangeId)}/cancel`)
export const retryBulkChange = (bulkChangeId: string) => http.post<BulkChange>(`${path(bulkChangeId)}/retry`)
