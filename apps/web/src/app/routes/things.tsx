import { getRouteApi } from '@tanstack/react-router'
import { ThingsPage } from '../../features/things/list-page.tsx'
import { useSetSearch } from '../use-set-search.ts'

const route = getRouteApi('/things')

export function ThingsRoute() {
  return <ThingsPage search={route.useSearch()} setSearch={useSetSearch()} />
}
