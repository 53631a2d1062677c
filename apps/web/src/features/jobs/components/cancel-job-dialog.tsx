import Checkbox from '@cloudscape-design/components/checkbox'
import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { endpoints, type JobCounts } from '@thingdeck/contract'
import { useState } from 'react'
import { api } from '../../../shared/api.ts'
import { ConfirmDialog } from '../../../shared/dialog/confirm-dialog.tsx'
import { Consequences } from '../../../shared/dialog/consequences.tsx'
import { useFlash } from '../../../shared/flash/flash.tsx'
import { formatCounted } from '../../../shared/format.ts'
import { visibleText } from '../../../shared/text/visible-text.ts'

interface CancelJobDialogProps {
  readonly jobId: string
  /** Undefined: not known. */
  readonly counts: JobCounts | undefined
  readonly onCanceled: () => void
  readonly onClose: () => void
}

/** What canceling does to those that wait and, by force, to those in the middle; before it is done. */
export function CancelJobDialog({ jobId, counts, onCanceled, onClose }: CancelJobDialogProps) {
  const { flash } = useFlash()
  const [force, setForce] = useState(false)
  const [comment, setComment] = useState('')
  return (
    <ConfirmDialog
      header={`Cancel the job ${visibleText(jobId)}?`}
      action={force ? 'Cancel job by force' : 'Cancel job'}
      failure="The job could not be canceled"
      onConfirm={async () => {
        await api(endpoints.cancelJob, { params: { jobId }, body: { force, ...(comment !== '' && { comment }) } })
        flash({ id: `cancel ${jobId}`, type: 'success', header: `The job ${visibleText(jobId)} is canceled` })
        onCanceled()
      }}
      onClose={onClose}
    >
      <SpaceBetween size="m">
        <Consequences list={cancelConsequences(counts, force)} />
        <Checkbox checked={force} onChange={({ detail }) => setForce(detail.checked)}>
          By force: also what is in progress
        </Checkbox>
        <FormField label="Why" description="Shown with the job. Optional.">
          <Input value={comment} onChange={({ detail }) => setComment(detail.value)} />
        </FormField>
      </SpaceBetween>
    </ConfirmDialog>
  )
}

/**
 * What follows from canceling a job.
 * @see AWS IoT developer guide, "Job states"; API reference, CancelJob
 */
function cancelConsequences(counts: JobCounts | undefined, force: boolean): readonly string[] {
  const queued = counts && formatCounted(counts.QUEUED, 'device')
  const begun = counts && formatCounted(counts.IN_PROGRESS, 'device')
  return [
    `${queued ?? 'Devices'} that ${counts?.QUEUED === 1 ? 'has' : 'have'} not begun will never be given it. It is not handed to any further one.`,
    force
      ? `${begun ?? 'Devices'} in the middle of it ${counts?.IN_PROGRESS === 1 ? 'is' : 'are'} not told to stop: AWS IoT only counts ${counts?.IN_PROGRESS === 1 ? 'it' : 'them'} as canceled. Such a device goes on, and its next report is refused (InvalidStateTransition). One that is writing its firmware may be left half updated, and must find back by itself.`
      : `${begun ?? 'Devices'} in the middle of it ${counts?.IN_PROGRESS === 1 ? 'goes' : 'go'} on and may still report how it ended.`,
    'What is over stays as it is. A canceled job cannot be begun again: make one like it for what is left.',
  ]
}
