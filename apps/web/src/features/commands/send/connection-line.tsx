import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useQuery } from '@tanstack/react-query'
import { connectionQuery } from '../api.ts'

/** Whether a thing's device is there to take a command. */
export function ConnectionLine({ thingName }: { readonly thingName: string }) {
  const { data } = useQuery(connectionQuery(thingName))
  if (!data) return null
  if (data.connected) return <StatusIndicator type="success">Its device is connected</StatusIndicator>
  return (
    <StatusIndicator type="warning" wrapText>
      {data.toldBy === 'nobody'
        ? 'No connection of its device is on record: it may not get the command'
        : 'Its device is not connected: it gets the command only if it is back, with its session, before the time-out'}
    </StatusIndicator>
  )
}
