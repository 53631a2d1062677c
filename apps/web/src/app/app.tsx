import { I18nProvider } from '@cloudscape-design/components/i18n'
import messages from '@cloudscape-design/components/i18n/messages/all.en'
import { QueryClientProvider } from '@tanstack/react-query'
import { type RouterHistory, RouterProvider } from '@tanstack/react-router'
import { useState } from 'react'
import type { Feature } from '../shared/feature/feature.ts'
import { FlashProvider } from '../shared/flash/flash.tsx'
import { PlanProvider } from '../shared/plan/plans.tsx'
import { ShortcutProvider } from '../shared/shortcuts/shortcuts.tsx'
import { assemble } from './assemble.ts'
import { AssemblyProvider } from './assembly-context.ts'
import { FEATURES } from './features.ts'
import { createQueryClient } from './query-client.ts'
import { createAppRouter } from './router.tsx'

interface AppProps {
  /** The browser's unless a test brings its own. */
  readonly history?: RouterHistory
  readonly features?: readonly Feature[]
}

/** The console. */
export function App({ history, features = FEATURES }: AppProps) {
  const [assembly] = useState(() => assemble(features))
  const [queryClient] = useState(createQueryClient)
  const [router] = useState(() => createAppRouter(assembly, history))
  return (
    <I18nProvider locale="en" messages={[messages]}>
      <QueryClientProvider client={queryClient}>
        <ShortcutProvider>
          <FlashProvider>
            <PlanProvider>
              <AssemblyProvider value={assembly}>
                <RouterProvider router={router} />
              </AssemblyProvider>
            </PlanProvider>
          </FlashProvider>
        </ShortcutProvider>
      </QueryClientProvider>
    </I18nProvider>
  )
}
