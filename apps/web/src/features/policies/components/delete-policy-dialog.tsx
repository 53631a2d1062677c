import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { Policy, PolicyTarget } from '@thingdeck/contract'
import { useLeave } from '../../../shared/details/use-leave.ts'
import { formatCount } from '../../../shared/format.ts'
import { paths } from '../../../shared/paths.ts'
import type { Plan } from '../../../shared/plan/plan.ts'
import { PlanDialog } from '../../../shared/plan/plan-dialog.tsx'
import { policiesChanged, policyQuery } from '../api.ts'
import { deletePolicyStep, deleteVersionStep, detachSteps } from '../policy-steps.ts'
import { useAllTargets } from '../use-all-targets.ts'
import { BlastRadius } from './blast-radius.tsx'
import { LossOf } from './loss-of.tsx'

interface DeletePolicyDialogProps {
  readonly policyName: string
  readonly onClose: () => void
}

/** Deletes a policy in the order that AWS demands, as one plan. */
export function DeletePolicyDialog({ policyName, onClose }: DeletePolicyDialogProps) {
  const policy = useQuery(policyQuery(policyName))
  const targets = useAllTargets(policyName)
  const client = useQueryClient()
  const leave = useLeave(paths.policy(policyName), paths.policies())
  const isRead = policy.data !== undefined && targets.data !== undefined && !targets.isFetching
  const plan: Plan | undefined = isRead
    ? {
        ...deletionOf(policy.data, targets.data),
        onChange: () => void policiesChanged(client),
        onDone: leave,
      }
    : undefined
  return (
    <PlanDialog
      header={`Delete the policy ${policyName}`}
      action="Delete policy"
      plan={plan}
      error={policy.error ?? targets.error}
      consequences={consequencesOf(policy.data, targets.data ?? [])}
      name={policyName}
      onClose={onClose}
    >
      {isRead && <BlastRadius policyName={policyName} targets={targets.data} />}
      {isRead && targets.data.length > 0 && (
        <LossOf policyName={policyName} targets={targets.data} document={policy.data.policyDocument} />
      )}
    </PlanDialog>
  )
}

function deletionOf(policy: Policy, targets: readonly PolicyTarget[]): Plan {
  const { policyName, versions } = policy
  return {
    id: `delete policy ${policyName}`,
    title: `Delete the policy ${policyName}`,
    done: `The policy ${policyName} was deleted`,
    steps: [
      ...detachSteps(policyName, targets),
      ...versions
        .filter(({ isDefault }) => !isDefault)
        .map(({ versionId }) => deleteVersionStep(policyName, versionId)),
      deletePolicyStep(policy),
    ],
  }
}

function consequencesOf(policy: Policy | undefined, targets: readonly PolicyTarget[]): readonly string[] {
  const versions = policy?.versions.length ?? 1
  return [
    targets.length === 0
      ? 'It is attached to nothing: nobody loses anything.'
      : `What it allows is allowed no more to the ${formatCount(targets.length)} ${targets.length === 1 ? 'target' : 'targets'} that it is attached to, unless another policy does. Open connections stay open, and are refused from their next message on.`,
    `Its document is gone, with ${versions === 1 ? 'its version' : `its ${versions} versions`}. Undo makes it anew, with versions that are numbered from 1.`,
    'Certificates, groups and identities stay, and so do templates and provisioning that name the policy: they fail from then on.',
  ]
}
