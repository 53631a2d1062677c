import { endpoints } from '@thingdeck/contract'
import { api } from '../../../shared/api.ts'
import { DestroyDialog } from '../../../shared/dialog/destroy-dialog.tsx'
import { useFlash } from '../../../shared/flash/flash.tsx'
import { visibleText } from '../../../shared/text/visible-text.ts'
import { isOver } from '../api.ts'

interface DeleteJobDialogProps {
  readonly job: { readonly jobId: string; readonly status: string }
  readonly onDeleted: () => void
  readonly onClose: () => void
}

/** Deletes a job with all its executions; one that is not over by force, as AWS has it. */
export function DeleteJobDialog({ job: { jobId, status }, onDeleted, onClose }: DeleteJobDialogProps) {
  const { flash } = useFlash()
  const force = !isOver(status)
  return (
    <DestroyDialog
      header={`Delete the job ${visibleText(jobId)}?`}
      action={force ? 'Delete job by force' : 'Delete job'}
      name={jobId}
      consequences={[
        'All its executions go with it: nobody can see any more what became of it on a device.',
        ...(force
          ? [
              'It is not over. Devices that have not begun are never given it; those in the middle are not told, and what they report is refused.',
            ]
          : []),
        'AWS deletes it in the background; until that is done its id cannot be used again.',
      ]}
      failure="The job could not be deleted"
      onDestroy={async () => {
        await api(endpoints.deleteJob, { params: { jobId }, query: { ...(force && { force }) } })
        flash({ id: `delete ${jobId}`, type: 'success', header: `The job ${visibleText(jobId)} is being deleted` })
        onDeleted()
      }}
      onClose={onClose}
    />
  )
}
