import StatusIndicator from '@cloudscape-design/components/status-indicator'

/** What a change of a policy would make of a request that is decided otherwise now. */
export function DecisionChange({ change }: { readonly change: 'allowed' | 'denied' }) {
  return change === 'denied' ? (
    <StatusIndicator type="error">Would be denied</StatusIndicator>
  ) : (
    <StatusIndicator type="success">Would be allowed</StatusIndicator>
  )
}
