import { CredentialDurationSeconds, type RoleAlias, RoleAliasName, RoleArn } from '@thingdeck/contract'
import { TextField } from '../../../shared/form/fields.tsx'
import { limitsOf } from '../../../shared/form/text-limits.ts'
import type { Form } from '../../../shared/form/use-form.ts'

/** What the form holds; the duration as its field has it. */
export interface RoleAliasValues {
  readonly roleAlias: string
  readonly roleArn: string
  readonly duration: string
}

/** AWS's own, where none is given (AWS IoT API reference, CreateRoleAlias). */
const DEFAULT_SECONDS = 3_600

export const NEW: RoleAliasValues = { roleAlias: '', roleArn: '', duration: String(DEFAULT_SECONDS) }

export const valuesOf = ({ roleAlias, roleArn, credentialDurationSeconds }: RoleAlias): RoleAliasValues => ({
  roleAlias,
  roleArn,
  duration: String(credentialDurationSeconds),
})

export const definitionOf = ({ roleArn, duration }: RoleAliasValues) => ({
  roleArn,
  credentialDurationSeconds: Number(duration),
})

export const LIMITS = {
  roleAlias: limitsOf(RoleAliasName, 'letters, digits and _ = , @ -'),
  roleArn: limitsOf(RoleArn, 'the ARN of a role, arn:aws:iam::ACCOUNT:role/NAME'),
}

const schema: object = CredentialDurationSeconds // TypeBox's own type forgets what a number was limited to
const { minimum = 0, maximum = 0 }: { readonly minimum?: number; readonly maximum?: number } = schema

export const RULES = {
  duration: (text: string) =>
    /^\d+$/.test(text) && Number(text) >= minimum && Number(text) <= maximum
      ? undefined
      : `From ${minimum} (15 minutes) to ${maximum} (12 hours) seconds.`,
}

export const FIELDS_OF_CODES = { ResourceAlreadyExistsException: 'roleAlias' } as const

interface RoleAliasFieldsProps {
  readonly form: Form<RoleAliasValues>
  readonly isNew: boolean
}

export function RoleAliasFields({ form, isNew }: RoleAliasFieldsProps) {
  return (
    <>
      {isNew && <TextField field={form.field('roleAlias')} label="Name" description="Devices ask by this name." />}
      <TextField
        field={form.field('roleArn')}
        label="Role"
        description="Its trust policy has to let credentials.iot.amazonaws.com assume it, and you need iam:PassRole on it."
        placeholder="arn:aws:iam::123456789012:role/devices-upload"
      />
      <TextField
        field={form.field('duration')}
        label="Credentials are good for, in seconds"
        constraint="900 to 43200, and not longer than the maximum session duration of the role."
        inputMode="numeric"
      />
    </>
  )
}
