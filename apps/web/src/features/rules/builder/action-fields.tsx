import Button from '@cloudscape-design/components/button'
import Checkbox from '@cloudscape-design/components/checkbox'
import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import Select from '@cloudscape-design/components/select'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { type ReactNode, useState } from 'react'
import { IotRolePicker } from '../../../shared/iot-roles/role-picker.tsx'
import { isObject } from '../../../shared/json-object-in.ts'
import { type ActionField, type ActionSettings, textAt, valueAt, withValue } from '../actions/action-description.ts'
import type { ActionProblems } from './action-problems.ts'
import { DestinationPicker } from './destination-picker.tsx'
import { MapField } from './map-field.tsx'
import { TemplateField } from './template-field.tsx'
import './builder.css'

interface ActionFieldsProps {
  readonly fields: readonly ActionField[]
  readonly settings: ActionSettings
  readonly onChange: (settings: ActionSettings) => void
  readonly problems: ActionProblems
  /** Whether all problems are to be said, and not only those of fields that were left. */
  readonly isTried: boolean
  /** Path of what holds the fields: `headers[0].`. */
  readonly prefix?: string
}

/** The members of an action as fields; those that are mostly left out come behind the others, on asking. */
export function ActionFields(props: ActionFieldsProps) {
  const { fields, settings, prefix = '' } = props
  const isWritten = ({ path }: ActionField) => valueAt(settings, path) !== undefined
  const [isOpen, setOpen] = useState(() => fields.some((field) => field.isRequired !== true && isWritten(field)))
  const shown = fields.filter((field) => field.isRequired === true)
  const rare = fields.filter((field) => field.isRequired !== true)
  const few = rare.length <= 2 || prefix !== ''
  return (
    <SpaceBetween size="m">
      {(few ? fields : shown).map((field) => (
        <OneField key={field.path} {...props} field={field} />
      ))}
      {!few && (
        <>
          <Button
            variant="inline-link"
            formAction="none"
            iconName={isOpen ? 'caret-down-filled' : 'caret-right-filled'}
            ariaExpanded={isOpen}
            onClick={() => setOpen(!isOpen)}
          >
            {isOpen ? 'Fewer settings' : `${rare.length} more settings`}
          </Button>
          {isOpen && rare.map((field) => <OneField key={field.path} {...props} field={field} />)}
        </>
      )}
    </SpaceBetween>
  )
}

function OneField(props: ActionFieldsProps & { readonly field: ActionField }) {
  const { field, settings, onChange, problems, isTried, prefix = '' } = props
  const { path, label, help, kind, isRequired = false } = field
  const [isLeft, setLeft] = useState(false)
  const leave = () => setLeft(true)
  const value = valueAt(settings, path)
  const problem = problems.get(prefix + path)
  const isSaid = isTried || isLeft
  const set = (next: unknown) => onChange(withValue(settings, path, next))
  const setText = (text: string) => set(text === '' && !isRequired ? undefined : text)
  const error = isSaid ? problem : undefined
  const row = (control: ReactNode) => (
    <FormField
      label={
        isRequired ? (
          label
        ) : (
          <>
            {label} <i className="td-optional">optional</i>
          </>
        )
      }
      description={help}
      errorText={error}
      stretch
    >
      {control}
    </FormField>
  )
  const text = textAt(settings, path)
  switch (kind.is) {
    case 'text':
      if (kind.hasTemplates && !kind.isSecret) {
        return row(
          <TemplateField
            label={label}
            value={text}
            onChange={setText}
            onBlur={leave}
            placeholder={kind.placeholder}
            {...(kind.suggestions && { suggestions: kind.suggestions })}
            targets={kind.targets}
            isInvalid={error !== undefined}
          />,
        )
      }
      return row(
        <Input
          ariaLabel={label}
          value={text}
          type={kind.isSecret ? 'password' : 'text'}
          spellcheck={false}
          autoComplete={false}
          invalid={error !== undefined}
          onChange={({ detail }) => setText(detail.value)}
          onBlur={leave}
          {...(kind.placeholder !== undefined && { placeholder: kind.placeholder })}
        />,
      )
    case 'role':
      return row(
        <IotRolePicker
          label={label}
          value={text}
          onChange={setText}
          onBlur={leave}
          isInvalid={error !== undefined}
          placeholder="arn:aws:iam::123456789012:role/pump-alarms"
          empty="No role trusts AWS IoT yet: make one below, or write an ARN."
        />,
      )
    case 'destination':
      return row(<DestinationPicker label={label} of={kind.of} value={text} onChange={setText} onBlur={leave} />)
    case 'choice': {
      const options = [
        ...(isRequired ? [] : [{ value: '', label: kind.none ?? 'None' }]),
        ...kind.options.map(([each, words]) => ({ value: String(each), label: words })),
      ]
      return row(
        <Select
          ariaLabel={label}
          options={options}
          selectedOption={options.find((option) => option.value === String(value ?? '')) ?? null}
          onChange={({ detail }) => {
            const chosen = kind.options.find(([each]) => String(each) === detail.selectedOption.value)
            set(chosen?.[0])
          }}
          onBlur={leave}
        />,
      )
    }
    case 'flag':
      return (
        <div>
          <Checkbox
            checked={value === true}
            description={help}
            onChange={({ detail }) => set(detail.checked ? true : undefined)}
          >
            {label}
          </Checkbox>
          {problem !== undefined && <FormField errorText={problem} />}
        </div>
      )
    case 'number':
      return row(
        <div className="td-number">
          <Input
            ariaLabel={label}
            type="number"
            value={value === undefined ? '' : String(value)}
            invalid={error !== undefined}
            onChange={({ detail }) => set(detail.value === '' ? undefined : Number(detail.value))}
            onBlur={leave}
          />
          <span>
            {kind.least} to {kind.most} {kind.unit}
          </span>
        </div>,
      )
    case 'map':
      return row(
        <MapField
          kind={kind}
          value={isObject(value) ? value : {}}
          onChange={(next) => set(Object.keys(next).length === 0 && !isRequired ? undefined : next)}
          onBlur={leave}
        />,
      )
    case 'list':
      return row(
        <ListField
          {...props}
          label={label}
          kind={kind}
          items={Array.isArray(value) ? value : []}
          onItems={(items) => set(items.length === 0 && !isRequired ? undefined : items)}
        />,
      )
  }
}

interface ListFieldProps extends ActionFieldsProps {
  readonly field: ActionField
  readonly label: string
  readonly kind: Extract<ActionField['kind'], { is: 'list' }>
  readonly items: readonly unknown[]
  readonly onItems: (items: readonly unknown[]) => void
}

function ListField({ kind, items, onItems, problems, isTried, prefix = '', field }: ListFieldProps) {
  return (
    <SpaceBetween size="xs">
      {items.map((item, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: what is in the fields is all of the value, and has no name of its own
        <div key={index} className="td-list-item">
          <ActionFields
            fields={kind.fields}
            settings={isObject(item) ? item : {}}
            onChange={(next) => onItems(items.with(index, next))}
            problems={problems}
            isTried={isTried}
            prefix={`${prefix}${field.path}[${index}].`}
          />
          <Button
            formAction="none"
            iconName="close"
            variant="icon"
            ariaLabel={`Remove ${kind.one} ${index + 1}`}
            onClick={() => onItems(items.toSpliced(index, 1))}
          />
        </div>
      ))}
      <Button
        formAction="none"
        disabled={items.length >= kind.most}
        disabledReason={`At most ${kind.most} ${kind.many}.`}
        onClick={() => onItems([...items, {}])}
      >
        Add {kind.one}
      </Button>
    </SpaceBetween>
  )
}
