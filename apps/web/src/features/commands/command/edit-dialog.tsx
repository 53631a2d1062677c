import { type Command, endpoints } from '@thingdeck/contract'
import { api } from '../../../shared/api.ts'
import { TextField } from '../../../shared/form/fields.tsx'
import { FormDialog } from '../../../shared/form/form-dialog.tsx'
import { useForm } from '../../../shared/form/use-form.ts'
import { visibleText } from '../../../shared/text/visible-text.ts'

interface EditDialogProps {
  readonly command: Command
  readonly onChanged: () => void
  readonly onClose: () => void
}

/** Another name or description for people: what it sends never changes. */
export function EditDialog({ command, onChanged, onClose }: EditDialogProps) {
  const { commandId, displayName = '', description = '' } = command
  const form = useForm({
    initial: { displayName, description },
    limits: { displayName: { maxLength: 64 }, description: { maxLength: 2_028 } },
    submit: (values) => api(endpoints.updateCommand, { params: { commandId }, body: values }),
    onDone: () => {
      onChanged()
      onClose()
    },
  })
  return (
    <FormDialog
      form={form}
      header={`Rename or describe ${visibleText(commandId)}`}
      action="Save"
      failure="The command could not be changed"
      onClose={onClose}
    >
      <TextField field={form.field('displayName')} label="Display name" description="For people; its id stays." />
      <TextField field={form.field('description')} label="Description" rows={3} />
    </FormDialog>
  )
}
