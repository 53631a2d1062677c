import { useEffect, useState } from 'react'
import { serverNow } from '../../../../shared/clock/server-clock.ts'
import type { ConnectionState } from '../../../../shared/mqtt/connection-state.ts'
import { useMqttStatus } from '../../../../shared/mqtt/mqtt-context.ts'
import type { MqttStatus } from '../../../../shared/mqtt/status.ts'
import { type SessionState, useSessionState } from '../../../../shared/session/session-state.ts'
import { formatTimeOfDay } from '../../../../shared/time.tsx'

/**
 * The gap that is not over yet: it stands below the newest row wherever the list is scrolled to, until the row of the
 * whole gap takes its place.
 */
export function OpenGap() {
  const status = useMqttStatus()
  const offlineSinceMs = useOfflineSince()
  const session = useSessionState()
  return (
    <div className="td-open-gap" role="status">
      {openGapWords(status, offlineSinceMs, session)}
    </div>
  )
}

/** In words what is being missed; undefined while nothing is. @param offlineSinceMs when the browser lost its network */
export function openGapWords(
  { openGap, connection }: Pick<MqttStatus, 'openGap' | 'connection'>,
  offlineSinceMs: number | undefined,
  session: SessionState = 'active',
): string | undefined {
  if (openGap) {
    const since = `Disconnected since ${formatTimeOfDay(openGap.fromMs)}: ${openGap.reason}`
    return `${since}. What is published now at QoS 0 will not be here; ${comingBackWords(connection.state, session)}`
  }
  if (offlineSinceMs !== undefined && connection.state.kind === 'connected') {
    return `The browser has no network since ${formatTimeOfDay(offlineSinceMs)}: the stream is probably silent`
  }
  return undefined
}

function comingBackWords(state: ConnectionState, session: SessionState): string {
  if (session === 'other-person') return 'somebody else is signed in, so it does not go on'
  if (session === 'ended' || state.kind === 'idle') return 'it goes on when you sign in again'
  if (state.kind === 'failed') return `not reconnecting: ${state.reason}`
  if (state.kind === 'offline') return 'reconnecting once the browser has a network'
  return 'reconnecting …'
}

function useOfflineSince(): number | undefined {
  const [sinceMs, setSinceMs] = useState(() => (navigator.onLine ? undefined : serverNow()))
  useEffect(() => {
    const onOnline = () => setSinceMs(undefined)
    const onOffline = () => setSinceMs(serverNow())
    addEventListener('online', onOnline)
    addEventListener('offline', onOffline)
    return () => {
      removeEventListener('online', onOnline)
      removeEventListener('offline', onOffline)
    }
  }, [])
  return sinceMs
}
