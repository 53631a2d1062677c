import type { SearchProps } from '../../shared/search-props.ts'
import { BulkChangePage } from './bulk-change-page.tsx'
import { CreatePage } from './create-page.tsx'
import { ListOfBulkChanges } from './list-page.tsx'
import { type BulkChangesSearch, isForNew } from './search.ts'

/** One address: a bulk change, a form for a new one, or those that there are. */
export function BulkChangesPage({ search, setSearch }: SearchProps<BulkChangesSearch>) {
  const { bulkChange } = search
  if (bulkChange !== undefined)
    return <BulkChangePage key={bulkChange} bulkChangeId={bulkChange} search={search} setSearch={setSearch} />
  return isForNew(search) ? <CreatePage search={search} /> : <ListOfBulkChanges search={search} setSearch={setSearch} />
}
