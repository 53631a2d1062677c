import { queryOptions } from '@tanstack/react-query'
import type {
  ShadowJob,
  ShadowJobList,
  ShadowJobOutcome,
  ShadowJobPreview,
  ShadowJobRequest,
  ShadowJobResults,
  ShadowJobTargets,
} from '@thingdeck/contract'
import { http } from '../../../shared/http.ts'

const JOBS = ['shadow-jobs'] as const // prefix of every key of this page: one call refreshes them all
const POLL_MS = 1_000

const path = (jobId: string) => `/api/shadow-jobs/${encodeURIComponent(jobId)}`

export const jobsKey = JOBS

export const jobListQuery = queryOptions({
  queryKey: [...JOBS, 'list'],
  queryFn: ({ signal }) => http.get<ShadowJobList>('/api/shadow-jobs', { signal }),
  staleTime: 5_000, // ms
})

/** A job, asked for again until it has ended. */
export const jobQuery = (jobId: string) =>
  queryOptions({
    queryKey: [...JOBS, 'job', jobId],
    queryFn: ({ signal }) => http.get<ShadowJob>(path(jobId), { signal }),
    refetchInterval: ({ state }) => (state.data?.endedAt === undefined ? POLL_MS : false),
  })

export const resultsQuery = (jobId: string, outcome: ShadowJobOutcome | undefined, page: number, isRunning: boolean) =>
  queryOptions({
    queryKey: [...JOBS, 'results', jobId, outcome ?? '', page, isRunning],
    queryFn: ({ signal }) =>
      http.get<ShadowJobResults>(`${path(jobId)}/results`, {
        query: { outcome, offset: page * RESULTS_PER_PAGE, limit: RESULTS_PER_PAGE },
        signal,
      }),
    refetchInterval: isRunning ? 2 * POLL_MS : false,
    placeholderData: (before) => before,
  })

export const RESULTS_PER_PAGE = 50

export const previewJob = (targets: ShadowJobTargets) =>
  http.post<ShadowJobPreview>('/api/shadow-jobs/preview', { targets })
export const startJob = (request: ShadowJobRequest) => http.post<ShadowJob>('/api/shadow-jobs', request)
export const cancelJob = (jobId: string) => http.post<ShadowJob>(`${path(jobId)}/cancel`)
export const retryJob = (jobId: string) => http.post<ShadowJob>(`${path(jobId)}/retry`)
