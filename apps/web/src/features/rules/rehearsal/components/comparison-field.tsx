import FormField from '@cloudscape-design/components/form-field'
import Select from '@cloudscape-design/components/select'
import type { Comparison } from './comparison.ts'

interface ComparisonFieldProps {
  readonly comparisons: readonly Comparison[]
  readonly chosen: Comparison | undefined
  readonly onChoose: (id: string) => void
}

const NOTHING = { value: '', label: 'Nothing' }

/** With what the rule is compared, message by message. */
export function ComparisonField({ comparisons, chosen, onChoose }: ComparisonFieldProps) {
  const options = [NOTHING, ...comparisons.map(({ id, title }) => ({ value: id, label: title }))]
  return (
    <FormField label="Compare each message with">
      <Select
        options={options}
        selectedOption={options.find(({ value }) => value === (chosen?.id ?? '')) ?? NOTHING}
        onChange={({ detail }) => onChoose(detail.selectedOption.value ?? '')}
      />
    </FormField>
  )
}
