import { QueryClient } from '@tanstack/react-query'
import { ApiError } from '../shared/http.ts'

/** Only what can pass later is asked again: no answer, too many requests, a server in trouble. */
function mayPass(error: Error): boolean {
  if (!(error instanceof ApiError)) return true
  if (error.code === 'TIMEOUT') return false // that was long enough
  return error.status === 0 || error.status === 429 || error.status >= 500
}

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      // `always`: what the browser takes for no network would leave a page waiting without a word.
      queries: { retry: (failures, error) => failures < 2 && mayPass(error), staleTime: 5_000, networkMode: 'always' },
      // Sent at once or not at all: what waits for the person to come back could be another's then.
      mutations: { networkMode: 'always' },
    },
  })
}
