import Autosuggest from '@cloudscape-design/components/autosuggest'
import type { RuleTargetKind } from '@thingdeck/contract'
import { useState } from 'react'
import { useKnownMessages } from './known-messages.ts'
import { templateSuggestions } from './template-suggestions.ts'
import { useRuleTargets } from './use-rule-targets.ts'

interface TemplateFieldProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly onBlur: () => void
  readonly placeholder?: string | undefined
  /** What is mostly written here. */
  readonly suggestions?: readonly string[]
  /** What it names, of which there may be a list. */
  readonly targets?: RuleTargetKind | undefined
  readonly isInvalid: boolean
}

/** So many of those that fit are offered at once. */
const MOST_TARGETS = 50

/** A line of text with templates, `${…}`: what may stand in one is offered as it is written, and what there is to name. */
export function TemplateField(props: TemplateFieldProps) {
  const { label, value, onChange, onBlur, placeholder, suggestions = [], targets, isInvalid } = props
  const known = useKnownMessages()
  const [isWanted, setWanted] = useState(false)
  const listed = useRuleTargets(targets, isWanted)
  const fixed = suggestions
    .filter((each) => each !== value && each.toLowerCase().startsWith(value.toLowerCase()))
    .map((each) => ({ value: each }))
  const there = listed.targets
    .filter((target) => target.value !== value && `${target.name} ${target.value}`.includes(value))
    .slice(0, MOST_TARGETS)
    .map((target) =>
      target.name === target.value
        ? { value: target.value }
        : { value: target.value, label: target.name, description: target.value },
    )
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
      onFocus={() => setWanted(true)}
      onBlur={onBlur}
      options={[
        ...fixed,
        ...(there.length > 0 ? [{ label: 'There is already', options: there }] : []),
        ...(there.length > 0 && templates.length > 0 ? [{ label: 'Templates', options: templates }] : templates),
      ]}
      filteringType="manual"
      enteredTextLabel={(text) => `Use: ${text}`}
      hideEnteredTextOption
      invalid={isInvalid}
      statusType={listed.isFetching ? 'loading' : 'finished'}
      loadingText="Reading what there is"
      {...(listed.words !== undefined && { finishedText: listed.words })}
      {...(placeholder !== undefined && { placeholder })}
    />
  )
}
