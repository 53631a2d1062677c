import type { ThingPrincipal } from '@thingdeck/contract'
import { PlanDialog } from '../../../shared/plan/plan-dialog.tsx'
import { changePrincipalTypeStep, principalInWords, typeOf } from '../principal-steps.ts'
import { useThingPlan } from '../use-thing-plan.ts'

interface PrincipalTypeDialogProps {
  readonly thingName: string
  readonly attached: ThingPrincipal
  readonly onClose: () => void
}

/** Has a certificate belong to one thing alone, or no longer. */
export function PrincipalTypeDialog({ thingName, attached, onClose }: PrincipalTypeDialogProps) {
  const planOf = useThingPlan(thingName)
  const isExclusive = typeOf(attached) === 'EXCLUSIVE_THING'
  const step = changePrincipalTypeStep(thingName, attached, isExclusive ? 'NON_EXCLUSIVE_THING' : 'EXCLUSIVE_THING')
  return (
    <PlanDialog
      header={step.words}
      action={isExclusive ? 'Attach not exclusively' : 'Attach exclusively'}
      plan={planOf({ title: step.words, done: `${step.words}: done`, steps: [step] })}
      consequences={
        isExclusive
          ? [
              `A connection with ${principalInWords(attached.principal)} is this thing only where its client id is ${thingName}: under another one, thing variables of its policies come up empty from its next connection on.`,
              'It can be attached to further things.',
            ]
          : [
              `Every connection with ${principalInWords(attached.principal)} is this thing, whatever its client id: thing variables of its policies always have this thing’s values.`,
              'It can be attached to no other thing.',
            ]
      }
      onClose={onClose}
    />
  )
}
