import { getRouteApi } from '@tanstack/react-router'
import { AuditPage } from '../../features/audit/audit-page.tsx'
import { useSetSearch } from '../use-set-search.ts'

const route = getRouteApi('/audit')

export function AuditRoute() {
  return <AuditPage search={route.useSearch()} setSearch={useSetSearch()} />
}
