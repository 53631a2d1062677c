import { useQueryClient } from '@tanstack/react-query'
import type { Policy, PolicyTarget } from '@thingdeck/contract'
import { useMemo } from 'react'
import { PlanDialog } from '../../../shared/plan/plan-dialog.tsx'
import { policiesChanged } from '../api.ts'
import { detachStep } from '../policy-steps.ts'
import { targetInWords } from '../policy-target.ts'
import { BlastRadius } from './blast-radius.tsx'
import { LossOf } from './loss-of.tsx'

interface DetachDialogProps {
  readonly policy: Policy
  readonly target: PolicyTarget
  readonly onClose: () => void
}

export function DetachDialog({ policy, target, onClose }: DetachDialogProps) {
  const { policyName, policyDocument } = policy
  const client = useQueryClient()
  const targets = useMemo(() => [target], [target])
  const words = targetInWords(target)
  return (
    <PlanDialog
      header={`Detach ${policyName} from ${words}`}
      action="Detach policy"
      plan={{
        id: `detach policy ${policyName} from ${target.target}`,
        title: `Detach ${policyName} from ${words}`,
        done: `The policy ${policyName} was detached from ${words}`,
        steps: [detachStep(policyName, target)],
        onChange: () => void policiesChanged(client),
      }}
      consequences={[
        'What it allows is allowed no more to the target, unless another policy does. What it denies is denied no more.',
        'Open connections stay open, and are refused from their next message on. Undo attaches it again.',
      ]}
      onClose={onClose}
    >
      <BlastRadius policyName={policyName} targets={targets} />
      <LossOf policyName={policyName} targets={targets} document={policyDocument} isPart />
    </PlanDialog>
  )
}
