import type { FlashbarProps } from '@cloudscape-design/components/flashbar'
import { useEffect, useRef } from 'react'
import { useMqtt } from '../../shared/mqtt/mqtt-context.ts'
import { createPreference, usePreference } from '../../shared/preferences/preferences.ts'
import { useSession } from '../../shared/session/session.tsx'
import { VisibleText } from '../../shared/text/visible.tsx'
import { LiveRemedy } from './live-remedy.tsx'

/** Whoever has read it once finds it at the connection's state in the top bar. */
const readPreference = createPreference('without-live-read', (stored) => stored === true)

/**
 * Where the page gets no credentials for MQTT: why, and what to do. Once that was done, and the session says that there are
 * some, it connects.
 */
export function useLiveNotice(): FlashbarProps.MessageDefinition | undefined {
  const { withoutLive } = useSession()
  const mqtt = useMqtt()
  const [isRead, setRead] = usePreference(readPreference)
  const wasWithout = useRef(false)
  const isWithout = withoutLive !== undefined
  useEffect(() => {
    if (wasWithout.current && !isWithout) mqtt.retryNow()
    wasWithout.current = isWithout
  }, [isWithout, mqtt])

  if (!withoutLive || isRead) return undefined
  return {
    id: 'without-live',
    type: 'info',
    header: 'There are no live messages',
    content: (
      <>
        <VisibleText text={withoutLive.reason} /> Shadows go by way of the console’s server, and everything else works.
      </>
    ),
    action: <LiveRemedy {...withoutLive} />,
    dismissible: true,
    dismissLabel: 'Close',
    onDismiss: () => setRead(true),
  }
}
