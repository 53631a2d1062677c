import { BULK_CHANGE_KINDS, type BulkChange } from '@thingdeck/contract'
import { ConfirmDialog } from '../../../shared/dialog/confirm-dialog.tsx'
import { Consequences } from '../../../shared/dialog/consequences.tsx'
import { DestroyDialog } from '../../../shared/dialog/destroy-dialog.tsx'
import { visible } from '../../../shared/text/visible.tsx'
import { actInWords, changeInWords, durationInWords, effectsInWords, targetsInWords } from '../bulk-change-words.ts'

interface ApplyDialogProps {
  readonly bulkChange: BulkChange
  readonly onApply: () => Promise<void>
  readonly onClose: () => void
}

/** Says what a dry run found before it is done; what destroys asks for the number first. */
export function ApplyDialog({ bulkChange, onApply, onClose }: ApplyDialogProps) {
  const { request, counts, effects } = bulkChange
  const { kind } = request.change
  const { reads, writes, perSecond, canUndo, destroys } = BULK_CHANGE_KINDS[kind]
  const count = counts['would-change'] ?? 0
  const targets = targetsInWords(kind, count)
  const took = durationInWords(count * (reads + writes), request.requestsPerSecond ?? perSecond)
  const consequences = [
    <span key="what">
      {visible(changeInWords(request.change))}, on the {targets} that would change by this dry run and on no others.
    </span>,
    ...effectsInWords(effects),
    `It takes ${took}, and can be paused and cancelled meanwhile.`,
    canUndo
      ? 'What was there before is kept, and can be put back where nobody changed it since.'
      : 'Nothing brings back what is deleted.',
  ]
  const words = {
    header: `${actInWords(kind, targets)}?`,
    action: actInWords(kind, targets),
    failure: 'The change could not be started',
    onClose,
  }
  return destroys ? (
    <DestroyDialog
      {...words}
      name={String(count)}
      verb={kind === 'delete' ? 'delete' : 'change'}
      object={targets}
      consequences={consequences}
      onDestroy={onApply}
    />
  ) : (
    <ConfirmDialog {...words} onConfirm={onApply}>
      <Consequences list={consequences} />
    </ConfirmDialog>
  )
}
