import { useQueryClient } from '@tanstack/react-query'
import { type BillingGroup, endpoints } from '@thingdeck/contract'
import { useState } from 'react'
import { api } from '../../../shared/api.ts'
import { useUndoFlash } from '../../../shared/flash/use-undo-flash.tsx'
import { TextField } from '../../../shared/form/fields.tsx'
import { FormDialog } from '../../../shared/form/form-dialog.tsx'
import { useForm } from '../../../shared/form/use-form.ts'
import { BILLING_GROUPS } from '../../../shared/pickers/registry-keys.ts'
import { useWhyNot } from '../../../shared/session/session.tsx'
import { DESCRIPTION_LIMITS } from '../../../shared/things/registry-limits.ts'

interface EditBillingGroupDialogProps {
  readonly group: BillingGroup
  readonly onClose: () => void
}

export function EditBillingGroupDialog({ group, onClose }: EditBillingGroupDialogProps) {
  // What the change was begun with; that somebody else was faster is told by AWS.
  const [before] = useState(group)
  const { billingGroupName } = before
  const client = useQueryClient()
  const undoable = useUndoFlash()
  const onChange = () => void client.invalidateQueries({ queryKey: BILLING_GROUPS })
  const update = (description: string, expectedVersion: number) =>
    api(endpoints.updateBillingGroup, { params: { billingGroupName }, body: { description, expectedVersion } })
  const form = useForm({
    initial: { description: before.description ?? '' },
    limits: { description: DESCRIPTION_LIMITS },
    submit: ({ description }) => update(description, before.version),
    onDone: ({ version }) => {
      onChange()
      onClose()
      undoable({
        id: `billing group ${billingGroupName}`,
        done: `The billing group ${billingGroupName} was changed`,
        undo: () => update(before.description ?? '', version),
        failure: `The billing group ${billingGroupName} could not be put back`,
        onChange,
      })
    },
  })
  return (
    <FormDialog
      form={form}
      header={`Edit the billing group ${billingGroupName}`}
      action="Save billing group"
      failure="The billing group could not be changed"
      whyNot={useWhyNot('admin')}
      onClose={onClose}
    >
      <TextField field={form.field('description')} label="Description" rows={3} />
    </FormDialog>
  )
}
