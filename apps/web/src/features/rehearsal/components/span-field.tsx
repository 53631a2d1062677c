import FormField from '@cloudscape-design/components/form-field'
import Select from '@cloudscape-design/components/select'
import type { Span } from '../../../shared/time-range.ts'

const OPTIONS: readonly { readonly value: Span; readonly label: string }[] = [
  { value: '15m', label: 'The last 15 minutes' },
  { value: '1h', label: 'The last hour' },
  { value: '24h', label: 'The last 24 hours' },
  { value: '7d', label: 'The last 7 days' },
]

interface SpanFieldProps {
  readonly last: Span | undefined
  readonly onChange: (last: Span | undefined) => void
}

/** How far back the log is read. */
export function SpanField({ last = '1h', onChange }: SpanFieldProps) {
  return (
    <FormField label="Traffic of" constraintText="As AWS IoT logged it.">
      <Select
        selectedOption={OPTIONS.find(({ value }) => value === last) ?? null}
        options={OPTIONS}
        onChange={({ detail }) => onChange(OPTIONS.find(({ value }) => value === detail.selectedOption.value)?.value)}
      />
    </FormField>
  )
}
