import StatusIndicator from '@cloudscape-design/components/status-indicator'
import type { RuleDestination } from '@thingdeck/contract'
import { stateOf } from '../destination-words.ts'

/** In which state it is, by icon, word and colour. */
export function DestinationState({ destination }: { readonly destination: RuleDestination }) {
  const [type, words] = stateOf(destination)
  return <StatusIndicator type={type}>{words}</StatusIndicator>
}
