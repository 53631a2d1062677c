import SpaceBetween from '@cloudscape-design/components/space-between'
import { useQueryClient } from '@tanstack/react-query'
import { endpoints, type ThingGroup } from '@thingdeck/contract'
import { useState } from 'react'
import { api } from '../../../shared/api.ts'
import { ATTRIBUTE_RULES } from '../../../shared/attributes/attribute-rules.ts'
import { useMergeWhenOvertaken } from '../../../shared/diff/use-merge-when-overtaken.tsx'
import { useUndoFlash } from '../../../shared/flash/use-undo-flash.tsx'
import { TextField } from '../../../shared/form/fields.tsx'
import { FormDialog } from '../../../shared/form/form-dialog.tsx'
import { type Pair, PairsField, pairsOf, pairsRule, recordOf } from '../../../shared/form/pairs-field.tsx'
import { useForm } from '../../../shared/form/use-form.ts'
import { THING_GROUPS } from '../../../shared/pickers/registry-keys.ts'
import { useWhyNot } from '../../../shared/session/session.tsx'
import { DESCRIPTION_LIMITS } from '../../../shared/things/registry-limits.ts'
import { contentOf, type GroupContent, mergeGroup } from '../merge-group.ts'
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

const valuesOf = (content: GroupContent): Values => ({ ...content, attributes: pairsOf(content.attributes) })
const writtenIn = (values: Values): GroupContent => ({ ...values, attributes: recordOf(values.attributes) })

/**
 * Description, attributes and query of a group. That somebody else was faster is told by AWS, by its version; the two
 * changes are put together then, and where they do not go together one is asked.
 */
export function EditThingGroupDialog({ group, onClose }: EditThingGroupDialogProps) {
  const [before, setBefore] = useState(group)
  const { thingGroupName } = before
  const isDynamic = before.queryString !== undefined
  const client = useQueryClient()
  const undoable = useUndoFlash()
  const onChange = () => void client.invalidateQueries({ queryKey: THING_GROUPS })
  const update = (
    { description, attributes, queryString }: GroupContent,
    { version: expectedVersion, thingGroupId: expectedThingGroupId }: ThingGroup,
  ) =>
    api(endpoints.updateThingGroup, {
      params: { thingGroupName },
      body: {
        description,
        attributes,
        expectedVersion,
        ...(expectedThingGroupId !== undefined && { expectedThingGroupId }),
        ...(isDynamic && { queryString }),
      },
    })
  const form = useForm<Values, ThingGroup>({
    initial: valuesOf(contentOf(group)),
    limits: { description: DESCRIPTION_LIMITS },
    rules: {
      attributes: pairsRule(ATTRIBUTE_RULES),
      queryString: (text) => (isDynamic && text.trim() === '' ? 'This cannot be empty.' : undefined),
    },
    fieldsOfCodes: { InvalidQueryException: 'queryString' },
    submit: (values) => update(writtenIn(values), before),
    onDone: (after) => {
      onChange()
      onClose()
      undoable({
        id: `thing group ${thingGroupName}`,
        done: `The thing group ${thingGroupName} was changed`,
        undo: () => update(contentOf(before), after),
        failure: `The thing group ${thingGroupName} could not be put back`,
        onChange,
      })
    },
  })
  const { failure, notice } = useMergeWhenOvertaken({
    failure: form.failure,
    what: 'group',
    version: before.version,
    read: () => api(endpoints.describeThingGroup, { params: { thingGroupName } }),
    merge: (now) => {
      const { merged, conflicts } = mergeGroup(contentOf(before), contentOf(now), writtenIn(form.values))
      setBefore(now)
      form.change(valuesOf(merged))
      return conflicts
    },
  })
  const trial = useTrial(form.values.queryString, isDynamic)
  const mayNot = useWhyNot('admin')
  return (
    <FormDialog
      form={{ ...form, failure }}
      header={`Edit the thing group ${thingGroupName}`}
      action="Save thing group"
      failure="The thing group could not be changed"
      whyNot={mayNot ?? (isDynamic ? trial.whyNot : undefined)}
      size="large"
      onClose={onClose}
    >
      {notice}
      {isDynamic && (
        <SpaceBetween size="xs">
          <TextField
            field={form.field('queryString')}
            label="Query"
            description="In the query syntax of fleet indexing. With another one AWS finds the things anew."
            rows={2}
          />
          <QueryTrial trial={trial} />
        </SpaceBetween>
      )}
      <TextField field={form.field('description')} label="Description" rows={2} />
      <PairsField field={form.field('attributes')} rules={ATTRIBUTE_RULES} label="Attributes" />
    </FormDialog>
  )
}
