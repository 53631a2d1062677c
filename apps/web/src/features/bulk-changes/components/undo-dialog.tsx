import Checkbox from '@cloudscape-design/components/checkbox'
import type { BulkChange } from '@thingdeck/contract'
import { useState } from 'react'
import { ConfirmDialog } from '../../../shared/dialog/confirm-dialog.tsx'
import { Consequences } from '../../../shared/dialog/consequences.tsx'
import { targetsInWords } from '../bulk-change-words.ts'

interface UndoDialogProps {
  readonly bulkChange: BulkChange
  readonly onUndo: (dryRun: boolean) => Promise<void>
  readonly onClose: () => void
}

/** Says what an undo puts back, and what it does not. */
export function UndoDialog({ bulkChange: { request, counts }, onUndo, onClose }: UndoDialogProps) {
  const [dryRun, setDryRun] = useState(true)
  const targets = targetsInWords(request.change.kind, counts.changed ?? 0)
  return (
    <ConfirmDialog
      header={`Undo the change of ${targets}?`}
      action={dryRun ? 'Dry run of the undo' : `Put back ${targets}`}
      failure="The undo could not be started"
      onConfirm={() => onUndo(dryRun)}
      onClose={onClose}
    >
      <Consequences
        list={[
          'Each gets back what it had before this bulk change, as a bulk change of its own.',
          'Where somebody changed it since, it stays as it is now; the result says so.',
          'Events and messages that the change caused are not taken back.',
        ]}
      />
      <Checkbox checked={dryRun} onChange={({ detail }) => setDryRun(detail.checked)}>
        Dry run first
      </Checkbox>
    </ConfirmDialog>
  )
}
