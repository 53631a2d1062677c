import { TextField } from '../form/fields.tsx'
import type { Field } from '../form/use-form.ts'

interface ThingNamesFieldProps {
  readonly field: Field<string>
  readonly label?: string
  /** How many it takes, as a sentence. */
  readonly constraint?: string
  /** Lines. */
  readonly rows?: number
}

/** Things by their names, as `listedIn` reads them. */
export function ThingNamesField({ label = 'Names of the things', rows = 5, ...props }: ThingNamesFieldProps) {
  return <TextField label={label} placeholder="one name a line" rows={rows} {...props} />
}

/** Things by what a query of the fleet index finds. */
export function IndexQueryField({ field }: { readonly field: Field<string> }) {
  return (
    <TextField
      field={field}
      label="Query"
      description="In the query syntax of fleet indexing: attributes.site:north AND thingTypeName:pump"
      rows={2}
    />
  )
}
