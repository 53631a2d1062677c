import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect } from 'react'
import { useIsHeard } from '../../shared/mqtt/use-is-heard.ts'
import { useNews } from '../../shared/mqtt/use-news.ts'
import { connectionQuery, connectivityQuery } from './api.ts'

/** Between two questions while nobody announces what changes. */
const UNHEARD_MS = 10_000

/**
 * The device's connection, asked again whenever the broker announces that it came or went, and at once when such news
 * cease to come.
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
  const isHeard = useIsHeard()
  useEffect(() => {
    if (!isHeard) void client.invalidateQueries({ queryKey: connectionQuery(thingName).queryKey })
  }, [client, thingName, isHeard])
  const options = connectionQuery(thingName)
  return { query: useQuery(isHeard ? options : { ...options, refetchInterval: UNHEARD_MS }), isHeard }
}
