import type { FlashbarProps } from '@cloudscape-design/components/flashbar'
import { useQueryClient } from '@tanstack/react-query'
import { endpoints } from '@thingdeck/contract'
import { useEffect, useRef } from 'react'
import { api } from '../../shared/api.ts'
import { useMqttStatus } from '../../shared/mqtt/mqtt-context.ts'
import { isDown, useServerReach } from '../../shared/reach/server-reach.ts'
import { Age, formatTimeOfDay } from '../../shared/time.tsx'

const PROBE_EVERY_MS = 3_000

/**
 * While the console's server does not answer: that it does not, since when, and what that means for what is shown. It is
 * asked again until it answers; then everything that the page shows is read anew.
 */
export function useServerNotice(): FlashbarProps.MessageDefinition | undefined {
  const client = useQueryClient()
  const reach = useServerReach()
  const isLive = useMqttStatus().connection.state.kind === 'connected'
  const isUnanswered = reach.failures > 0
  const isGone = isDown(reach)
  const wasGone = useRef(false)

  useEffect(() => {
    if (!isUnanswered) return
    const timer = setInterval(() => {
      api(endpoints.getSession).catch(() => {
        // What came of it is known already: every request tells.
      })
    }, PROBE_EVERY_MS)
    return () => clearInterval(timer)
  }, [isUnanswered])
  useEffect(() => {
    if (wasGone.current && !isGone) void client.invalidateQueries()
    wasGone.current = isGone
  }, [isGone, client])

  if (!isGone) return undefined
  const { answeredAtMs, reason } = reach
  return {
    id: 'server-reach',
    type: 'warning',
    header: 'The console server does not answer',
    content: (
      <>
        {answeredAtMs !== undefined && (
          <>
            Its last answer came at {formatTimeOfDay(answeredAtMs).slice(0, 8)} (
            <span aria-live="off">
              <Age atMs={answeredAtMs} />
            </span>
            ).{' '}
          </>
        )}
        {reason} What is shown is as it was then.{' '}
        {isLive
          ? 'Messages still come: the MQTT session goes past the console server, and is live.'
          : 'The MQTT session is not live either.'}{' '}
        It is asked again every few seconds.
      </>
    ),
    dismissible: false,
  }
}
