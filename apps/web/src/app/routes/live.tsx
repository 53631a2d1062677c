import { getRouteApi } from '@tanstack/react-router'
import { LivePage } from '../../features/live/page/live-page.tsx'
import { useSetSearch } from '../use-set-search.ts'

const route = getRouteApi('/live')

export function LiveRoute() {
  return <LivePage search={route.useSearch()} setSearch={useSetSearch()} />
}
