import { getRouteApi } from '@tanstack/react-router'
import { ThingChanges } from '../../features/activity/thing-changes.tsx'
import { ThingLive } from '../../features/live/page/thing-live.tsx'
import { ShadowList } from '../../features/shadow/shadow-list.tsx'
import { ThingPage } from '../../features/things/detail-page.tsx'
import { useSetSearch } from '../use-set-search.ts'

const route = getRouteApi('/things/$thingName')

/** The page of a thing, with the tabs that the other features bring. */
export function ThingRoute() {
  const { thingName } = route.useParams()
  const search = route.useSearch()
  const setSearch = useSetSearch()
  return (
    <ThingPage
      key={thingName}
      thingName={thingName}
      search={search}
      setSearch={setSearch}
      shadows={<ShadowList thingName={thingName} />}
      changes={<ThingChanges thingName={thingName} />}
      live={<ThingLive thingName={thingName} search={search} setSearch={setSearch} />}
    />
  )
}
