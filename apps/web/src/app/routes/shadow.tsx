import { getRouteApi } from '@tanstack/react-router'
import { ShadowPage } from '../../features/shadow/shadow-page.tsx'
import { ConnectionIndicator } from '../../features/things/components/connection-indicator.tsx'
import { useSetSearch } from '../use-set-search.ts'

const route = getRouteApi('/things/$thingName/shadow')

export function ShadowRoute() {
  const { thingName } = route.useParams()
  const search = route.useSearch()
  return (
    <ShadowPage
      key={`${thingName}\n${search.shadowName ?? ''}`}
      thingName={thingName}
      search={search}
      setSearch={useSetSearch()}
      connection={<ConnectionIndicator thingName={thingName} />}
    />
  )
}
