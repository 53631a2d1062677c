import StatusIndicator from '@cloudscape-design/components/status-indicator'
import type { AuditEntry } from '@thingdeck/contract'

/** Whether a write was done, and if not, AWS's or the console's word for why. */
export function Outcome({ outcome: { code, message } }: Pick<AuditEntry, 'outcome'>) {
  if (code === undefined) return <StatusIndicator type="success">Done</StatusIndicator>
  return (
    <span title={message}>
      <StatusIndicator type="error">{code}</StatusIndicator>
    </span>
  )
}
