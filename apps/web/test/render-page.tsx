import { I18nProvider } from '@cloudscape-design/components/i18n'
import messages from '@cloudscape-design/components/i18n/messages/all.en'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterProvider,
  useLocation,
} from '@tanstack/react-router'
import { cleanup, render, waitFor } from '@testing-library/react'
import type { Role } from '@thingdeck/contract'
import type { ReactNode } from 'react'
import { expect, onTestFinished, vi } from 'vitest'
import { useSetSearch } from '../src/app/use-set-search.ts'
import { FlashProvider } from '../src/shared/flash/flash.tsx'
import { PlanProvider } from '../src/shared/plan/plans.tsx'
import { parseSearch, type RawSearch, stringifySearch } from '../src/shared/search-params.ts'
import type { SearchProps } from '../src/shared/search-props.ts'
import { SessionProvider } from '../src/shared/session/session.tsx'
import { ShortcutProvider } from '../src/shared/shortcuts/shortcuts.tsx'
import { SESSION } from './fake-api.ts'
import { lendWhatJsdomLacks } from './lend-what-jsdom-lacks.ts'
import './testing-library.ts'

interface PageTest {
  readonly role?: Role
  readonly path?: string
}

/**
 * For tests of what pages are made of: `page` at `/`, signed in, with an address of its own, for the length of a test.
 * A function gets the search parameters of the address, as a page does.
 */
export async function renderPage(
  page: ReactNode | ((props: SearchProps<RawSearch>) => ReactNode),
  { role = 'operator', path = '/' }: PageTest = {},
) {
  onTestFinished(cleanup)
  localStorage.clear()
  vi.stubGlobal('matchMedia', () => ({ matches: true, addEventListener() {}, removeEventListener() {} }))
  vi.stubGlobal('scrollTo', () => {})
  onTestFinished(() => {
    vi.unstubAllGlobals()
  })
  lendWhatJsdomLacks()
  const root = createRootRoute()
  const routes = [
    createRoute({ getParentRoute: () => root, path: '/', component: Page }),
    createRoute({ getParentRoute: () => root, path: '/$', component: () => <p>Elsewhere</p> }),
  ]
  const history = createMemoryHistory({ initialEntries: [path] })
  const router = createRouter({ routeTree: root.addChildren(routes), history, parseSearch, stringifySearch })

  function Page() {
    const setSearch = useSetSearch()
    const { searchStr } = useLocation()
    return typeof page === 'function' ? page({ search: parseSearch(searchStr), setSearch }) : page
  }
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  render(
    <I18nProvider locale="en" messages={[messages]}>
      <QueryClientProvider client={client}>
        <SessionProvider value={{ ...SESSION, person: { ...SESSION.person, role } }}>
          <ShortcutProvider>
            <FlashProvider>
              <PlanProvider>
                <RouterProvider router={router as never /* the console's own is the one that is registered */} />
              </PlanProvider>
            </FlashProvider>
          </ShortcutProvider>
        </SessionProvider>
      </QueryClientProvider>
    </I18nProvider>,
  )
  await waitFor(() => expect(document.body.textContent).not.toBe(''))
  return { history, client, go: (to: string) => history.push(to) }
}
