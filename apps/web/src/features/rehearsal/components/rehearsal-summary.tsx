import { formatCount } from '../../../shared/format.ts'
import { formatDateTime } from '../../../shared/time.tsx'
import type { Rehearsal } from '../rehearse.ts'
import type { FoundFacts } from '../use-facts-of-clients.ts'
import type { LogTraffic } from '../use-log-traffic.ts'
import { OutcomeSummary } from './outcome-summary.tsx'

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
  const reading = isReading ? 'Reading the log' : 'Looking at the clients'
  const progress = `${reading}: ${formatCount(entries)} entries, ${formatCount(compared)} requests compared`
  return (
    <OutcomeSummary
      error={found.error}
      whom="clients"
      progress={isReading || found.isLooking ? progress : undefined}
      sentences={sentences}
      further={[
        { text: 'There is older traffic in this time: read on', look: readOn },
        { text: 'There are more clients: look at further ones', look: found.lookFurther },
      ]}
    >
      Each client is looked at as it is now. A log does not say whether a CONNECT asked for a lasting session or a will,
      nor whether a message was to be retained; deliveries and successes are in it at the levels INFO and DEBUG only.
    </OutcomeSummary>
  )
}
