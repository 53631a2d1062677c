import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import type { Parts } from '../../../shared/feature/parts.ts'
import { paths } from '../../../shared/paths.ts'
import { visible } from '../../../shared/text/visible.tsx'
import { Age } from '../../../shared/time.tsx'
import type { Arrival } from '../arrival.ts'

interface ArrivalViewProps {
  readonly thingName: string
  readonly certificateId: string
  readonly sends: string
  readonly arrival: Arrival
  readonly MessageView: Parts['MessageView']
}

/** Whether the device came, and its first message. */
export function ArrivalView({ thingName, certificateId, sends, arrival, MessageView }: ArrivalViewProps) {
  const { connected, disconnected, message } = arrival
  // A gateway or a person with another certificate may have this client id: then it is not this device.
  const isOther = connected?.principal !== undefined && connected.principal !== certificateId
  return (
    <SpaceBetween size="m">
      <div role="status">
        <Box fontSize="heading-m">
          {connected && !isOther && (
            <StatusIndicator type="success">
              {visible(thingName)} {disconnected ? 'was connected' : 'is connected'}
            </StatusIndicator>
          )}
          {connected && isOther && (
            <StatusIndicator type="warning">
              A client named {visible(thingName)} connected with another certificate:{' '}
              {visible(connected.principal ?? '')}
            </StatusIndicator>
          )}
          {!connected && (
            <StatusIndicator type="in-progress">Waiting for {visible(thingName)} to connect</StatusIndicator>
          )}
        </Box>
        {connected && (
          <Box color="text-body-secondary">
            Connected <Age atMs={connected.atMs} />
            {connected.sourceIp !== undefined && ` from ${connected.sourceIp}`}
            {disconnected && (
              <>
                , left again <Age atMs={disconnected.atMs} />
                {disconnected.reason !== undefined && ` (${disconnected.reason})`}
              </>
            )}
          </Box>
        )}
      </div>
      {!connected && (
        <Box color="text-body-secondary">
          This page turns green when it does, and shows its first message. Run a sample of the archive on the device, or
          here. The page can be left: its address leads back to it.
        </Box>
      )}
      {message && (
        <section aria-label="Its first message">
          <Box variant="h3">Its first message</Box>
          <MessageView message={message} />
        </section>
      )}
      {connected && !message && (
        <StatusIndicator type="in-progress">
          Waiting for its first message to <span className="td-mono">{visible(sends)}</span>, or anything below{' '}
          <span className="td-mono">dt/{visible(thingName)}/</span>
        </StatusIndicator>
      )}
      {connected && (
        <SpaceBetween direction="horizontal" size="xs">
          <Button variant="primary" href={paths.thing(thingName)}>
            Show the thing
          </Button>
          <Button href={paths.live({ s: [`0:dt/${thingName}/#`] })}>Its live messages</Button>
          <Button href={paths.connectDevice()}>Connect another device</Button>
        </SpaceBetween>
      )}
    </SpaceBetween>
  )
}
