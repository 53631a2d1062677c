import StatusIndicator from '@cloudscape-design/components/status-indicator'

/** Whether devices are provisioned by a template. */
export const TemplateState = ({ enabled }: { readonly enabled: boolean }) => (
  <StatusIndicator type={enabled ? 'success' : 'stopped'}>{enabled ? 'Enabled' : 'Disabled'}</StatusIndicator>
)
