import { type QueryClient, queryOptions } from '@tanstack/react-query'
import { readExecutions } from './all-executions.ts'
import { JOBS } from './api.ts'

/** So many executions of a run are read, to say how it went: eight requests, of ten a second that AWS takes. */
export const MOST_READ = 2_000
const POLL_MS = 15_000

const RUN = 'run'

/**
 * What became of a job on its things, as far as it is read.
 * @param isLive asked for again by itself; as it ends, a last time
 */
export const runQuery = (jobId: string, isLive: boolean) =>
  queryOptions({
    queryKey: [...JOBS, RUN, jobId, isLive],
    queryFn: ({ signal }) => readExecutions(jobId, MOST_READ, { signal }),
    refetchInterval: isLive ? POLL_MS : false,
    // Until it is read a last time, what was read before.
    placeholderData: (before, query) => (query?.queryKey[2] === jobId ? before : undefined),
  })

/** Something became of a job by itself: it is read anew, but for its run, which keeps to its own pace. */
export const jobWentOn = (client: QueryClient): Promise<void> =>
  client.invalidateQueries({ queryKey: JOBS, predicate: ({ queryKey }) => queryKey[1] !== RUN })
