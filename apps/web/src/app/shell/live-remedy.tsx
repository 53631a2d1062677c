import Button from '@cloudscape-design/components/button'
import Modal from '@cloudscape-design/components/modal'
import SpaceBetween from '@cloudscape-design/components/space-between'
import type { WithoutLive } from '@thingdeck/contract'
import { useState } from 'react'
import { VisibleText } from '../../shared/text/visible.tsx'
import { CopyText } from '../../shared/ui/copy-text.tsx'

/** Opens why there are no credentials for MQTT, with the commands that change it, ready to be copied. */
export function LiveRemedy({ reason, remedies }: WithoutLive) {
  const [isOpen, setOpen] = useState(false)
  if (remedies.length === 0) return null
  return (
    <>
      <Button onClick={() => setOpen(true)}>What to do</Button>
      {isOpen && (
        <Modal
          visible
          size="large"
          header="Live messages need credentials that can do MQTT alone"
          closeAriaLabel="Close"
          onDismiss={() => setOpen(false)}
        >
          <SpaceBetween size="m">
            <VisibleText text={reason} />
            {remedies.map(({ title, command }) => (
              <div key={title}>
                {title}:
                <CopyText what="the command" text={command} />
              </div>
            ))}
          </SpaceBetween>
        </Modal>
      )}
    </>
  )
}
