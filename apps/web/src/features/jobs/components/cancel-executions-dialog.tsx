import Checkbox from '@cloudscape-design/components/checkbox'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { endpoints, type JobExecutionSummary } from '@thingdeck/contract'
import { useState } from 'react'
import { api } from '../../../shared/api.ts'
import { ConfirmDialog } from '../../../shared/dialog/confirm-dialog.tsx'
import { Consequences } from '../../../shared/dialog/consequences.tsx'
import { useFlash } from '../../../shared/flash/flash.tsx'
import { formatCounted } from '../../../shared/format.ts'
import { messageOf } from '../../../shared/message-of.ts'
import { visibleText } from '../../../shared/text/visible-text.ts'

interface CancelExecutionsDialogProps {
  /** At least one, none of which is over. */
  readonly executions: readonly JobExecutionSummary[]
  readonly onCanceled: () => void
  readonly onClose: () => void
}

/** Cancels the executions of some things; what that does to a device in the middle is said before. */
export function CancelExecutionsDialog({ executions, onCanceled, onClose }: CancelExecutionsDialogProps) {
  const { flash } = useFlash()
  const begun = executions.filter(({ status }) => status === 'IN_PROGRESS').length
  const queued = executions.length - begun
  const [force, setForce] = useState(false)
  const [only] = executions
  const what =
    executions.length === 1 && only
      ? `the execution on ${visibleText(only.thingName)}`
      : `${executions.length} executions`
  return (
    <ConfirmDialog
      header={`Cancel ${what}?`}
      action={force ? 'Cancel by force' : 'Cancel'}
      failure="Not all could be canceled"
      disabled={begun > 0 && queued === 0 && !force}
      onConfirm={async () => {
        const meant = executions.filter(({ status }) => force || status === 'QUEUED')
        const failures: string[] = []
        for (const { thingName, jobId } of meant) {
          try {
            await api(endpoints.cancelJobExecution, { params: { thingName, jobId }, body: { force } })
          } catch (error) {
            failures.push(`${thingName}: ${messageOf(error)}`)
          }
        }
        onCanceled()
        if (failures.length > 0) throw new Error(failures.join('\n'))
        flash({
          id: 'cancel executions',
          type: 'success',
          header: `${formatCounted(meant.length, 'execution')} ${meant.length === 1 ? 'is' : 'are'} canceled`,
        })
      }}
      onClose={onClose}
    >
      <SpaceBetween size="m">
        <Consequences list={executionConsequences({ queued, begun, force })} />
        {begun > 0 && (
          <Checkbox checked={force} onChange={({ detail }) => setForce(detail.checked)}>
            By force: also what is in progress
          </Checkbox>
        )}
      </SpaceBetween>
    </ConfirmDialog>
  )
}

/** @see AWS IoT API reference, CancelJobExecution: what is in progress is refused without force */
function executionConsequences(some: { readonly queued: number; readonly begun: number; readonly force: boolean }) {
  const { queued, begun, force } = some
  return [
    ...(queued > 0
      ? [
          `${formatCounted(queued, 'device')} that ${queued === 1 ? 'has' : 'have'} not begun will not be given the job.`,
        ]
      : []),
    ...(begun > 0
      ? [
          force
            ? `${formatCounted(begun, 'device')} in the middle of it ${begun === 1 ? 'is' : 'are'} not told to stop: ${begun === 1 ? 'it goes' : 'they go'} on, and the next report is refused (InvalidStateTransition). A device that is writing its firmware may be left half updated.`
            : `${formatCounted(begun, 'device')} in the middle of it ${begun === 1 ? 'stays' : 'stay'} as ${begun === 1 ? 'it is' : 'they are'}: AWS cancels what is in progress only by force.`,
        ]
      : []),
    'A thing of a continuous job that leaves the group and joins again is given the job again.',
  ]
}
