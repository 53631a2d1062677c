import FormField from '@cloudscape-design/components/form-field'
import { endpoints } from '@thingdeck/contract'
import { useState } from 'react'
import { api } from '../../../shared/api.ts'
import { BillingGroupPicker } from '../../../shared/pickers/billing-group-picker.tsx'
import { PlanDialog } from '../../../shared/plan/plan-dialog.tsx'
import { useThingPlan } from '../use-thing-plan.ts'

interface BillingGroupDialogProps {
  readonly thingName: string
  readonly billingGroupName: string | undefined
  readonly onClose: () => void
}

/** Puts a thing into another billing group, or into none. */
export function BillingGroupDialog({ thingName, billingGroupName = '', onClose }: BillingGroupDialogProps) {
  // What was chosen upon; the page may read another one meanwhile.
  const [before] = useState(billingGroupName)
  const planOf = useThingPlan(thingName)
  const [after, setAfter] = useState(before)
  const title = `Change the billing group of the thing ${thingName}`
  return (
    <PlanDialog
      header={title}
      action="Change billing group"
      plan={planOf({
        title,
        done: after === '' ? `${thingName} is in no billing group` : `${thingName} is in the billing group ${after}`,
        steps: [
          {
            id: 'billing group',
            words:
              after === '' ? `Take it out of the billing group ${before}` : `Put it into the billing group ${after}`,
            run: () => move(thingName, before, after),
            undo: () => move(thingName, after, before),
          },
        ],
      })}
      consequences={[
        'What it costs from now on is told under the tags of that billing group. A thing is in one at most.',
        'Things have no tags of their own in AWS IoT: billing groups stand in for them.',
      ]}
      whyNot={after === before ? (before === '' ? 'Choose a billing group.' : 'It is in this one.') : undefined}
      onClose={onClose}
    >
      <FormField label="Billing group" stretch>
        <BillingGroupPicker label="Billing group" none="None" value={after} onChange={setAfter} />
      </FormField>
    </PlanDialog>
  )
}

/** AWS has no version of it: what is there is looked at right before, so that nobody's choice is overwritten unseen. */
async function move(thingName: string, from: string, to: string): Promise<void> {
  const { billingGroupName: now = '' } = await api(endpoints.describeThing, { params: { thingName } })
  if (now === to) return
  if (now !== from)
    throw new Error(
      `Meanwhile somebody ${now === '' ? 'took it out of its billing group' : `put it into the billing group ${now}`}: look at it, and choose again.`,
    )
  await (to === ''
    ? api(endpoints.leaveThingBillingGroup, { params: { thingName }, query: { billingGroupName: from } })
    : api(endpoints.setThingBillingGroup, { params: { thingName }, body: { billingGroupName: to } }))
}
