import { useEffect, useState } from 'react'
import { useMqtt } from '../../shared/mqtt/mqtt-context.ts'
import { heardFact } from './model/heard.ts'
import type { LogFact } from './model/moment.ts'

/** A page that stays open for days keeps so many. */
const MOST_HEARD = 500

const NONE: { readonly thingName: string; readonly facts: readonly LogFact[] } = { thingName: '', facts: [] }

/**
 * Connects, disconnects and refused connects that AWS IoT announces while this is shown, also where nothing is logged.
 * @param onNews the log has something new
 * @param onMissed something may have happened that was not announced to this page; the same function for as long as the
 *   same thing is shown
 */
export function useHeard(thingName: string, onNews: () => void, onMissed: () => void): readonly LogFact[] {
  const mqtt = useMqtt()
  const [heard, setHeard] = useState(NONE)
  useEffect(
    () =>
      mqtt.tap(
        ['connected', 'disconnected', 'connect_failed'].map((event) => ({
          filter: `$aws/events/presence/${event}/${thingName}`,
          qos: 0 as const,
        })),
        {
          onMessage({ payload }) {
            const fact = heardFact(new TextDecoder().decode(payload))
            if (!fact) return
            setHeard((before) => ({
              thingName,
              facts: [...(before.thingName === thingName ? before.facts : []), fact].slice(-MOST_HEARD),
            }))
            onNews()
          },
          onGap: onMissed,
          onBegun: onMissed,
        },
      ),
    [mqtt, thingName, onNews, onMissed],
  )
  return heard.thingName === thingName ? heard.facts : NONE.facts
}
