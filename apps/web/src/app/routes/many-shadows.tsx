import { getRouteApi } from '@tanstack/react-router'
import { ManyShadowsPage } from '../../features/shadow/many/many-shadows-page.tsx'
import { useSetSearch } from '../use-set-search.ts'

const route = getRouteApi('/shadow-changes')

export function ManyShadowsRoute() {
  return <ManyShadowsPage search={route.useSearch()} setSearch={useSetSearch()} />
}
