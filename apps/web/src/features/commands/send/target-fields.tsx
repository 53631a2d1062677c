import SpaceBetween from '@cloudscape-design/components/space-between'
import { MOST_BULK_CHANGE_TARGETS } from '@thingdeck/contract'
import { FieldRow, RadioField, TextField } from '../../../shared/form/fields.tsx'
import type { Form } from '../../../shared/form/use-form.ts'
import { formatCount } from '../../../shared/format.ts'
import { ThingGroupPicker } from '../../../shared/pickers/thing-group-picker.tsx'
import { ThingPicker } from '../../../shared/pickers/thing-picker.tsx'
import { IndexQueryField, ThingNamesField } from '../../../shared/things/which-things-fields.tsx'
import { ConnectionLine } from './connection-line.tsx'
import { deviceOf, type SendValues } from './send-values.ts'

const OPTIONS = [
  { value: 'thing', label: 'The device of a thing' },
  { value: 'client', label: 'A client, by its id', description: 'It need not be a thing.' },
  { value: 'things', label: 'Several things, by name' },
  { value: 'group', label: 'All things of a group, and of the groups below it' },
  { value: 'query', label: 'Things that a query of the fleet index finds' },
] as const

/** Whom a command is sent to, and whether one that is named is connected. */
export function TargetFields({ form }: { readonly form: Form<SendValues> }) {
  const { who } = form.values
  const thing = form.field('thing')
  const group = form.field('group')
  const device = deviceOf(form.values)
  return (
    <SpaceBetween size="l">
      <RadioField field={form.field('who')} label="Send to" options={OPTIONS} />
      {who === 'thing' && (
        <SpaceBetween size="xs">
          <FieldRow field={thing} label="Thing">
            <ThingPicker value={thing.value} onChange={thing.set} onBlur={thing.leave} />
          </FieldRow>
          {device?.thingName !== undefined && <ConnectionLine thingName={device.thingName} />}
        </SpaceBetween>
      )}
      {who === 'client' && (
        <TextField
          field={form.field('client')}
          label="Client id"
          description="Whoever is connected under it, and subscribed to $aws/commands/clients/ID/…"
        />
      )}
      {who === 'things' && (
        <ThingNamesField field={form.field('names')} constraint={`Up to ${formatCount(MOST_BULK_CHANGE_TARGETS)}.`} />
      )}
      {who === 'group' && (
        <FieldRow field={group} label="Thing group">
          <ThingGroupPicker value={group.value} onChange={group.set} onBlur={group.leave} />
        </FieldRow>
      )}
      {who === 'query' && <IndexQueryField field={form.field('query')} />}
    </SpaceBetween>
  )
}
