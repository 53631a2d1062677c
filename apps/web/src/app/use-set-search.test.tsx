import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterProvider,
  useBlocker,
} from '@tanstack/react-router'
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import { parseSearch, stringifySearch } from '../shared/search-params.ts'
import { useSetSearch } from './use-set-search.ts'

afterEach(cleanup)

function open(isAskedBefore: boolean) {
  function Page() {
    const setSearch = useSetSearch()
    useBlocker({ shouldBlockFn: async () => false, disabled: !isAskedBefore })
    const change = () => {
      setSearch({ a: '1' })
      setSearch({ b: '2', gone: undefined }, { replace: true })
    }
    return (
      <button type="button" onClick={change}>
        Change
      </button>
    )
  }
  vi.stubGlobal('scrollTo', () => {})
  const root = createRootRoute()
  const page = createRoute({ getParentRoute: () => root, path: '/page', component: Page })
  const history = createMemoryHistory({ initialEntries: ['/page?kept=x&gone=y'] })
  const router = createRouter({ routeTree: root.addChildren([page]), history, parseSearch, stringifySearch })
  render(<RouterProvider router={router} />)
  return history
}

test.each([false, true])('two changes at once are both kept (leaving is asked about: %s)', async (isAskedBefore) => {
  const history = open(isAskedBefore)
  fireEvent.click(await screen.findByRole('button', { name: 'Change' }))
  await waitFor(() => expect(history.location.href).toBe('/page?kept=x&a=1&b=2'))
})
