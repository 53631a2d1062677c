import { useQueryClient } from '@tanstack/react-query'
import type { Policy } from '@thingdeck/contract'
import { PlanDialog } from '../../../shared/plan/plan-dialog.tsx'
import { policiesChanged } from '../api.ts'
import { deleteVersionStep } from '../policy-steps.ts'

interface DeleteVersionDialogProps {
  readonly policy: Policy
  readonly versionId: string
  readonly onClose: () => void
}

export function DeleteVersionDialog({ policy: { policyName }, versionId, onClose }: DeleteVersionDialogProps) {
  const client = useQueryClient()
  return (
    <PlanDialog
      header={`Delete version ${versionId} of ${policyName}`}
      action="Delete version"
      plan={{
        id: `delete version ${versionId} of policy ${policyName}`,
        title: `Delete version ${versionId} of ${policyName}`,
        done: `Version ${versionId} of ${policyName} was deleted`,
        steps: [deleteVersionStep(policyName, versionId)],
        onChange: () => void policiesChanged(client),
      }}
      consequences={[
        'Nobody is allowed more or less by it: another version is the default.',
        'Undo makes a version of the same document, under a new number: AWS gives no number twice.',
      ]}
      onClose={onClose}
    />
  )
}
