import { BULK_CHANGE_KINDS, type BulkChangePreview } from '@thingdeck/contract'
import { ConfirmDialog } from '../../../shared/dialog/confirm-dialog.tsx'
import { Consequences } from '../../../shared/dialog/consequences.tsx'
import { formatCounted } from '../../../shared/format.ts'
import { visible } from '../../../shared/text/visible.tsx'
import { secondsInWords } from '../words/timeout.ts'

interface SendToManyDialogProps {
  readonly commandId: string
  readonly counted: BulkChangePreview
  readonly timeoutSeconds: number
  readonly onConfirm: () => Promise<void>
  readonly onClose: () => void
}

/** Says to how many a command goes, before it does. */
export function SendToManyDialog({ commandId, counted, timeoutSeconds, onConfirm, onClose }: SendToManyDialogProps) {
  const { count, sample } = counted
  const things = formatCounted(count, 'thing')
  const { perSecond } = BULK_CHANGE_KINDS.command
  const seconds = Math.max(1, Math.ceil(count / perSecond))
  return (
    <ConfirmDialog
      header={`Send ${commandId} to ${things}?`}
      action={`Send to ${things}`}
      failure="The command could not be sent"
      onConfirm={onConfirm}
      onClose={onClose}
    >
      <Consequences
        list={[
          <span key="who">{visible(`${things}: ${sample.slice(0, 5).join(', ')}${count > 5 ? ' …' : ''}`)}.</span>,
          `${perSecond} are sent a second at most, of the 100 that AWS takes of an account: it takes ${secondsInWords(seconds)}.`,
          `Each device has ${secondsInWords(timeoutSeconds)}. Those that are away, or not subscribed to their commands, time out.`,
          'It can be paused and cancelled while it goes on; what was sent cannot be taken back.',
          'It is begun on exactly so many: if others are meant by then, on none.',
        ]}
      />
    </ConfirmDialog>
  )
}
