import { useRouter } from '@tanstack/react-router'
import { endpoints, type Job, MOST_JOB_TARGETS } from '@thingdeck/contract'
import { api } from '../../../shared/api.ts'
import { ConfirmDialog } from '../../../shared/dialog/confirm-dialog.tsx'
import { Consequences } from '../../../shared/dialog/consequences.tsx'
import { formatCount, formatCounted } from '../../../shared/format.ts'
import { paths } from '../../../shared/paths.ts'
import { useSession } from '../../../shared/session/session.tsx'
import { visibleText } from '../../../shared/text/visible-text.ts'
import { dropLeftThings, keepLeftThings } from '../create/left-draft.ts'
import { thingsIn } from '../left-things.ts'

interface PauseDialogProps {
  readonly job: Job
  readonly onPaused: () => void
  readonly onClose: () => void
}

/** AWS pauses no job: it is canceled, and one like it is prepared for those that had not begun. */
export function PauseDialog({ job: { jobId, counts, status }, onPaused, onClose }: PauseDialogProps) {
  const { history } = useRouter()
  const { person } = useSession()
  const left = counts.QUEUED
  const hasNotBegun = status === 'SCHEDULED'
  return (
    <ConfirmDialog
      header={`Pause the job ${visibleText(jobId)}?`}
      action="Cancel it and prepare the rest"
      failure="The job could not be paused"
      onConfirm={async () => {
        // Before it is canceled: afterwards nothing tells those that had not begun from those that were canceled before.
        const things = await thingsIn(jobId, ['QUEUED'])
        await api(endpoints.cancelJob, {
          params: { jobId },
          body: { force: false, reasonCode: 'PAUSED', comment: `Paused with ${things.length} devices left` },
        })
        onPaused()
        if (hasNotBegun) dropLeftThings(person.id, jobId)
        else keepLeftThings(person.id, jobId, things)
        history.push(paths.createJob({ like: jobId }))
      }}
      onClose={onClose}
    >
      <Consequences
        list={[
          'AWS cannot pause a job. This one is canceled, and a new one is prepared that is like it, for those that have not begun. Create it when it is to go on.',
          hasNotBegun
            ? 'It has not begun: there is no execution yet. The new one is for the same targets.'
            : `${formatCounted(left, 'device')} that ${left === 1 ? 'has' : 'have'} not begun ${left === 1 ? 'is' : 'are'} what is left.`,
          `${formatCounted(counts.IN_PROGRESS, 'device')} in the middle of it ${counts.IN_PROGRESS === 1 ? 'goes' : 'go'} on.`,
          ...(left > MOST_JOB_TARGETS
            ? [
                `A job takes ${formatCount(MOST_JOB_TARGETS)} single things: the rest has to be in a thing group, which can be made with the new job.`,
              ]
            : []),
          'What AWS has not made executions for yet, as of a large group, is not among the rest.',
        ]}
      />
    </ConfirmDialog>
  )
}
