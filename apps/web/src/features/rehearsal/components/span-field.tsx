import FormField from '@cloudscape-design/components/form-field'
import Select from '@cloudscape-design/components/select'
import type { Span } from '../../../shared/time-range.ts'

const OPTIONS: readonly { readonly value: Span; readonly label: string }[] = [
  { value: '15m', label: 'The last 15 minutes' },
  { value: '1h', label: 'The last hour' },
  { value: '24h', label: 'The last 24 hours' },
  { value: '7d', label: 'The last 7 days' },
]

/** In place of the log: messages that the inspector recorded. */
export const RECORDING = { value: 'recording', label: 'Recorded messages' } as const

interface SpanFieldProps<More extends string> {
  readonly last: Span | NoInfer<More> | undefined
  /** Traffic that is not of the log. */
  readonly more?: readonly { readonly value: More; readonly label: string }[]
  readonly onChange: (last: Span | NoInfer<More> | undefined) => void
}

/** How far back the log is read. */
export function SpanField<More extends string = never>({ last = '1h', more = [], onChange }: SpanFieldProps<More>) {
  const options: readonly { readonly value: Span | More; readonly label: string }[] = [...OPTIONS, ...more]
  const isOfLog = OPTIONS.some(({ value }) => value === last)
  return (
    <FormField
      label="Traffic of"
      constraintText={
        isOfLog ? 'As AWS IoT logged it.' : 'Of live messages. A link does not have the messages themselves.'
      }
    >
      <Select
        selectedOption={options.find(({ value }) => value === last) ?? null}
        options={options}
        onChange={({ detail }) => onChange(options.find(({ value }) => value === detail.selectedOption.value)?.value)}
      />
    </FormField>
  )
}
