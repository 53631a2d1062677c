import '../clients.css'
import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator'
import type { ClientEvent } from '@thingdeck/contract'
import { reasonInWords } from '../../../shared/iot-logs/disconnect-reason.ts'
import { whyInWords } from '../../../shared/iot-logs/reason-words.ts'
import { visible } from '../../../shared/text/visible.tsx'
import { formatDateTime } from '../../../shared/time.tsx'
import { Principal } from './principal.tsx'

/** Connects and disconnects, the last one first, each in words. */
export function EventList({ events }: { readonly events: readonly ClientEvent[] }) {
  return (
    <ul className="td-client-events">
      {events.map((event) => (
        <li key={event.id}>
          <time className="td-mono" dateTime={event.at}>
            {formatDateTime(Date.parse(event.at))}
          </time>
          <span>
            <StatusIndicator type={typeOf(event)}>{visible(eventInWords(event))}</StatusIndicator>
          </span>
          <span className="td-weak">
            {event.eventType === 'DeleteConnection' && 'by '}
            <Principal principalId={event.principalId} />
            {event.sourceIp !== undefined && visible(` from ${event.sourceIp}`)}
            {event.sourcePort !== undefined && `, port ${event.sourcePort}`}
          </span>
        </li>
      ))}
    </ul>
  )
}

function typeOf({ eventType, status, disconnectReason, reason }: ClientEvent): StatusIndicatorProps.Type {
  if (status === 'Failure') return (disconnectReason ?? reason)?.startsWith('DUPLICATE_CLIENT') ? 'warning' : 'error'
  return eventType === 'Connect' ? 'success' : 'stopped'
}

function eventInWords(event: ClientEvent): string {
  const { eventType, status, disconnectReason, details } = event
  if (eventType === 'Disconnect') {
    return disconnectReason === undefined
      ? `Disconnected: ${whyInWords(event)}`
      : `Disconnected: ${reasonInWords(disconnectReason, details)}`
  }
  if (eventType === 'DeleteConnection')
    return status === 'Failure' ? 'It could not be disconnected' : 'Disconnected through the API'
  return status === 'Failure' ? `Refused: ${whyInWords(event)}` : 'Connected'
}
