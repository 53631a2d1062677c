import Alert from '@cloudscape-design/components/alert'
import ColumnLayout from '@cloudscape-design/components/column-layout'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { ATTRIBUTE_RULES } from '../../shared/attributes/attribute-rules.ts'
import { FIELD_TYPE_WORDS, FIELD_TYPES } from '../../shared/form/field-value.ts'
import { CheckField, FieldRow, RadioField, SelectField, TextField } from '../../shared/form/fields.tsx'
import { PairsField } from '../../shared/form/pairs-field.tsx'
import type { Form } from '../../shared/form/use-form.ts'
import { BillingGroupPicker } from '../../shared/pickers/billing-group-picker.tsx'
import { PolicyPicker } from '../../shared/pickers/policy-picker.tsx'
import { ThingGroupPicker } from '../../shared/pickers/thing-group-picker.tsx'
import { ThingTypePicker } from '../../shared/pickers/thing-type-picker.tsx'
import { TAG_RULES } from '../../shared/tags/tag-rules.ts'
import type { ChangeValues } from './change-values.ts'

const TYPE_OPTIONS = ([...FIELD_TYPES, 'remove'] as const).map((value) => ({
  value,
  label: value === 'remove' ? 'remove the key' : FIELD_TYPE_WORDS[value],
}))

const GROUP_ACTS = [
  { value: 'add', label: 'Add to a group' },
  { value: 'remove', label: 'Take out of a group' },
  { value: 'move', label: 'Move from one group to another' },
] as const

const TYPE_ACTS = [
  { value: 'set', label: 'Give them a type' },
  {
    value: 'remove',
    label: 'Take their type away',
    description: 'A thing without a type has three attributes at most: AWS refuses it for one that has more.',
  },
] as const

const BILLING_GROUP_ACTS = [
  { value: 'set', label: 'Put into a billing group' },
  { value: 'remove', label: 'Take out of their billing group' },
] as const

const POLICY_ACTS = [
  { value: 'attach', label: 'Attach' },
  { value: 'detach', label: 'Detach' },
] as const

const STATUSES = [
  { value: 'INACTIVE', label: 'Deactivate', description: 'Their devices are disconnected, and cannot come back.' },
  { value: 'ACTIVE', label: 'Activate', description: 'Those that are inactive; what is revoked stays so.' },
] as const

/** What is to become other, by the kind that is chosen. */
export function ChangeFields<T extends ChangeValues>({ form }: { readonly form: Form<T> }) {
  const { kind } = form.values
  switch (kind) {
    case 'shadow':
      return <ShadowFields form={form} />
    case 'attributes':
      return (
        <SpaceBetween size="s">
          <PairsField field={form.field('setAttributes')} rules={ATTRIBUTE_RULES} label="Set attributes" />
          <TextField
            field={form.field('removeAttributes')}
            label="Remove attributes"
            description="Names, with a blank between them. What is not named stays as it is."
          />
        </SpaceBetween>
      )
    case 'tags':
      return (
        <SpaceBetween size="s">
          <PairsField field={form.field('setTags')} rules={TAG_RULES} label="Set tags" />
          <TextField
            field={form.field('removeTags')}
            label="Remove tags"
            description="Keys, one a line. What is not named stays as it is."
            rows={2}
          />
        </SpaceBetween>
      )
    case 'type':
      return <TypeFields form={form} />
    case 'billing-group':
      return <BillingGroupFields form={form} />
    case 'groups':
      return <GroupFields form={form} />
    case 'policy': {
      const field = form.field('policyName')
      return (
        <SpaceBetween size="s">
          <RadioField field={form.field('policyAct')} label="What to do" options={POLICY_ACTS} />
          <FieldRow
            field={field}
            label="Policy"
            description="At the certificates of the things, each once; who else has one of them is told in the dry run."
          >
            <PolicyPicker value={field.value} onChange={field.set} onBlur={field.leave} />
          </FieldRow>
        </SpaceBetween>
      )
    }
    case 'certificates':
      return <RadioField field={form.field('newStatus')} label="Certificates of the things" options={STATUSES} />
    case 'delete':
      return (
        <Alert type="warning" header="Nothing brings them back">
          Each thing is deleted with its shadows, its memberships and the certificates that no other thing has.
          Certificates that others have, too, are detached and stay.
        </Alert>
      )
  }
}

function ShadowFields<T extends ChangeValues>({ form }: { readonly form: Form<T> }) {
  return (
    <SpaceBetween size="s">
      <TextField
        field={form.field('shadowName')}
        label="Shadow"
        description="Empty: the classic shadow."
        placeholder="classic shadow"
      />
      <CheckField field={form.field('createMissing')}>Also where there is no such shadow yet</CheckField>
      <ColumnLayout columns={3}>
        <TextField
          field={form.field('key')}
          label="Key"
          constraint="Of desired; a / goes one level down."
          placeholder="key, or group/key"
        />
        <SelectField field={form.field('fieldType')} label="Type of the value" options={TYPE_OPTIONS} />
        <TextField field={form.field('text')} label="New value" disabled={form.values.fieldType === 'remove'} />
      </ColumnLayout>
    </SpaceBetween>
  )
}

function TypeFields<T extends ChangeValues>({ form }: { readonly form: Form<T> }) {
  const field = form.field('newType')
  return (
    <SpaceBetween size="s">
      <RadioField field={form.field('typeAct')} label="What to do" options={TYPE_ACTS} />
      {form.values.typeAct === 'set' && (
        <FieldRow field={field} label="New thing type">
          <ThingTypePicker value={field.value} onChange={field.set} onBlur={field.leave} />
        </FieldRow>
      )}
    </SpaceBetween>
  )
}

function BillingGroupFields<T extends ChangeValues>({ form }: { readonly form: Form<T> }) {
  const field = form.field('billingGroup')
  return (
    <SpaceBetween size="s">
      <RadioField field={form.field('billingGroupAct')} label="What to do" options={BILLING_GROUP_ACTS} />
      {form.values.billingGroupAct === 'set' && (
        <FieldRow field={field} label="New billing group">
          <BillingGroupPicker value={field.value} onChange={field.set} onBlur={field.leave} />
        </FieldRow>
      )}
    </SpaceBetween>
  )
}

function GroupFields<T extends ChangeValues>({ form }: { readonly form: Form<T> }) {
  const { groupAct } = form.values
  const addTo = form.field('addTo')
  const removeFrom = form.field('removeFrom')
  return (
    <SpaceBetween size="s">
      <RadioField field={form.field('groupAct')} label="What to do" options={GROUP_ACTS} />
      {groupAct !== 'add' && (
        <FieldRow field={removeFrom} label="From the thing group">
          <ThingGroupPicker value={removeFrom.value} onChange={removeFrom.set} onBlur={removeFrom.leave} />
        </FieldRow>
      )}
      {groupAct !== 'remove' && (
        <FieldRow field={addTo} label="To the thing group">
          <ThingGroupPicker value={addTo.value} onChange={addTo.set} onBlur={addTo.leave} />
        </FieldRow>
      )}
    </SpaceBetween>
  )
}
