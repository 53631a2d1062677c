import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { useNews } from '../../shared/mqtt/use-news.ts'
import { clientQuery } from './api.ts'

/**
 * A client as it is now, asked again whenever the broker announces that it came or went.
 * @see AWS IoT developer guide, "Lifecycle events": client ids with `#` or `+` get none
 */
export function useClientConnection(clientId: string, onChange: () => void) {
  const client = useQueryClient()
  const events = /[#+]/.test(clientId) ? [] : ['connected', 'disconnected']
  useNews(
    events.map((event) => `$aws/events/presence/${event}/${clientId}`),
    useCallback(() => {
      onChange()
      return client.invalidateQueries({ queryKey: clientQuery(clientId).queryKey })
    }, [client, clientId, onChange]),
  )
  return useQuery(clientQuery(clientId))
}
