import Autosuggest, { type AutosuggestProps } from '@cloudscape-design/components/autosuggest'
import { useAddressDraft } from '../../../shared/use-address-draft.ts'

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
  const { draft, setDraft, send } = useAddressDraft(value, onCommit)
  const commit = (chosen: string) => {
    const trimmed = chosen.trim()
    setDraft(trimmed)
    if (trimmed !== value) send(trimmed)
  }
  return (
    <Autosuggest
      {...rest}
      value={draft}
      filteringType="manual"
      enteredTextLabel={(entered) => `Use “${entered}”`}
      onChange={({ detail }) => {
        setDraft(detail.value)
        onType?.(detail.value)
      }}
      onSelect={({ detail }) => commit(detail.value)}
      onBlur={() => commit(draft)}
    />
  )
}
