import Checkbox from '@cloudscape-design/components/checkbox'
import FormField from '@cloudscape-design/components/form-field'
import Input, { type InputProps } from '@cloudscape-design/components/input'
import RadioGroup from '@cloudscape-design/components/radio-group'
import Select from '@cloudscape-design/components/select'
import Textarea from '@cloudscape-design/components/textarea'
import type { ReactNode } from 'react'
import { capitalised } from '../format.ts'
import { countWords } from './text-limits.ts'
import type { Field } from './use-form.ts'

interface FieldWords {
  /** Accessible name of the control too. */
  readonly label: string
  readonly description?: ReactNode
  /** What is allowed, below the control; of a text with limits it is said by itself. */
  readonly constraint?: ReactNode
}

/** A field with a control that the kit has not. */
export function FieldRow<V>({
  field,
  label,
  description,
  constraint,
  children,
}: FieldWords & { readonly field: Field<V>; readonly children: ReactNode }) {
  const { error, limits, value } = field
  const count = limits && typeof value === 'string' ? countWords(limits, value) : undefined
  return (
    <FormField
      label={label}
      description={description}
      constraintText={constraint ?? (limits?.words && `${capitalised(limits.words)}.`)}
      {...(count !== undefined && { characterCountText: count })}
      errorText={error}
      stretch
    >
      {children}
    </FormField>
  )
}

interface TextFieldProps extends FieldWords {
  readonly field: Field<string>
  readonly placeholder?: string
  readonly inputMode?: InputProps.InputMode
  /** Lines; without them the text has one. */
  readonly rows?: number
  readonly disabled?: boolean
}

export function TextField({ field, placeholder, inputMode, rows, disabled = false, ...words }: TextFieldProps) {
  const control = {
    value: field.value,
    disabled,
    spellcheck: false,
    onChange: ({ detail }: { detail: { value: string } }) => field.set(detail.value),
    onBlur: field.leave,
    ...(placeholder !== undefined && { placeholder }),
  }
  return (
    <FieldRow field={field} {...words}>
      {rows === undefined ? (
        <Input {...control} autoComplete={false} {...(inputMode && { inputMode })} />
      ) : (
        <Textarea {...control} rows={rows} />
      )}
    </FieldRow>
  )
}

interface ChoiceProps<V extends string> extends FieldWords {
  readonly field: Field<V>
  readonly options: readonly { readonly value: V; readonly label: string; readonly description?: string }[]
}

export function SelectField<V extends string>({ field, options, ...words }: ChoiceProps<V>) {
  return (
    <FieldRow field={field} {...words}>
      <Select
        options={options}
        filteringType={options.length > 12 ? 'auto' : 'none'}
        selectedOption={options.find(({ value }) => value === field.value) ?? null}
        onChange={({ detail }) => {
          const chosen = options.find(({ value }) => value === detail.selectedOption.value)
          if (chosen) field.set(chosen.value)
        }}
        onBlur={field.leave}
      />
    </FieldRow>
  )
}

export function RadioField<V extends string>({ field, options, ...words }: ChoiceProps<V>) {
  return (
    <FieldRow field={field} {...words}>
      <RadioGroup
        value={field.value}
        items={[...options]}
        onChange={({ detail }) => {
          const chosen = options.find(({ value }) => value === detail.value)
          if (chosen) field.set(chosen.value)
        }}
      />
    </FieldRow>
  )
}

interface CheckFieldProps {
  readonly field: Field<boolean>
  readonly description?: ReactNode
  /** What is agreed to. */
  readonly children: ReactNode
}

export function CheckField({ field, description, children }: CheckFieldProps) {
  return (
    <Checkbox
      checked={field.value}
      description={description}
      onChange={({ detail }) => field.set(detail.checked)}
      onBlur={field.leave}
    >
      {children}
    </Checkbox>
  )
}
