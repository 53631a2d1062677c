import Button from '@cloudscape-design/components/button'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { formatCount } from '../../../shared/format.ts'
import { formatDateTime } from '../../../shared/time.tsx'
import { ErrorAlert } from '../../../shared/ui/error-alert.tsx'
import type { Rehearsal } from '../rehearse.ts'
import type { FoundFacts } from '../use-facts-of-clients.ts'
import type { LogTraffic } from '../use-log-traffic.ts'

interface RehearsalSummaryProps {
  readonly traffic: LogTraffic
  readonly found: FoundFacts
  readonly rehearsal: Rehearsal
}

/** How much of the traffic was seen, and what the log cannot tell. */
export function RehearsalSummary({ traffic, found, rehearsal }: RehearsalSummaryProps) {
  const { entries, unclear, sinceMs, isReading, readOn } = traffic
  const { compared, ofOthers, unknown } = rehearsal
  const sentences = [
    `${formatCount(entries)} log entries${sinceMs === undefined ? '' : ` since ${formatDateTime(sinceMs)}`}, of ${formatCount(found.clients)} clients`,
    `${formatCount(compared)} requests compared`,
    ofOthers > 0 && `${formatCount(ofOthers)} of clients that do not have this policy`,
    unknown > 0 && `${formatCount(unknown)} of clients that are not known, or not looked at yet`,
    unclear > 0 && `${formatCount(unclear)} that failed for another reason, or do not say who asked for what`,
  ]
  return (
    <div className="td-rehearsal-summary">
      {found.error && <ErrorAlert error={found.error} what="What decides about the clients could not all be read" />}
      <div role="status">
        {isReading || found.isLooking ? (
          <StatusIndicator type="loading">
            {isReading ? 'Reading the log' : 'Looking at the clients'}: {formatCount(entries)} entries,{' '}
            {formatCount(compared)} requests compared
          </StatusIndicator>
        ) : (
          <span>{sentences.filter((each) => each !== false).join(' · ')}.</span>
        )}
      </div>
      <p className="td-weak">
        Each client is looked at as it is now. A log does not say whether a CONNECT asked for a lasting session or a
        will, nor whether a message was to be retained; deliveries and successes are in it at the levels INFO and DEBUG
        only.
      </p>
      {readOn && (
        <Button variant="inline-link" onClick={readOn}>
          There is older traffic in this time: read on
        </Button>
      )}{' '}
      {found.lookFurther && (
        <Button variant="inline-link" onClick={found.lookFurther}>
          There are more clients: look at further ones
        </Button>
      )}
    </div>
  )
}
