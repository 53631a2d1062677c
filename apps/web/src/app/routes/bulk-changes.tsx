import { getRouteApi } from '@tanstack/react-router'
import { BulkChangesPage } from '../../features/bulk-changes/bulk-changes-page.tsx'
import { useSetSearch } from '../use-set-search.ts'

const route = getRouteApi('/bulk-changes')

export function BulkChangesRoute() {
  return <BulkChangesPage search={route.useSearch()} setSearch={useSetSearch()} />
}
