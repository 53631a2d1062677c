import { useQuery } from '@tanstack/react-query'
import { endpoints } from '@thingdeck/contract'
import { useEffect, useReducer } from 'react'
import { api } from '../../shared/api.ts'
import { serverNow } from '../../shared/clock/server-clock.ts'
import { useMqtt } from '../../shared/mqtt/mqtt-context.ts'
import { type Arrival, arrivalAfter } from './arrival.ts'

/** Events tell at once where the page's own MQTT session is up; where it is not, the connection is asked for so often. */
const LOOK_EVERY_MS = 5_000

/**
 * What is heard of a device while it is waited for: its connects, and its first message.
 * @param sends where it is known to send, besides all below `dt/` and its name
 */
export function useArrival(thingName: string, sends: string): Arrival {
  const mqtt = useMqtt()
  const [arrival, hear] = useReducer(arrivalAfter, {})
  const hasMessage = arrival.message !== undefined
  useEffect(
    () =>
      mqtt.tap(
        (['connected', 'disconnected'] as const).map((event) => ({
          filter: `$aws/events/presence/${event}/${thingName}`,
          qos: 1 as const,
        })),
        {
          onMessage({ topic, payload }) {
            const kind = topic.startsWith('$aws/events/presence/connected/') ? 'connected' : 'disconnected'
            hear({ kind, text: new TextDecoder().decode(payload), nowMs: serverNow() })
          },
        },
      ),
    [mqtt, thingName],
  )
  useEffect(() => {
    if (hasMessage) return // of a device that sends a thousand a second, one is enough
    const usual = `dt/${thingName}/#`
    const filters = sends.startsWith(`dt/${thingName}/`) ? [usual] : [usual, sends]
    return mqtt.tap(
      filters.map((filter) => ({ filter, qos: 1 as const })),
      {
        onMessage({ tap: _tap, ...message }) {
          if (message.retain) return // of longer ago, and perhaps of another device
          hear({ kind: 'message', message })
        },
      },
    )
  }, [mqtt, thingName, sends, hasMessage])
  const { data } = useQuery({
    queryKey: ['onboarding', 'connection', thingName],
    queryFn: ({ signal }) => api(endpoints.getThingConnection, { params: { thingName }, signal }),
    refetchInterval: LOOK_EVERY_MS,
    retry: false,
  })
  return arrival.connected || !data?.connected
    ? arrival
    : {
        ...arrival,
        connected: {
          atMs: data.connectedSince === undefined ? serverNow() : Date.parse(data.connectedSince),
          ...(data.sourceIp !== undefined && { sourceIp: data.sourceIp }),
        },
      }
}
