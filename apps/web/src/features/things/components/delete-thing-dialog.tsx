import Checkbox from '@cloudscape-design/components/checkbox'
import ExpandableSection from '@cloudscape-design/components/expandable-section'
import FormField from '@cloudscape-design/components/form-field'
import RadioGroup from '@cloudscape-design/components/radio-group'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useQuery } from '@tanstack/react-query'
import type { ThingDetails } from '@thingdeck/contract'
import { useState } from 'react'
import { shortCertificateId } from '../../../shared/certificate/certificate-id.ts'
import { useLeave } from '../../../shared/details/use-leave.ts'
import { formatCount } from '../../../shared/format.ts'
import { paths } from '../../../shared/paths.ts'
import { PlanDialog } from '../../../shared/plan/plan-dialog.tsx'
import { VisibleText } from '../../../shared/text/visible.tsx'
import { retainedOfThingQuery, shadowsOfThingQuery, thingDetailsQuery } from '../api.ts'
import { type CertificateFate, deletionSteps, ownCertificates } from '../thing-deletion.ts'
import { useThingPlan } from '../use-thing-plan.ts'

interface DeleteThingDialogProps {
  readonly thingName: string
  readonly onClose: () => void
}

/** Deletes a thing with what belongs to it, as far as one chooses: AWS leaves certificates active, and shadows there. */
export function DeleteThingDialog({ thingName, onClose }: DeleteThingDialogProps) {
  const planOf = useThingPlan(thingName)
  const leave = useLeave(paths.thing(thingName), paths.things())
  // What is attached by now, and who is connected: what was read for the page may be from before.
  const query = useQuery({ ...thingDetailsQuery(thingName), refetchOnMount: 'always' })
  const shadows = useQuery({ ...shadowsOfThingQuery(thingName), refetchOnMount: 'always' })
  const retained = useQuery({ ...retainedOfThingQuery(thingName), refetchOnMount: 'always' })
  const [certificates, setCertificates] = useState<CertificateFate>('deactivate')
  const [takesShadows, setTakesShadows] = useState(true)
  const [takesRetained, setTakesRetained] = useState(false)
  const details = query.isFetchedAfterMount ? query.data : undefined
  const isRead = details !== undefined && !shadows.isFetching && !retained.isFetching
  const own = ownCertificates(details?.principals.value ?? [])
  const shadowNames = shadows.data ? [...(shadows.data.classic ? [undefined] : []), ...shadows.data.named] : []
  const topics = retained.data?.topics ?? []
  const plan =
    isRead && details.principals.unread === undefined
      ? planOf({
          title: `Delete the thing ${thingName}`,
          done: `The thing ${thingName} was deleted`,
          steps: deletionSteps({
            details,
            certificates,
            shadows: takesShadows ? shadowNames : [],
            retainedTopics: takesRetained ? topics : [],
          }),
          onDone: leave,
        })
      : undefined
  return (
    <PlanDialog
      header={`Delete the thing ${thingName}`}
      action="Delete thing"
      size="large"
      error={query.error}
      plan={plan}
      name={thingName}
      consequences={details ? consequencesOf(details, certificates) : []}
      whyNot={
        details?.principals.unread === undefined
          ? undefined
          : `Who is attached to it could not be read, and AWS deletes no thing with principals: ${details.principals.unread}`
      }
      onClose={onClose}
    >
      {isRead && (
        <SpaceBetween size="m">
          {own.length > 0 && (
            <FormField
              label={`${own.length === 1 ? 'Its certificate' : `Its ${own.length} certificates`} that no other thing has`}
              description={own.map(({ certificateId }) => shortCertificateId(certificateId)).join(', ')}
            >
              <RadioGroup
                value={certificates}
                items={[
                  {
                    value: 'deactivate',
                    label: 'Detach and deactivate',
                    description: 'No device connects with it; it can be activated again.',
                  },
                  {
                    value: 'delete',
                    label: 'Detach, deactivate and delete',
                    description: 'Its device needs a new one. This cannot be undone.',
                  },
                  {
                    value: 'keep',
                    label: 'Detach only',
                    description: 'As AWS does: whoever has its key goes on connecting with it.',
                  },
                ]}
                onChange={({ detail }) => {
                  const fate = FATES.find((each) => each === detail.value)
                  if (fate) setCertificates(fate)
                }}
              />
            </FormField>
          )}
          {shadowNames.length > 0 && (
            <Checkbox
              checked={takesShadows}
              description={shadowNames.map((name) => name ?? 'the classic one').join(', ')}
              onChange={({ detail }) => setTakesShadows(detail.checked)}
            >
              Delete its {shadowNames.length === 1 ? 'shadow' : `${shadowNames.length} shadows`}, which AWS leaves there
            </Checkbox>
          )}
          {shadows.error && <div>Its shadows could not be read, and stay: {shadows.error.message}</div>}
          {topics.length > 0 && (
            <>
              <Checkbox
                checked={takesRetained}
                description="What was retained cannot be put back."
                onChange={({ detail }) => setTakesRetained(detail.checked)}
              >
                Clear what is retained on {topics.length === 1 ? '1 topic' : `${formatCount(topics.length)} topics`}{' '}
                with its name as a level{retained.data?.isAll === false && ', as far as was looked'}
              </Checkbox>
              <ExpandableSection headerText="Which topics">
                <ul className="td-plain-list">
                  {topics.map((topic) => (
                    <li key={topic}>
                      <VisibleText text={topic} />
                    </li>
                  ))}
                </ul>
              </ExpandableSection>
            </>
          )}
        </SpaceBetween>
      )}
    </PlanDialog>
  )
}

const FATES: readonly CertificateFate[] = ['keep', 'deactivate', 'delete']

function consequencesOf(
  { thing, groups, principals, connection }: ThingDetails,
  certificates: CertificateFate,
): readonly string[] {
  const { thingName } = thing
  const all = principals.value ?? []
  const own = ownCertificates(all)
  const shared = all.length - own.length
  const isActive = own.some(({ status }) => status === 'ACTIVE')
  const { connected, clientId = thingName } = connection.value ?? {}
  return [
    connected === true &&
      (certificates === 'keep' || own.length === 0
        ? `${clientId} is connected now. It is disconnected, and may connect again: then it is no thing any more.`
        : `${clientId} is connected now: it is disconnected, and cannot connect with this certificate again.`),
    connected === undefined && 'Whether its device is connected is not known.',
    all.length > 0 &&
      'AWS deletes no thing that a principal is attached to, and would leave its certificates active: so they are detached first.',
    certificates === 'keep' && isActive && 'Its certificates stay active: whoever has their keys goes on connecting.',
    shared > 0 &&
      `${shared === 1 ? 'One principal is' : `${shared} principals are`} also of other things, or no certificate: detached, and otherwise left alone.`,
    (groups.value?.length ?? 0) > 0 && `It leaves its groups: ${groups.value?.join(', ')}.`,
    'What jobs still have for it is ended.',
    `Undoing makes a thing of the same name, type, attributes and groups again. What does not come back: its thing id, its version (it begins at 1), its job executions${certificates === 'delete' ? ', and certificates that were deleted' : ''}.`,
  ].filter((each) => typeof each === 'string')
}
