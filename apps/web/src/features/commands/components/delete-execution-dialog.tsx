import { type CommandExecutionSummary, endpoints } from '@thingdeck/contract'
import { api } from '../../../shared/api.ts'
import { ConfirmDialog } from '../../../shared/dialog/confirm-dialog.tsx'
import { Consequences } from '../../../shared/dialog/consequences.tsx'
import { visibleText } from '../../../shared/text/visible-text.ts'

interface DeleteExecutionDialogProps {
  /** Its device has ended it. */
  readonly execution: CommandExecutionSummary
  readonly onDeleted: () => void
  readonly onClose: () => void
}

/** Deletes what is known of an execution that is over. */
export function DeleteExecutionDialog({ execution, onDeleted, onClose }: DeleteExecutionDialogProps) {
  const { executionId, commandId, target } = execution
  return (
    <ConfirmDialog
      header={`Delete this execution of ${visibleText(commandId)}?`}
      action="Delete execution"
      failure="The execution could not be deleted"
      onConfirm={async () => {
        await api(endpoints.deleteCommandExecution, { params: { executionId }, query: target })
        onDeleted()
      }}
      onClose={onClose}
    >
      <Consequences
        list={[
          'What became of it, and what the device answered, is gone for good.',
          'The device is not told. What it did stays done.',
        ]}
      />
    </ConfirmDialog>
  )
}
