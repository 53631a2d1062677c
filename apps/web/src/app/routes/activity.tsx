import { getRouteApi } from '@tanstack/react-router'
import { ActivityPage } from '../../features/activity/activity-page.tsx'
import { useSetSearch } from '../use-set-search.ts'

const route = getRouteApi('/activity')

export function ActivityRoute() {
  return <ActivityPage search={route.useSearch()} setSearch={useSetSearch()} />
}
