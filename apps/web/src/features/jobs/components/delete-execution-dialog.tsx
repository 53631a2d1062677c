import { endpoints, type JobExecutionSummary } from '@thingdeck/contract'
import { api } from '../../../shared/api.ts'
import { ConfirmDialog } from '../../../shared/dialog/confirm-dialog.tsx'
import { Consequences } from '../../../shared/dialog/consequences.tsx'
import { visibleText } from '../../../shared/text/visible-text.ts'

interface DeleteExecutionDialogProps {
  /** It is over. */
  readonly execution: JobExecutionSummary
  readonly onDeleted: () => void
  readonly onClose: () => void
}

/** Deletes what is known of an execution that is over. */
export function DeleteExecutionDialog({ execution, onDeleted, onClose }: DeleteExecutionDialogProps) {
  const { thingName, jobId, executionNumber } = execution
  return (
    <ConfirmDialog
      header={`Delete the execution of ${visibleText(jobId)} on ${visibleText(thingName)}?`}
      action="Delete execution"
      failure="The execution could not be deleted"
      onConfirm={async () => {
        await api(endpoints.deleteJobExecution, { params: { thingName, jobId }, query: { executionNumber } })
        onDeleted()
      }}
      onClose={onClose}
    >
      <Consequences
        list={[
          'What became of the job on this thing, and what the device said of it, is gone for good.',
          'The device is not told. The numbers of the job no longer have it.',
        ]}
      />
    </ConfirmDialog>
  )
}
