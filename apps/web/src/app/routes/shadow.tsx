import { getRouteApi } from '@tanstack/react-router'
import { ShadowPage } from '../../features/shadow/shadow-page.tsx'
import { ConnectionIndicator } from '../../features/things/components/connection-indicator.tsx'

const route = getRouteApi('/things/$thingName/shadow')

export function ShadowRoute() {
  const { thingName } = route.useParams()
  const { name } = route.useSearch()
  return (
    <ShadowPage
      key={`${thingName}\n${name ?? ''}`}
      thingName={thingName}
      shadowName={name}
      connection={<ConnectionIndicator thingName={thingName} />}
    />
  )
}
