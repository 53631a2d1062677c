import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { ApiError } from '../shared/http.ts'
import { sessionQuery } from '../shared/session/session.tsx'

/** Only what can pass later is asked again: no answer, too many requests, a server in trouble. */
function mayPass(error: Error): boolean {
  if (!(error instanceof ApiError)) return true
  if (error.code === 'TIMEOUT') return false // that was long enough
  return error.status === 0 || error.status === 429 || error.status >= 500
}

export function createQueryClient(): QueryClient {
  /** That a session ended, or is another person's, is known at once, whichever request found out. */
  const onError = (error: Error) => {
    if (!(error instanceof ApiError)) return
    if (error.status === 401) client.setQueryData(sessionQuery.queryKey, null)
    if (error.code === 'OTHER_PERSON') void client.invalidateQueries({ queryKey: sessionQuery.queryKey })
  }
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      // `always`: what the browser takes for no network would leave a page waiting without a word.
      queries: { retry: (failures, error) => failures < 2 && mayPass(error), staleTime: 5_000, networkMode: 'always' },
      // Sent at once or not at all: what waits for the person to come back could be another's then.
      mutations: { networkMode: 'always' },
    },
  })
  return client
}
