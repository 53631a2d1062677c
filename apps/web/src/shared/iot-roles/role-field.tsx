import { FieldRow } from '../form/fields.tsx'
import type { Field } from '../form/use-form.ts'
import { IotRolePicker } from './role-picker.tsx'

interface IotRoleFieldProps {
  readonly field: Field<string>
  readonly label?: string
  /** What AWS IoT does by it, and what it has to allow. */
  readonly description?: string
  /** Of an ARN. */
  readonly placeholder?: string
  /** Where no role trusts AWS IoT: what can be done. */
  readonly empty?: string
}

/** A role that AWS IoT acts with, picked or by its ARN, in a form. */
export function IotRoleField({
  field,
  label = 'Role',
  description,
  placeholder = 'arn:aws:iam::ACCOUNT:role/NAME',
  empty = 'No role trusts AWS IoT yet: write an ARN.',
}: IotRoleFieldProps) {
  return (
    <FieldRow field={field} label={label} {...(description !== undefined && { description })}>
      <IotRolePicker
        label={label}
        value={field.value}
        onChange={field.set}
        onBlur={field.leave}
        isInvalid={field.error !== undefined}
        placeholder={placeholder}
        empty={empty}
      />
    </FieldRow>
  )
}
