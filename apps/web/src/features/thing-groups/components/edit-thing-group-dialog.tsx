import { useQueryClient } from '@tanstack/react-query'
import { endpoints, RegistryDescription, type ThingGroup } from '@thingdeck/contract'
import { useState } from 'react'
import { api } from '../../../shared/api.ts'
import { useUndoFlash } from '../../../shared/flash/use-undo-flash.tsx'
import { TextField } from '../../../shared/form/fields.tsx'
import { FormDialog } from '../../../shared/form/form-dialog.tsx'
import { type Pair, PairsField, pairsOf, pairsRule, recordOf } from '../../../shared/form/pairs-field.tsx'
import { limitsOf } from '../../../shared/form/text-limits.ts'
import { useForm } from '../../../shared/form/use-form.ts'
import { THING_GROUPS } from '../../../shared/pickers/registry-keys.ts'
import { useWhyNot } from '../../../shared/session/session.tsx'
import { ATTRIBUTE_RULES } from '../../../shared/attributes/attribute-rules.ts'
import { useTrial } from '../use-trial.ts'
import { QueryTrial } from './query-trial.tsx'

interface EditThingGroupDialogProps {
  readonly group: ThingGroup
  readonly onClose: () => void
}

interface Values {
  readonly description: string
  readonly attributes: readonly Pair[]
  readonly queryString: string
}

/** Description, attributes and query of a group; that somebody else was faster is told by AWS, by its version. */
export function EditThingGroupDialog({ group, onClose }: EditThingGroupDialogProps) {
  const [before] = useState(group)
  const { thingGroupName } = before
  const isDynamic = before.queryString !== undefined
  const client = useQueryClient()
  const undoable = useUndoFlash()
  const onChange = () => void client.invalidateQueries({ queryKey: THING_GROUPS })
  const update = ({ description, attributes, queryString }: Values, expectedVersion: number) =>
    api(endpoints.updateThingGroup, {
      params: { thingGroupName },
      body: {
        description,
        attributes: recordOf(attributes),
        expectedVersion,
        ...(isDynamic && { queryString }),
      },
    })
  const initial: Values = {
    description: before.description ?? '',
    attributes: pairsOf(before.attributes),
    queryString: before.queryString ?? '',
  }
  const form = useForm<Values, ThingGroup>({
    initial,
    limits: { description: limitsOf(RegistryDescription, 'ASCII letters, digits, signs and blanks') },
    rules: {
      attributes: pairsRule(ATTRIBUTE_RULES),
      queryString: (text) => (isDynamic && text.trim() === '' ? 'This cannot be empty.' : undefined),
    },
    fieldsOfCodes: { InvalidQueryException: 'queryString' },
    submit: (values) => update(values, before.version),
    onDone: ({ version }) => {
      onChange()
      onClose()
      undoable({
        id: `thing group ${thingGroupName}`,
        done: `The thing group ${thingGroupName} was changed`,
        undo: () => update(initial, version),
        failure: `The thing group ${thingGroupName} could not be put back`,
        onChange,
      })
    },
  })
  const trial = useTrial(form.values.queryString, isDynamic)
  const mayNot = useWhyNot('admin')
  return (
    <FormDialog
      form={form}
      header={`Edit the thing group ${thingGroupName}`}
      action="Save thing group"
      failure="The thing group could not be changed"
      whyNot={mayNot ?? (isDynamic ? trial.whyNot : undefined)}
      onClose={onClose}
    >
      {isDynamic && (
        <>
          <TextField
            field={form.field('queryString')}
            label="Query"
            description="In the query syntax of fleet indexing. With another one AWS finds the things anew."
            rows={2}
          />
          <QueryTrial trial={trial} />
        </>
      )}
      <TextField field={form.field('description')} label="Description" rows={2} />
      <PairsField field={form.field('attributes')} rules={ATTRIBUTE_RULES} label="Attributes" />
    </FormDialog>
  )
}
