import StatusIndicator from '@cloudscape-design/components/status-indicator'

/** Whether a rule acts on messages. */
export function RuleStatus({ isDisabled }: { readonly isDisabled: boolean }) {
  return isDisabled ? (
    <StatusIndicator type="stopped">Disabled</StatusIndicator>
  ) : (
    <StatusIndicator type="success">Enabled</StatusIndicator>
  )
}
