import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useMqtt } from '../../shared/mqtt/mqtt-context.ts'
import { clientQuery } from './api.ts'

/**
 * A client as it is now, asked again whenever the broker announces that it came or went.
 * @see AWS IoT developer guide, "Lifecycle events": client ids with `#` or `+` get none
 */
export function useClientConnection(clientId: string) {
  const mqtt = useMqtt()
  const client = useQueryClient()
  useEffect(() => {
    if (/[#+]/.test(clientId)) return undefined
    const refresh = () => void client.invalidateQueries({ queryKey: clientQuery(clientId).queryKey })
    return mqtt.tap(
      [
        { filter: `$aws/events/presence/connected/${clientId}`, qos: 0 },
        { filter: `$aws/events/presence/disconnected/${clientId}`, qos: 0 },
      ],
      { onMessage: refresh, onGap: refresh },
    )
  }, [mqtt, client, clientId])
  return useQuery(clientQuery(clientId))
}
