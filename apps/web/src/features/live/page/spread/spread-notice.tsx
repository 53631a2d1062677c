import './spread.css'
import Button from '@cloudscape-design/components/button'
import Popover from '@cloudscape-design/components/popover'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useEffect, useState } from 'react'
import { useMqttStatus } from '../../../../shared/mqtt/mqtt-context.ts'
import { usePreference } from '../../../../shared/preferences/preferences.ts'
import { useLiveClient } from '../client.ts'
import { spreadPreference } from './spread-preference.ts'

/**
 * What is said of the connections: that several are used, why and what that costs; that more would help; and which
 * subscriptions found no place. Nothing while one is enough.
 */
export function SpreadNotice() {
  const client = useLiveClient()
  const [settings] = usePreference(spreadPreference)
  useEffect(() => void client.call('mqtt.setSpread', settings), [client, settings])
  const { spread } = useMqttStatus()
  /** What was read takes no more of the list's height, until there is something else to say. */
  const [read, setRead] = useState<ReadonlySet<string>>(new Set())
  if (!spread) return null
  const { connections, reasons, costs, offer, unplaced } = spread
  const isRead = (what: string) => read.has(what)
  const info = `${connections} ${reasons.join(' ')}`
  return (
    <>
      {connections > 1 && !isRead(info) && (
        <p className="td-spread">
          <StatusIndicator type="info">Spread over {connections} connections</StatusIndicator> {reasons.join(' ')}{' '}
          <Costs costs={costs} />
          <HasRead onRead={() => setRead(new Set([...read, info]))} />
        </p>
      )}
      {offer && !isRead(offer.reason) && (
        <p className="td-spread">
          <StatusIndicator type="warning">At the limit</StatusIndicator> {offer.reason}{' '}
          <Button variant="inline-link" onClick={() => void client.call('mqtt.acceptSpread', undefined)}>
            {`Spread over ${offer.connections} connections`}
          </Button>{' '}
          <Costs costs={offer.costs} />
          <HasRead onRead={() => setRead(new Set([...read, offer.reason]))} />
        </p>
      )}
      {unplaced.length > 0 && (
        <p className="td-spread">
          <StatusIndicator type="error">Not subscribed</StatusIndicator> No connection has room for{' '}
          {unplaced.join(', ')}. Remove a subscription, or allow more connections in the preferences.
        </p>
      )}
    </>
  )
}

const HasRead = ({ onRead }: { readonly onRead: () => void }) => (
  <Button variant="inline-icon" iconName="close" ariaLabel="Close this notice" onClick={onRead} />
)

/** Said in full on demand: the line above the stream is to stay one line. */
function Costs({ costs }: { readonly costs: readonly string[] }) {
  return (
    <Popover
      triggerType="text"
      size="large"
      header="More than one connection"
      dismissAriaLabel="Close"
      content={
        <ul className="td-spread-costs">
          {costs.map((cost) => (
            <li key={cost}>{cost}</li>
          ))}
        </ul>
      }
    >
      What it costs
    </Popover>
  )
}
