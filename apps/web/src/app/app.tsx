import { I18nProvider } from '@cloudscape-design/components/i18n'
import messages from '@cloudscape-design/components/i18n/messages/all.en'
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { FlashProvider } from '../shared/flash/flash.tsx'
import { ApiError } from '../shared/http.ts'
import { sessionQuery } from '../shared/session/session.tsx'
import { ShortcutProvider } from '../shared/shortcuts/shortcuts.tsx'
import { createAppRouter } from './router.tsx'

/** A session that ended shows the sign-in page, whichever request found out. */
function onError(error: Error): void {
  if (error instanceof ApiError && error.status === 401) queryClient.setQueryData(sessionQuery.queryKey, null)
}

/** Only what can pass later is asked again: no answer, too many requests, a server in trouble. */
function mayPass(error: Error): boolean {
  return !(error instanceof ApiError) || error.status === 0 || error.status === 429 || error.status >= 500
}

const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError }),
  mutationCache: new MutationCache({ onError }),
  defaultOptions: { queries: { retry: (failures, error) => failures < 2 && mayPass(error), staleTime: 5_000 } },
})
const router = createAppRouter()

export function App() {
  return (
    <I18nProvider locale="en" messages={[messages]}>
      <QueryClientProvider client={queryClient}>
        <ShortcutProvider>
          <FlashProvider>
            <RouterProvider router={router} />
          </FlashProvider>
        </ShortcutProvider>
      </QueryClientProvider>
    </I18nProvider>
  )
}
