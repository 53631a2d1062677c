import StatusIndicator from '@cloudscape-design/components/status-indicator'
import type { AuditEntry } from '@thingdeck/contract'
import { visibleText } from '../../../shared/text/visible-text.ts'

/** Whether a write was done, and if not, AWS's or the console's word for why. */
export function Outcome({ outcome: { code, message }, repeated }: Pick<AuditEntry, 'outcome' | 'repeated'>) {
  if (code === undefined) return <StatusIndicator type="success">Done</StatusIndicator>
  return (
    <span title={message === undefined ? undefined : visibleText(message)}>
      <StatusIndicator type="error">
        {code}
        {repeated && `, ${repeated.times} more times`}
      </StatusIndicator>
    </span>
  )
}
