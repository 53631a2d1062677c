import FormField from '@cloudscape-design/components/form-field'
import Textarea from '@cloudscape-design/components/textarea'

interface PayloadInputProps {
  readonly label: string
  readonly value: string
  readonly onChange: (payload: string) => void
}

/** A payload as somebody types it. */
export function PayloadInput({ label, value, onChange }: PayloadInputProps) {
  return (
    <FormField label={label} stretch>
      <Textarea value={value} rows={3} spellcheck={false} onChange={({ detail }) => onChange(detail.value)} />
    </FormField>
  )
}
