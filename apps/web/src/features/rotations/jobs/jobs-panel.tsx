import Alert from '@cloudscape-design/components/alert'
import ExpandableSection from '@cloudscape-design/components/expandable-section'
import Link from '@cloudscape-design/components/link'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Rotation } from '@thingdeck/contract'
import { ActionButton } from '../../../shared/action/action-buttons.tsx'
import { formatCount } from '../../../shared/format.ts'
import { paths } from '../../../shared/paths.ts'
import { ErrorAlert } from '../../../shared/ui/error-alert.tsx'
import { ROTATIONS } from '../api.ts'
import { thingsInWords } from '../stage-words.ts'
import { type Answers, answersQuery, askForRequests, deliver, deliverableIn, takeRequests } from './by-jobs.ts'

/** The other way for keys and certificates: devices make their keys, and jobs carry what is no secret. */
export function JobsPanel({ rotation }: { readonly rotation: Rotation }) {
  const { rotationId, counts } = rotation
  const { chosen = 0, requested = 0, prepared = 0 } = counts
  const answers = useQuery({ ...answersQuery(rotationId), enabled: chosen + requested + prepared > 0 })
  if (chosen + requested + prepared === 0) return null
  const isAsked = (answers.data?.jobIds.length ?? 0) > 0
  return (
    <ExpandableSection
      variant="container"
      key={String(isAsked)}
      defaultExpanded={isAsked}
      headerText="By jobs, with keys that the devices make"
      headerDescription="For devices that obey such a job. A private key never leaves its device."
    >
      <SpaceBetween size="m">
        {answers.error && <ErrorAlert error={answers.error} what="What devices answered could not be read" />}
        <Alert type="info" header="What jobs carry, and what they do not">
          A first job asks each device to make a key and to answer a signing request in the details of its execution. A
          second one brings the certificates. Keys that this browser makes are never delivered so: AWS IoT keeps job
          documents, and whoever may read jobs would have the private keys. Those are downloaded.
        </Alert>
        {answers.data && <Steps key={rotationId} rotation={rotation} answers={answers.data} />}
      </SpaceBetween>
    </ExpandableSection>
  )
}

interface StepsProps {
  readonly rotation: Rotation
  readonly answers: Answers
}

function Steps({ rotation: { rotationId, counts }, answers }: StepsProps) {
  const { chosen = 0, prepared = 0 } = counts
  const client = useQueryClient()
  const onSuccess = () => client.invalidateQueries({ queryKey: ROTATIONS })
  const ask = useMutation({ mutationFn: () => askForRequests(rotationId), onSuccess })
  const take = useMutation({ mutationFn: () => takeRequests(rotationId, answers), onSuccess })
  const deliverable = useQuery({
    queryKey: [...ROTATIONS, 'deliverable', rotationId, prepared, [...answers.requests.keys()]],
    queryFn: () => deliverableIn(rotationId, answers),
    enabled: prepared > 0 && answers.requests.size > 0,
  })
  const issued = deliverable.data ?? []
  const bring = useMutation({ mutationFn: () => deliver(rotationId, issued), onSuccess })
  const error = ask.error ?? take.error ?? bring.error ?? deliverable.error
  const { jobIds, requests, without, open } = answers
  return (
    <>
      {error && <ErrorAlert error={error} what="That did not work" />}
      {jobIds.length > 0 && (
        <div role="status">
          {`${formatCount(requests.size)} answered with a request, ${formatCount(open)} not done yet, ${formatCount(without)} ended without one. `}
          {jobIds.map((jobId) => (
            <span key={jobId}>
              <Link href={paths.job(jobId)}>{jobId}</Link>{' '}
            </span>
          ))}
        </div>
      )}
      {take.data === 0 && (
        <Alert type="info">
          None of these requests is of a thing that waits for a key: all of those were taken before.
        </Alert>
      )}
      <SpaceBetween size="xs" direction="horizontal">
        <ActionButton
          id="ask-by-job"
          text={chosen === 0 ? 'Ask for requests by a job' : `Ask ${thingsInWords(chosen)} for requests by a job`}
          needs="admin"
          whyNot={chosen === 0 ? 'No thing waits for a key.' : undefined}
          isBusy={ask.isPending}
          onAction={() => ask.mutate()}
        />
        <ActionButton
          id="take-requests"
          text="Have certificates made for the requests"
          needs="admin"
          whyNot={requests.size === 0 || chosen === 0 ? 'No request waits for a certificate.' : undefined}
          isBusy={take.isPending}
          onAction={() => take.mutate()}
        />
        <ActionButton
          id="deliver-by-job"
          text={
            issued.length === 0
              ? 'Deliver by a job, and activate'
              : `Deliver ${thingsInWords(issued.length)} by a job, and activate`
          }
          needs="admin"
          isPrimary={issued.length > 0}
          whyNot={issued.length === 0 ? 'No certificate of a device’s own key is ready.' : undefined}
          isBusy={bring.isPending}
          onAction={() => bring.mutate()}
        />
      </SpaceBetween>
    </>
  )
}
