import { useRouter } from '@tanstack/react-router'
import { useCallback } from 'react'
import type { RawSearch } from '../shared/search-params.ts'

/** Changes some of the present page's search parameters. `replace` for what Back should not step through. */
export function useSetSearch() {
  const router = useRouter()
  return useCallback(
    (change: object, { replace = false }: { readonly replace?: boolean } = {}) => {
      // An updater: what was changed a moment ago, and is on its way into the address, stays.
      const search = (before: RawSearch) => ({ ...before, ...change })
      // The router knows no page's schema: routes are made of features, and each page's own schema judges what comes.
      void router.navigate({ to: '.', search: search as never, replace })
    },
    [router],
  )
}
