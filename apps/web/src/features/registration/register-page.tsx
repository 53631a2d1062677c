import type { SearchProps } from '../../shared/search-props.ts'
import { FlowPage } from './flow-page.tsx'
import { RunPage } from './run-page.tsx'
import type { RegisterSearch } from './search.ts'

/** New things from a file: chosen, checked and begun, or what becomes of them. */
export function RegisterPage({ search, setSearch }: SearchProps<RegisterSearch>) {
  return search.run === undefined ? (
    <FlowPage />
  ) : (
    <RunPage key={search.run} bulkChangeId={search.run} search={search} setSearch={setSearch} />
  )
}
