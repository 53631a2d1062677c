import Button from '@cloudscape-design/components/button'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useEffect } from 'react'
import { useMqttStatus } from '../../../shared/mqtt/mqtt-context.ts'
import { usePreference } from '../../../shared/preferences/preferences.ts'
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
  if (!spread) return null
  const { connections, reasons, costs, offer, unplaced } = spread
  return (
    <>
      {connections > 1 && (
        <p className="td-spread">
          <StatusIndicator type="info">Spread over {connections} connections</StatusIndicator>{' '}
          {[...reasons, ...costs].join(' ')}
        </p>
      )}
      {offer && (
        <p className="td-spread">
          <StatusIndicator type="warning">At the limit</StatusIndicator> {offer.reason}{' '}
          <Button variant="inline-link" onClick={() => void client.call('mqtt.acceptSpread', undefined)}>
            {`Spread over ${offer.connections} connections`}
          </Button>{' '}
          <span className="td-weak">{offer.costs.join(' ')}</span>
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
