import StatusIndicator from '@cloudscape-design/components/status-indicator'
import type { ThingType } from '@thingdeck/contract'

export function ThingTypeState({ type: { isDeprecated } }: { readonly type: Pick<ThingType, 'isDeprecated'> }) {
  return isDeprecated ? (
    <StatusIndicator type="warning">Deprecated</StatusIndicator>
  ) : (
    <StatusIndicator type="success">In use</StatusIndicator>
  )
}
