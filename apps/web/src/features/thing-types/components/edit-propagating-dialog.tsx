import { useQueryClient } from '@tanstack/react-query'
import { endpoints, type ThingTypeDetail } from '@thingdeck/contract'
import { useState } from 'react'
import { api } from '../../../shared/api.ts'
import { useUndoFlash } from '../../../shared/flash/use-undo-flash.tsx'
import { FormDialog } from '../../../shared/form/form-dialog.tsx'
import { useForm } from '../../../shared/form/use-form.ts'
import { THING_TYPES } from '../../../shared/pickers/registry-keys.ts'
import { useWhyNot } from '../../../shared/session/session.tsx'
import { attributesOf, linesOf, linesRule } from '../propagating.ts'
import { PropagatingField } from './propagating-field.tsx'

interface EditPropagatingDialogProps {
  readonly type: ThingTypeDetail
  readonly onClose: () => void
}

/** What of a type AWS changes: which user properties messages of its things get. */
export function EditPropagatingDialog({ type, onClose }: EditPropagatingDialogProps) {
  // What the change was begun with; the page may read another one meanwhile.
  const [{ thingTypeName, propagatingAttributes: before }] = useState(type)
  const client = useQueryClient()
  const undoable = useUndoFlash()
  const onChange = () => void client.invalidateQueries({ queryKey: THING_TYPES })
  const update = (attributes: ReturnType<typeof attributesOf>, expected: ThingTypeDetail['propagatingAttributes']) =>
    api(endpoints.updateThingType, {
      params: { thingTypeName },
      body: { propagatingAttributes: attributes, expected },
    })
  const form = useForm({
    initial: { propagating: linesOf(before) },
    rules: { propagating: linesRule },
    fieldsOfCodes: { InvalidRequestException: 'propagating' },
    submit: ({ propagating }) => update(attributesOf(propagating), before),
    onDone: ({ propagatingAttributes: after }) => {
      onChange()
      onClose()
      undoable({
        id: `thing type ${thingTypeName}`,
        done: `The propagated attributes of ${thingTypeName} were changed`,
        undo: () => update(attributesOf(linesOf(before)), after),
        failure: `The propagated attributes of ${thingTypeName} could not be put back`,
        onChange,
      })
    },
  })
  return (
    <FormDialog
      form={form}
      header={`Propagated attributes of ${thingTypeName}`}
      action="Save propagated attributes"
      failure="The propagated attributes could not be changed"
      whyNot={useWhyNot('admin')}
      size="large"
      onClose={onClose}
    >
      <PropagatingField field={form.field('propagating')} />
    </FormDialog>
  )
}
