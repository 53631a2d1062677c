import { FieldRow } from '../form/fields.tsx'
import type { Field } from '../form/use-form.ts'
import { FoundCertificatePicker } from '../pickers/found-certificate-picker.tsx'

/** The id of a certificate as a field of a form. */
export function CertificateField({ field }: { readonly field: Field<string> }) {
  return (
    <FieldRow field={field} label="Certificate id">
      <FoundCertificatePicker value={field.value} onChange={field.set} onBlur={field.leave} />
    </FieldRow>
  )
}
