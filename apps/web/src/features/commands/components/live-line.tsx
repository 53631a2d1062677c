import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useMqttStatus } from '../../../shared/mqtt/mqtt-context.ts'
import { POLL_MS } from '../api.ts'

/** How what is shown comes to be of now: told by events, which are always on, or asked for. */
export function LiveLine() {
  const { connection } = useMqttStatus()
  return connection.state.kind === 'connected' ? (
    <StatusIndicator type="success">Live, by the events of commands</StatusIndicator>
  ) : (
    <StatusIndicator type="info">
      Asked for every {POLL_MS / 1_000} seconds while a device has time: the page has no MQTT session
    </StatusIndicator>
  )
}
