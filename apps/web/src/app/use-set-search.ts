import { useRouter } from '@tanstack/react-router'
import { useCallback } from 'react'
import { stringifySearch } from '../shared/search-params.ts'

/** Changes some of the present page's search parameters. `replace` for what Back should not step through. */
export function useSetSearch() {
  const router = useRouter()
  return useCallback(
    (change: object, options: { readonly replace?: boolean } = {}) => {
      const { pathname, search } = router.state.location
      const address = pathname + stringifySearch({ ...search, ...change })
      if (options.replace) router.history.replace(address)
      else router.history.push(address)
    },
    [router],
  )
}
