import StatusIndicator from '@cloudscape-design/components/status-indicator'
import type { ThingGroup } from '@thingdeck/contract'

const BUILDING: Readonly<Record<string, string>> = {
  BUILDING: 'Dynamic, its things are being found',
  REBUILDING: 'Dynamic, its things are being found anew',
}

/** Static or dynamic, and whether a dynamic one has found its things yet. */
export function ThingGroupKind({
  group: { queryString, status },
}: {
  readonly group: Pick<ThingGroup, 'queryString' | 'status'>
}) {
  if (queryString === undefined) return <>Static</>
  const building = BUILDING[status ?? 'ACTIVE']
  return building === undefined ? <>Dynamic</> : <StatusIndicator type="in-progress">{building}</StatusIndicator>
}
