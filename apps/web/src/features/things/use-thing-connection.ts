import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { useNews } from '../../shared/mqtt/use-news.ts'
import { connectionQuery, connectivityQuery } from './api.ts'

/**
 * The device's connection, asked again whenever the broker announces that it came or went.
 * @see AWS IoT developer guide, "Lifecycle events": they may come twice and out of order, so they only prompt.
 */
export function useThingConnection(thingName: string) {
  const client = useQueryClient()
  const events = ['connected', 'disconnected'].map((event) => `$aws/events/presence/${event}/${thingName}`)
  useNews(
    events,
    useCallback(() => client.invalidateQueries({ queryKey: connectionQuery(thingName).queryKey }), [client, thingName]),
  )
  // Apart from it, since what is counted of a day takes longer.
  useNews(
    events,
    useCallback(
      () => client.invalidateQueries({ queryKey: connectivityQuery(thingName).queryKey }),
      [client, thingName],
    ),
  )
  return useQuery(connectionQuery(thingName))
}
