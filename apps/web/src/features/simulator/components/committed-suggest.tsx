import Autosuggest, { type AutosuggestProps } from '@cloudscape-design/components/autosuggest'
import { useEffect, useState } from 'react'

interface CommittedSuggestProps {
  readonly value: string
  readonly onCommit: (value: string) => void
  readonly onType?: (text: string) => void
  readonly options: readonly AutosuggestProps.Option[]
  readonly placeholder: string
  readonly statusType?: 'loading' | 'finished'
  readonly empty: string
  readonly invalid?: boolean
}

/** A name of the address with suggestions: it counts when one is chosen, or the field is left. */
export function CommittedSuggest({ value, onCommit, onType, ...rest }: CommittedSuggestProps) {
  const [text, setText] = useState(value)
  useEffect(() => setText(value), [value])
  const commit = (chosen: string) => {
    const trimmed = chosen.trim()
    setText(trimmed)
    if (trimmed !== value) onCommit(trimmed)
  }
  return (
    <Autosuggest
      {...rest}
      value={text}
      filteringType="manual"
      enteredTextLabel={(entered) => `Use “${entered}”`}
      onChange={({ detail }) => {
        setText(detail.value)
        onType?.(detail.value)
      }}
      onSelect={({ detail }) => commit(detail.value)}
      onBlur={() => commit(text)}
    />
  )
}
