import { useQueryClient } from '@tanstack/react-query'
import { type BillingGroup, endpoints } from '@thingdeck/contract'
import { useState } from 'react'
import { api } from '../../../shared/api.ts'
import { mergeKeys } from '../../../shared/diff/merge-keys.ts'
import { useMergeWhenOvertaken } from '../../../shared/diff/use-merge-when-overtaken.tsx'
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

/** What people change of a billing group, by its name in words. */
const keyed = ({ description = '' }: { readonly description?: string | undefined }) =>
  new Map([['Description', description]])

/**
 * The description of a billing group. That somebody else was faster is told by AWS, by its version; the two changes are put
 * together then, and where they do not go together one is asked.
 */
export function EditBillingGroupDialog({ group, onClose }: EditBillingGroupDialogProps) {
  const [before, setBefore] = useState(group)
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
  const { failure, notice } = useMergeWhenOvertaken({
    failure: form.failure,
    what: 'billing group',
    version: before.version,
    read: () => api(endpoints.describeBillingGroup, { params: { billingGroupName } }),
    merge: (now) => {
      const { merged, conflicts } = mergeKeys(keyed(before), keyed(now), keyed(form.values))
      setBefore(now)
      form.change({ description: merged.get('Description') ?? '' })
      return conflicts
    },
  })
  return (
    <FormDialog
      form={{ ...form, failure }}
      header={`Edit the billing group ${billingGroupName}`}
      action="Save billing group"
      failure="The billing group could not be changed"
      whyNot={useWhyNot('admin')}
      onClose={onClose}
    >
      {notice}
      <TextField field={form.field('description')} label="Description" rows={3} />
    </FormDialog>
  )
}
