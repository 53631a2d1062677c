import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator'
import type { DecisionKind } from '../protocol.ts'

const STATES: Readonly<Record<DecisionKind, readonly [StatusIndicatorProps.Type, string]>> = {
  matched: ['success', 'Matched'],
  'no match': ['stopped', 'Not matched'],
  'other topic': ['stopped', 'Other topic'],
  failed: ['error', 'Failed'],
}

/** What a rule decided, as icon and word. */
export function DecisionState({ kind }: { readonly kind: DecisionKind }) {
  const [type, words] = STATES[kind]
  return <StatusIndicator type={type}>{words}</StatusIndicator>
}
