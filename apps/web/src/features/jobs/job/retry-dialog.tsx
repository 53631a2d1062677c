import Checkbox from '@cloudscape-design/components/checkbox'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useRouter } from '@tanstack/react-router'
import type { Job } from '@thingdeck/contract'
import { useState } from 'react'
import { ConfirmDialog } from '../../../shared/dialog/confirm-dialog.tsx'
import { Consequences } from '../../../shared/dialog/consequences.tsx'
import { formatCount } from '../../../shared/format.ts'
import { paths } from '../../../shared/paths.ts'
import { useSession } from '../../../shared/session/session.tsx'
import { visibleText } from '../../../shared/text/visible-text.ts'
import { keepLeftThings } from '../create/left-draft.ts'
import { thingsIn } from '../left-things.ts'
import { mayTryAgain } from '../words/attempts.ts'
import { executionStatus, FAILED_STATUSES } from '../words/status.ts'

interface RetryDialogProps {
  readonly job: Job
  readonly onClose: () => void
}

/** AWS retries by itself only as the job was made: later it takes another job, for those that failed. */
export function RetryDialog({ job, onClose }: RetryDialogProps) {
  const { jobId, counts } = job
  const { history } = useRouter()
  const { person } = useSession()
  const there = FAILED_STATUSES.filter((status) => counts[status] > 0)
  const [chosen, setChosen] = useState(there)
  return (
    <ConfirmDialog
      header={`Retry what failed of the job ${visibleText(jobId)}?`}
      action="Prepare a job for them"
      failure="The things could not be read"
      disabled={chosen.length === 0}
      onConfirm={async () => {
        const things = await thingsIn(job, chosen)
        if (things.length === 0)
          throw new Error('None is left: all of these have succeeded since, or try it again by now.')
        keepLeftThings(person.id, jobId, things)
        history.push(paths.createJob({ like: jobId }))
      }}
      onClose={onClose}
    >
      <SpaceBetween size="m">
        <Consequences
          list={[
            'AWS retries by itself only as often as a job was made to. This prepares another job that is like it, for the things that failed; nothing is begun before you create it.',
            ...(mayTryAgain(job)
              ? ['Attempts are counted here. A thing is among them where its last attempt ended so.']
              : []),
          ]}
        />
        {there.map((status) => (
          <Checkbox
            key={status}
            checked={chosen.includes(status)}
            onChange={({ detail }) =>
              setChosen((before) => (detail.checked ? [...before, status] : before.filter((each) => each !== status)))
            }
          >
            {formatCount(counts[status])} {executionStatus(status).words.toLowerCase()}
          </Checkbox>
        ))}
      </SpaceBetween>
    </ConfirmDialog>
  )
}
