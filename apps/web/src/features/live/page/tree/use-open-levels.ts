import { useCallback, useState } from 'react'
import type { SearchProps } from '../../../../shared/search-props.ts'
import type { LiveSearch } from '../search.ts'

/** As many fit into an address that every server takes. What was opened before stays open here, but not in a link. */
const MAX_IN_URL = 60

export interface OpenLevels {
  readonly paths: readonly string[]
  readonly set: (path: string, isOpen: boolean) => void
  readonly openAll: () => void
  readonly closeAll: () => void
}

/** Which levels of the tree are open: those that the URL names, and what was opened since. */
export function useOpenLevels({ search, setSearch }: SearchProps<LiveSearch>): OpenLevels {
  const [paths, setPaths] = useState<readonly string[]>(search.open ?? [])
  const change = useCallback(
    (next: readonly string[]) => {
      setPaths(next)
      setSearch({ open: next.length === 0 ? undefined : next.slice(-MAX_IN_URL) }, { replace: true })
    },
    [setSearch],
  )
  return {
    paths,
    set: (path, isOpen) => change(isOpen ? [...paths, path] : paths.filter((each) => each !== path)),
    openAll: () => change(['*']),
    closeAll: () => change([]),
  }
}
