import StatusIndicator from '@cloudscape-design/components/status-indicator'
import type { Client, ClientConnection, ClientRow } from '@thingdeck/contract'
import { asSentence } from '../../shared/format.ts'
import { reasonInWords } from '../../shared/iot-logs/disconnect-reason.ts'
import { visible } from '../../shared/text/visible.tsx'
import { Age, formatSpan } from '../../shared/time.tsx'

/** How a client of a list stands, since when, and why it went. */
export function RowState(row: ClientRow) {
  const { connected, changedAt, disconnectReason, connects, refused = 0, drops } = row
  if (!connected && refused > 0 && connects === 0 && drops === 0) {
    return <StatusIndicator type="error">Refused each time</StatusIndicator>
  }
  // The log has its connect and no end of it, which is lost where the log was off, or throttled, or not read so far.
  const isByLog = connected && row.toldBy === 'log' && row.thingName === undefined
  return (
    <StatusIndicator type={connected ? (isByLog ? 'info' : 'success') : 'stopped'}>
      {connected ? 'Connected' : 'Disconnected'}
      {changedAt !== undefined && <Since iso={changedAt} />}
      {isByLog && (
        <span title="The log has its connect and no disconnect since. Its page asks the broker itself.">
          , by the log
        </span>
      )}
      {!connected && disconnectReason !== undefined && visible(`: ${reasonInWords(disconnectReason)}`)}
    </StatusIndicator>
  )
}

/** The same of its own page, from the broker itself. */
export function ConnectionState({ connection }: Pick<Client, 'connection'>) {
  const { outcome, connected, connectedSince, disconnectedSince, disconnectReason, sourceIp, cleanSession } = connection
  if (outcome === 'none') {
    return (
      <StatusIndicator type="stopped">Not connected: the broker has no connection and no session of it</StatusIndicator>
    )
  }
  if (outcome !== 'known') return <StatusIndicator type="warning">{notKnownInWords(connection)}</StatusIndicator>
  if (connected) {
    return (
      <StatusIndicator type="success">
        Connected{connectedSince !== undefined && <Since iso={connectedSince} />}
        {sourceIp !== undefined && visible(` from ${sourceIp}`)}
      </StatusIndicator>
    )
  }
  return (
    <StatusIndicator type="stopped">
      Disconnected
      {disconnectedSince === undefined ? ' for more than half an hour' : <Since iso={disconnectedSince} />}
      {disconnectReason !== undefined && visible(`: ${reasonInWords(disconnectReason)}`)}
      {cleanSession === false && '. Its session waits for it'}
    </StatusIndicator>
  )
}

/** Why the broker's own word on a connection is not known. */
export const notKnownInWords = ({ outcome, message = '' }: ClientConnection): string =>
  outcome === 'not-allowed'
    ? `Connection not known: the console’s role needs iot:GetConnection. ${asSentence(message)}`
    : `Connection not known: what stands at this AWS endpoint does not serve GetConnection. ${asSentence(message)}`

/** `persistent: kept for 1 h after a disconnect` */
export function sessionInWords({ cleanSession, sessionExpirySeconds: seconds }: ClientConnection): string | undefined {
  if (cleanSession === undefined && seconds === undefined) return undefined
  const isPersistent = cleanSession === false || (seconds !== undefined && seconds > 0)
  if (!isPersistent) return 'clean: it ends with the connection'
  return seconds === undefined || seconds === 0
    ? 'persistent: it outlives the connection'
    : `persistent: kept for ${formatSpan(seconds * 1_000)} after a disconnect`
}

const Since = ({ iso }: { readonly iso: string }) => (
  <>
    {' '}
    <Age atMs={Date.parse(iso)} />
  </>
)
