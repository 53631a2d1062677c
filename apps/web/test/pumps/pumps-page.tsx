import { usePageChrome } from '../../src/shared/chrome/chrome.tsx'
import type { SearchProps } from '../../src/shared/search-props.ts'
import type { PumpsSearch } from './search.ts'

export function PumpsPage({ search, setSearch }: SearchProps<PumpsSearch>) {
  usePageChrome({ title: 'Pumps', breadcrumbs: [{ text: 'Pumps', href: '/pumps' }] })
  return (
    <>
      <h1>Pumps {search.site === undefined ? 'everywhere' : `in ${search.site}`}</h1>
      <button type="button" onClick={() => setSearch({ site: 'hall-2' })}>
        In hall 2
      </button>
    </>
  )
}
