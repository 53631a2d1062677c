import { useEffect } from 'react'
import { oneAtATime } from '../one-at-a-time.ts'
import { useMqtt } from './mqtt-context.ts'

/**
 * Looks anew whenever a message tells that there is something new, or one may have been missed; one look after the other.
 * @param filters what tells it; none where there is nothing that does
 * @param look the same function for as long as the same is looked for
 * @param gatherMs how long news are gathered before it is looked
 */
export function useNews(filters: readonly string[], look: () => Promise<unknown>, gatherMs = 0): void {
  const mqtt = useMqtt()
  const key = filters.join('\n') // a line break is in no topic filter that a page makes
  useEffect(() => {
    if (key === '') return undefined
    const turn = oneAtATime(look, gatherMs)
    const taps = key.split('\n').map((filter) => ({ filter, qos: 0 as const }))
    const untap = mqtt.tap(taps, { onMessage: turn.news, onGap: turn.news, onBegun: turn.news })
    return () => {
      turn.stop()
      untap()
    }
  }, [mqtt, key, look, gatherMs])
}
