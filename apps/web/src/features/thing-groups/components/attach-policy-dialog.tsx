import type { ThingGroup } from '@thingdeck/contract'
import { useUndoFlash } from '../../../shared/flash/use-undo-flash.tsx'
import { FieldRow } from '../../../shared/form/fields.tsx'
import { FormDialog } from '../../../shared/form/form-dialog.tsx'
import { useForm } from '../../../shared/form/use-form.ts'
import { PolicyPicker } from '../../../shared/pickers/policy-picker.tsx'
import { useWhyNot } from '../../../shared/session/session.tsx'
import { attachPolicy, detachPolicy } from '../thing-group-plans.ts'
import { GroupReach } from './group-reach.tsx'

interface AttachPolicyDialogProps {
  readonly group: ThingGroup
  /** Those that it has already. */
  readonly attached: readonly string[]
  readonly onChange: () => void
  readonly onClose: () => void
}

/** Attaches a policy to a group, after it was said whom that reaches. */
export function AttachPolicyDialog({ group, attached, onChange, onClose }: AttachPolicyDialogProps) {
  const { thingGroupName, thingGroupArn } = group
  const undoable = useUndoFlash()
  const form = useForm({
    initial: { policyName: '' },
    rules: {
      policyName: (name) =>
        name === '' ? 'Choose a policy.' : attached.includes(name) ? 'The group has it already.' : undefined,
    },
    fieldsOfCodes: { LimitExceededException: 'policyName', ResourceNotFoundException: 'policyName' },
    submit: ({ policyName }) => attachPolicy(policyName, thingGroupArn),
    onDone: (_, { policyName }) => {
      onChange()
      onClose()
      undoable({
        id: `attach policy ${policyName} to ${thingGroupArn}`,
        done: `The policy ${policyName} was attached to the thing group ${thingGroupName}`,
        undo: () => detachPolicy(policyName, thingGroupArn),
        failure: `The policy ${policyName} could not be detached again`,
        onChange,
      })
    },
  })
  const field = form.field('policyName')
  return (
    <FormDialog
      form={form}
      header={`Attach a policy to the thing group ${thingGroupName}`}
      action="Attach policy"
      failure="The policy could not be attached"
      whyNot={useWhyNot('admin')}
      onClose={onClose}
    >
      <FieldRow
        field={field}
        label="Policy"
        description="It holds for the certificates of the things in this group and in the groups below it, from their next message on."
      >
        <PolicyPicker value={field.value} onChange={field.set} onBlur={field.leave} />
      </FieldRow>
      {field.value !== '' && <GroupReach policyName={field.value} thingGroupArn={thingGroupArn} />}
    </FormDialog>
  )
}
