import Popover from '@cloudscape-design/components/popover'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import type { ThingConnection } from '@thingdeck/contract'
import { reasonInWords } from '../../../shared/iot-logs/disconnect-reason.ts'
import { useKnown } from '../../../shared/reach/known.ts'
import { visible } from '../../../shared/text/visible.tsx'
import { Age, formatTimeOfDay } from '../../../shared/time.tsx'
import { useThingConnection } from '../use-thing-connection.ts'
import { NoRecord } from './no-record.tsx'

/** Whether the device is connected, since when, from where; and if not, why not, as far as anybody knows. */
export function ConnectionIndicator({ thingName }: { readonly thingName: string }) {
  const { query, isHeard } = useThingConnection(thingName)
  const { value, isCurrent, knownAtMs, whyNot } = useKnown(query)
  if (value === undefined) {
    if (query.isPending && whyNot === undefined) {
      return <StatusIndicator type="loading">Asking for the connection</StatusIndicator>
    }
    return <StatusIndicator type="warning">Connection not known: {whyNot}</StatusIndicator>
  }
  if (isCurrent && isHeard) return <ConnectionWords thingName={thingName} connection={value} />
  const atMs = knownAtMs ?? 0 // where there is a value, it is known since when
  const time = formatTimeOfDay(atMs).slice(0, 8)
  if (isCurrent) {
    return (
      <StatusIndicator type="info">
        <span title="This page is not connected to the broker, which announces changes.">
          When last asked, at {time}, <Age atMs={atMs} />: {wordOf(value)}
        </span>
      </StatusIndicator>
    )
  }
  return (
    <StatusIndicator type="warning">
      <span title={whyNot}>
        Connection not known now; {wordOf(value)} at {time}, <Age atMs={atMs} />
      </span>
    </StatusIndicator>
  )
}

const wordOf = ({ connected, toldBy }: ThingConnection) =>
  connected ? 'connected' : toldBy === 'nobody' ? 'no connection on record' : 'disconnected'

interface ConnectionWordsProps {
  readonly thingName: string
  readonly connection: ThingConnection
}

function ConnectionWords({ thingName, connection }: ConnectionWordsProps) {
  const { connected, toldBy, clientId, connectedSince, disconnectedSince, disconnectReason } = connection
  const { sourceIp, sourcePort } = connection
  const asWhom = clientId === undefined || clientId === thingName ? '' : ` as ${clientId}`
  if (connected) {
    return (
      <StatusIndicator type="success">
        Connected{connectedSince !== undefined && <Since iso={connectedSince} />}
        {visible(asWhom)}
        {sourceIp !== undefined && ` from ${sourceIp}${sourcePort === undefined ? '' : `, port ${sourcePort}`}`}
      </StatusIndicator>
    )
  }
  if (toldBy === 'nobody') {
    return (
      <StatusIndicator type="info">
        <Popover
          header="No connection on record"
          size="large"
          renderWithPortal // a page's status is a paragraph, which cannot hold lists
          dismissAriaLabel="Close"
          content={<NoRecord {...{ thingName, connection }} />}
        >
          No connection on record
        </Popover>
      </StatusIndicator>
    )
  }
  return (
    <StatusIndicator type="stopped">
      Disconnected
      {disconnectedSince === undefined ? ', longer ago than is on record' : <Since iso={disconnectedSince} />}
      {visible(asWhom)}
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
