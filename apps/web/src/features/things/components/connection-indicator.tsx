import StatusIndicator from '@cloudscape-design/components/status-indicator'
import type { ThingConnection } from '@thingdeck/contract'
import { Age } from '../../../shared/time.tsx'
import { useThingConnection } from '../use-thing-connection.ts'

/** Whether the device is connected, since when, from where; and if not, why not. */
export function ConnectionIndicator({ thingName }: { readonly thingName: string }) {
  const { data, isPending } = useThingConnection(thingName)
  if (isPending) return <StatusIndicator type="loading">Asking for the connection</StatusIndicator>
  if (!data) return <StatusIndicator type="warning">Connection not known</StatusIndicator>
  return <ConnectionWords connection={data} />
}

export function ConnectionWords({ connection }: { readonly connection: ThingConnection }) {
  const { connected, connectedSince, disconnectedSince, disconnectReason, sourceIp } = connection
  if (connected) {
    return (
      <StatusIndicator type="success">
        Connected{connectedSince !== undefined && <Since iso={connectedSince} />}
        {sourceIp !== undefined && ` from ${sourceIp}`}
      </StatusIndicator>
    )
  }
  if (disconnectedSince === undefined) return <StatusIndicator type="stopped">Never seen connected</StatusIndicator>
  return (
    <StatusIndicator type="stopped">
      Disconnected
      <Since iso={disconnectedSince} />
      {disconnectReason !== undefined && `: ${reasonInWords(disconnectReason)}`}
    </StatusIndicator>
  )
}

function Since({ iso }: { readonly iso: string }) {
  return (
    <>
      {' '}
      <Age atMs={Date.parse(iso)} />
    </>
  )
}

/** AWS IoT developer guide, "Lifecycle events", `disconnectReason`. */
const REASONS: Readonly<Record<string, string>> = {
  AUTH_ERROR: 'the device could not be authenticated, or was not authorized',
  CLIENT_INITIATED_DISCONNECT: 'the device said goodbye',
  CLIENT_ERROR: 'the device broke the protocol',
  CONNECTION_LOST: 'the network connection was lost',
  DUPLICATE_CLIENTID: 'another connection took its client id',
  FORBIDDEN_ACCESS: 'a policy forbade what it did',
  MQTT_KEEP_ALIVE_TIMEOUT: 'it was silent for longer than its keep-alive',
  SERVER_ERROR: 'an error in AWS IoT',
  SERVER_INITIATED_DISCONNECT: 'AWS IoT ended the connection',
  API_INITIATED_DISCONNECT: 'someone ended the connection through the API',
  THROTTLED: 'it sent more than it may',
  WEBSOCKET_TTL_EXPIRATION: 'its WebSocket reached the maximum age',
  CUSTOMAUTH_TTL_EXPIRATION: 'its custom authorization expired',
}

const reasonInWords = (reason: string) => `${REASONS[reason] ?? 'see the reason'} (${reason})`
