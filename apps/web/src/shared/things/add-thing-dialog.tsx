import type { ReactNode } from 'react'
import { useUndoFlash } from '../flash/use-undo-flash.tsx'
import { FieldRow } from '../form/fields.tsx'
import { FormDialog } from '../form/form-dialog.tsx'
import { useForm } from '../form/use-form.ts'
import { ThingPicker } from '../pickers/thing-picker.tsx'
import { useWhyNot } from '../session/session.tsx'
import { NAME_LIMITS } from './registry-limits.ts'

interface AddThingDialogProps {
  readonly header: string
  /** Of what it is added to. */
  readonly groupName: string
  readonly note?: ReactNode
  readonly add: (thingName: string) => Promise<unknown>
  readonly remove: (thingName: string) => Promise<unknown>
  readonly onChange: () => void
  readonly onClose: () => void
  /** Further choices. */
  readonly children?: ReactNode
}

/** Puts a thing, found by a part of its name, into a group. */
export function AddThingDialog(props: AddThingDialogProps) {
  const { header, groupName, note, add, remove, onChange, onClose, children } = props
  const undoable = useUndoFlash()
  const form = useForm({
    initial: { thingName: '' },
    limits: { thingName: NAME_LIMITS },
    fieldsOfCodes: { ResourceNotFoundException: 'thingName', InvalidRequestException: 'thingName' },
    submit: ({ thingName }) => add(thingName),
    onDone: (_, { thingName }) => {
      onChange()
      onClose()
      undoable({
        id: `add ${thingName} to ${groupName}`,
        done: `${thingName} was added to ${groupName}`,
        undo: () => remove(thingName),
        failure: `${thingName} could not be removed from ${groupName} again`,
        onChange,
      })
    },
  })
  const field = form.field('thingName')
  return (
    <FormDialog
      form={form}
      header={header}
      action="Add thing"
      failure="The thing could not be added"
      whyNot={useWhyNot('admin')}
      onClose={onClose}
    >
      <FieldRow field={field} label="Thing" description={note}>
        <ThingPicker value={field.value} onChange={field.set} onBlur={field.leave} />
      </FieldRow>
      {children}
    </FormDialog>
  )
}
