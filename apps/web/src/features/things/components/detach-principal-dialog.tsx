import { useQueries, useQuery } from '@tanstack/react-query'
import { endpoints, type ThingDetails, type ThingPrincipal } from '@thingdeck/contract'
import { api } from '../../../shared/api.ts'
import { capitalised } from '../../../shared/format.ts'
import { PlanDialog } from '../../../shared/plan/plan-dialog.tsx'
import { connectionQuery } from '../api.ts'
import { detachPrincipalStep, principalInWords } from '../principal-steps.ts'
import { useThingPlan } from '../use-thing-plan.ts'

interface DetachPrincipalDialogProps {
  readonly details: ThingDetails
  readonly attached: ThingPrincipal
  readonly onClose: () => void
}

/** Detaches a principal from a thing: says who is connected, and what no longer holds. */
export function DetachPrincipalDialog({ details, attached, onClose }: DetachPrincipalDialogProps) {
  const { thingName } = details.thing
  const planOf = useThingPlan(thingName)
  // Who is connected by now: what was read for the page may be from before.
  const connection = useQuery({ ...connectionQuery(thingName), refetchOnMount: 'always' })
  const policyNames = attached.certificate?.policyNames ?? []
  const policies = useQueries({
    queries: policyNames.map((policyName) => ({
      queryKey: ['policies', 'document', policyName],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        api(endpoints.describePolicy, { params: { policyName }, signal }),
      staleTime: 30_000, // ms
    })),
  })
  const isRead = !connection.isFetching && policies.every(({ isPending }) => !isPending)
  const step = detachPrincipalStep(thingName, attached)
  return (
    <PlanDialog
      header={step.words}
      action="Detach from thing"
      plan={
        isRead
          ? planOf({
              title: step.words,
              done: `${capitalised(principalInWords(attached.principal))} is detached from the thing ${thingName}`,
              steps: [step],
            })
          : undefined
      }
      consequences={consequencesOf()}
      onClose={onClose}
    />
  )

  function consequencesOf() {
    const { data } = connection
    const clientId = data?.clientId ?? thingName
    const byThing = policies.flatMap(({ data: policy }) =>
      policy && /iot:Connection\.Thing\./.test(policy.policyDocument) ? [policy.policyName] : [],
    )
    const unread = policies.flatMap(({ error }, index) => (error ? (policyNames[index] ?? []) : []))
    const ofGroups = attached.certificate?.groupPolicyNames ?? []
    return [
      data?.connected === true &&
        `${clientId} is connected now; AWS IoT does not say by which principal. If by this one, it stays connected, but is no longer this thing.`,
      data === undefined && 'Whether its device is connected is not known.',
      byThing.length > 0 &&
        `${byThing.join(', ')} ${byThing.length === 1 ? 'has' : 'have'} thing variables (iot:Connection.Thing…): they come up empty for it, so what is allowed by them is allowed no more.`,
      unread.length > 0 && `Whether ${unread.join(', ')} depends on the thing could not be read.`,
      ofGroups.length > 0 &&
        `${ofGroups.join(', ')}, through groups of the thing, no longer ${ofGroups.length === 1 ? 'holds' : 'hold'} for it.`,
      details.principals.value?.length === 1 &&
        'It is the only principal of the thing: no device can be this thing then.',
      attached.certificate?.status === 'ACTIVE' &&
        'The certificate stays active, with its policies: whoever has its key can go on connecting.',
      'It can be attached again.',
    ].filter((each) => typeof each === 'string')
  }
}
