import Input from '@cloudscape-design/components/input'
import { useEffect, useState } from 'react'

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
  const [text, setText] = useState(value)
  useEffect(() => setText(value), [value])
  const commit = () => {
    if (text !== value) onCommit(text)
  }
  return (
    <Input
      {...rest}
      value={text}
      spellcheck={false}
      autoComplete={false}
      onChange={({ detail }) => setText(detail.value)}
      onBlur={commit}
      onKeyDown={({ detail }) => {
        if (detail.key === 'Enter') commit()
      }}
    />
  )
}
