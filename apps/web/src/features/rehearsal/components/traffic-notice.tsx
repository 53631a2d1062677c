import SpaceBetween from '@cloudscape-design/components/space-between'
import { LevelNotice, LoggingNotice } from '../../../shared/iot-logs/logging-notice.tsx'
import { ErrorAlert } from '../../../shared/ui/error-alert.tsx'
import type { LogTraffic } from '../use-log-traffic.ts'

/** Why there may be less traffic than there was. */
export function TrafficNotice({ traffic }: { readonly traffic: LogTraffic }) {
  return (
    <SpaceBetween size="xs">
      <LoggingNotice outcome={traffic.outcome} message={traffic.message} />
      <LevelNotice />
      {traffic.error && (
        <ErrorAlert error={traffic.error} what="The log could not be read to its end" onRetry={traffic.renew} />
      )}
    </SpaceBetween>
  )
}
