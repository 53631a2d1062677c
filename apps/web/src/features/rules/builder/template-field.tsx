import Autosuggest from '@cloudscape-design/components/autosuggest'
import { useKnownMessages } from './known-messages.ts'
import { templateSuggestions } from './template-suggestions.ts'

interface TemplateFieldProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly onBlur: () => void
  readonly placeholder?: string | undefined
  /** What is mostly written here. */
  readonly suggestions?: readonly string[]
  readonly isInvalid: boolean
}

/** A line of text with templates, `${…}`: what may stand in one is offered as it is written. */
export function TemplateField(props: TemplateFieldProps) {
  const { label, value, onChange, onBlur, placeholder, suggestions = [], isInvalid } = props
  const known = useKnownMessages()
  const fixed = suggestions
    .filter((each) => each !== value && each.toLowerCase().startsWith(value.toLowerCase()))
    .map((each) => ({ value: each }))
  const templates = templateSuggestions(value, known).map(({ value: whole, label: inserted, words }) => ({
    value: whole,
    label: inserted,
    ...(words !== undefined && { description: words }),
  }))
  return (
    <Autosuggest
      ariaLabel={label}
      value={value}
      onChange={({ detail }) => onChange(detail.value)}
      onBlur={onBlur}
      options={[...fixed, ...templates]}
      filteringType="manual"
      enteredTextLabel={(text) => `Use: ${text}`}
      hideEnteredTextOption
      invalid={isInvalid}
      {...(placeholder !== undefined && { placeholder })}
    />
  )
}
