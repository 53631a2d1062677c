import Input from '@cloudscape-design/components/input'
import { useAddressDraft } from '../../../shared/use-address-draft.ts'

interface CommittedInputProps {
  /** As the address has it. */
  readonly value: string
  /** When somebody has done with the field: Enter, or on to the next. */
  readonly onCommit: (value: string) => void
  readonly ariaLabel?: string
  readonly placeholder?: string
  readonly invalid?: boolean
  readonly disabled?: boolean
}

/** A text of the address: what is typed is there at once, and counts when the field is left or Enter is pressed. */
export function CommittedInput({ value, onCommit, ...rest }: CommittedInputProps) {
  const { draft, setDraft, send } = useAddressDraft(value, onCommit)
  const commit = () => {
    if (draft !== value) send(draft)
  }
  return (
    <Input
      {...rest}
      value={draft}
      spellcheck={false}
      autoComplete={false}
      onChange={({ detail }) => setDraft(detail.value)}
      onBlur={commit}
      onKeyDown={({ detail }) => {
        if (detail.key === 'Enter') commit()
      }}
    />
  )
}
