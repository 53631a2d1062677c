import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { formatBytes } from '../../../../shared/format.ts'
import { visible } from '../../../../shared/text/visible.tsx'
import { formatTimeOfDay } from '../../../../shared/time.tsx'
import type { PublishOutcome } from '../../protocol/publish.ts'

/** What became of the last messages, newest first. */
export function Outcomes({ outcomes }: { readonly outcomes: readonly PublishOutcome[] }) {
  return (
    <ul className="td-plain-list td-outcomes" aria-label="Published" aria-live="polite">
      {outcomes.map(({ ok, atMs, topic, sizeBytes, roundTripMs, reason }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two messages may be published in one millisecond
        <li key={`${atMs} ${outcomes.length - index}`}>
          <StatusIndicator type={ok ? 'success' : 'error'}>
            {formatTimeOfDay(atMs)} <span className="td-mono">{visible(topic)}</span> {formatBytes(sizeBytes)}, {reason}
            {roundTripMs !== undefined && `, ${Math.round(roundTripMs)} ms`}
          </StatusIndicator>
        </li>
      ))}
    </ul>
  )
}
