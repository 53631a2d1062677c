import { type Pair, PairsField } from '../form/pairs-field.tsx'
import type { Field } from '../form/use-form.ts'
import { TAG_RULES } from './tag-rules.ts'

/** The tags of what is being made. */
export function TagsField({ field }: { readonly field: Field<readonly Pair[]> }) {
  return (
    <PairsField
      field={field}
      rules={TAG_RULES}
      label="Tags"
      description="For finding it, for bills, and for permissions by tag."
    />
  )
}
