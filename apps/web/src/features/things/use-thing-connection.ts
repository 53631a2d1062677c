import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useMqtt } from '../../shared/mqtt/mqtt-context.ts'
import { connectionQuery, connectivityQuery } from './api.ts'

/**
 * The device's connection, asked again whenever the broker announces that it came or went.
 * @see AWS IoT developer guide, "Lifecycle events": they may come twice and out of order, so they only prompt.
 */
export function useThingConnection(thingName: string) {
  const mqtt = useMqtt()
  const client = useQueryClient()
  useEffect(() => {
    const refresh = () => {
      for (const { queryKey } of [connectionQuery(thingName), connectivityQuery(thingName)]) {
        void client.invalidateQueries({ queryKey })
      }
    }
    return mqtt.tap(
      [
        { filter: `$aws/events/presence/connected/${thingName}`, qos: 0 },
        { filter: `$aws/events/presence/disconnected/${thingName}`, qos: 0 },
      ],
      { onMessage: refresh, onGap: refresh },
    )
  }, [mqtt, client, thingName])
  return useQuery(connectionQuery(thingName))
}
