import { getRouteApi } from '@tanstack/react-router'
import { ShadowPage } from '../../features/shadow/shadow-page.tsx'
import { ConnectionIndicator } from '../../features/things/components/connection-indicator.tsx'

const route = getRouteApi('/things/$thingName/shadow')

export function ShadowRoute() {
  const { thingName } = route.useParams()
  const { shadowName } = route.useSearch()
  return (
    <ShadowPage
      key={`${thingName}\n${shadowName ?? ''}`}
      thingName={thingName}
      shadowName={shadowName}
      connection={<ConnectionIndicator thingName={thingName} />}
    />
  )
}
