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
import { hasNotBegun, leftThings, unreachedTargets } from '../left-things.ts'

interface PauseDialogProps {
  readonly job: Job
  readonly onPaused: () => void
  readonly onClose: () => void
}

/** AWS pauses no job: it is canceled, and one like it is prepared for those that had not begun. */
export function PauseDialog({ job, onPaused, onClose }: PauseDialogProps) {
  const { jobId, counts } = job
  const { history } = useRouter()
  const { person } = useSession()
  const left = counts.QUEUED
  const isUntouched = hasNotBegun(job)
  const isUnreached = !isUntouched && unreachedTargets(job).length > 0
  return (
    <ConfirmDialog
      header={`Pause the job ${visibleText(jobId)}?`}
      action="Cancel it and prepare the rest"
      failure="The job could not be paused"
      onConfirm={async () => {
        // Before it is canceled: afterwards nothing tells those that had not begun from those that were canceled before.
        const things = isUntouched ? undefined : await leftThings(job)
        const comment = things ? `Paused with ${formatCounted(things.length, 'device')} left` : 'Paused before it began'
        await api(endpoints.cancelJob, { params: { jobId }, body: { force: false, reasonCode: 'PAUSED', comment } })
        onPaused()
        if (things) keepLeftThings(person.id, jobId, things)
        else dropLeftThings(person.id, jobId)
        history.push(paths.createJob({ like: jobId }))
      }}
      onClose={onClose}
    >
      <Consequences
        list={[
          'AWS cannot pause a job. This one is canceled, and a new one is prepared that is like it, for those that have not begun. Create it when it is to go on.',
          isUntouched
            ? 'It has not begun: there is no execution yet. The new one is for the same targets.'
            : `${formatCounted(left, 'device')} that ${left === 1 ? 'was told and has' : 'were told and have'} not begun ${left === 1 ? 'is' : 'are'} left.`,
          ...(isUnreached ? ['It is not rolled out to all yet: those that were not told are left, too.'] : []),
          `${formatCounted(counts.IN_PROGRESS, 'device')} in the middle of it ${counts.IN_PROGRESS === 1 ? 'goes' : 'go'} on.`,
          ...(left > MOST_JOB_TARGETS || isUnreached
            ? [
                `A job takes ${formatCount(MOST_JOB_TARGETS)} single things: where more are left, they have to be in a thing group, which can be made with the new job.`,
              ]
            : []),
        ]}
      />
    </ConfirmDialog>
  )
}
