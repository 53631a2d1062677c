import ExpandableSection from '@cloudscape-design/components/expandable-section'
import type { FlashbarProps } from '@cloudscape-design/components/flashbar'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useEffect, useRef, useState } from 'react'
import { useMqtt } from '../../shared/mqtt/mqtt-context.ts'
import { useSession } from '../../shared/session/session.tsx'
import { VisibleText } from '../../shared/text/visible.tsx'
import { CopyText } from '../../shared/ui/copy-text.tsx'

/**
 * Where the page gets no credentials for MQTT: what is missing by that, why, and the commands that change it. Once they were
 * run, and the session says that there are some, it connects.
 */
export function useLiveNotice(): FlashbarProps.MessageDefinition | undefined {
  const { withoutLive } = useSession()
  const mqtt = useMqtt()
  const [isDismissed, setDismissed] = useState(false)
  const wasWithout = useRef(false)
  const isWithout = withoutLive !== undefined
  useEffect(() => {
    if (wasWithout.current && !isWithout) mqtt.retryNow()
    wasWithout.current = isWithout
  }, [isWithout, mqtt])

  if (!withoutLive || isDismissed) return undefined
  const { reason, remedies } = withoutLive
  return {
    id: 'without-live',
    type: 'info',
    header: 'There are no live messages',
    content: (
      <SpaceBetween size="xs">
        <span>
          <VisibleText text={reason} /> Shadows are read and written by way of the console’s server; everything else
          works.
        </span>
        {remedies.length > 0 && (
          <ExpandableSection headerText="What to do">
            <SpaceBetween size="m">
              {remedies.map(({ title, command }) => (
                <div key={title}>
                  {title}:
                  <CopyText what="the command" text={command} />
                </div>
              ))}
            </SpaceBetween>
          </ExpandableSection>
        )}
      </SpaceBetween>
    ),
    dismissible: true,
    dismissLabel: 'Close',
    onDismiss: () => setDismissed(true),
  }
}
