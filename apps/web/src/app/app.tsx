import { I18nProvider } from '@cloudscape-design/components/i18n'
import messages from '@cloudscape-design/components/i18n/messages/all.en'
import { QueryClientProvider } from '@tanstack/react-query'
import { type RouterHistory, RouterProvider } from '@tanstack/react-router'
import { useState } from 'react'
import { FlashProvider } from '../shared/flash/flash.tsx'
import { ShortcutProvider } from '../shared/shortcuts/shortcuts.tsx'
import { createQueryClient } from './query-client.ts'
import { createAppRouter } from './router.tsx'

/** The console. `history` is the browser's unless a test brings its own. */
export function App({ history }: { readonly history?: RouterHistory }) {
  const [queryClient] = useState(createQueryClient)
  const [router] = useState(() => createAppRouter(history))
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
