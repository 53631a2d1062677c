import { useQueryClient } from '@tanstack/react-query'
import type { Policy } from '@thingdeck/contract'
import { PlanDialog } from '../../../shared/plan/plan-dialog.tsx'
import { policiesChanged } from '../api.ts'
import { setDefaultStep } from '../policy-steps.ts'
import { useAllTargets } from '../use-all-targets.ts'
import { BlastRadius } from './blast-radius.tsx'
import { VersionDiff } from './version-diff.tsx'

interface VersionDialogProps {
  readonly policy: Policy
  readonly versionId: string
  readonly onClose: () => void
}

/** Makes another version the one that decides: what changes, and for whom, is said before. */
export function SetDefaultDialog({ policy, versionId, onClose }: VersionDialogProps) {
  const { policyName, defaultVersionId } = policy
  const client = useQueryClient()
  const targets = useAllTargets(policyName)
  return (
    <PlanDialog
      size="large"
      header={`Make version ${versionId} of ${policyName} the default`}
      action="Set as default"
      plan={{
        id: `default of policy ${policyName}`,
        title: `Make version ${versionId} of ${policyName} the default`,
        done: `Version ${versionId} of ${policyName} is the default`,
        steps: [setDefaultStep(policy, versionId)],
        onChange: () => void policiesChanged(client),
      }}
      consequences={[
        `It decides in place of version ${defaultVersionId}, which stays; undo makes that the default again.`,
        'It holds for open connections, too, some minutes later.',
      ]}
      onClose={onClose}
    >
      <BlastRadius policyName={policyName} targets={targets.data ?? []} />
      <VersionDiff policyName={policyName} from={defaultVersionId} to={versionId} />
    </PlanDialog>
  )
}
