import Autosuggest from '@cloudscape-design/components/autosuggest'
import FormField from '@cloudscape-design/components/form-field'
import SpaceBetween from '@cloudscape-design/components/space-between'
import TokenGroup from '@cloudscape-design/components/token-group'
import { useState } from 'react'
import type { MoreColumns } from './list-props.ts'

interface AddColumnsProps extends MoreColumns {
  readonly added: readonly string[]
  readonly onChange: (added: readonly string[]) => void
}

/** Names columns that a list does not have of itself. */
export function AddColumns(props: AddColumnsProps) {
  const { label, description, placeholder, options, isOne, whatIsOne, added, onChange } = props
  const [text, setText] = useState('')
  const [isWrong, setWrong] = useState(false)
  const add = (id: string) => {
    if (!isOne(id)) return setWrong(true)
    setText('')
    if (!added.includes(id)) onChange([...added, id])
  }
  return (
    <SpaceBetween size="xs">
      <FormField label={label} description={description} errorText={isWrong && whatIsOne}>
        <Autosuggest
          value={text}
          placeholder={placeholder}
          enteredTextLabel={(value) => `Add: ${value}`}
          options={options.filter(({ value }) => !added.includes(value))}
          empty="Any other can be typed."
          onChange={({ detail }) => {
            setText(detail.value)
            setWrong(false)
          }}
          onSelect={({ detail }) => add(detail.value.trim())}
        />
      </FormField>
      <TokenGroup
        items={added.map((id) => ({ label: id, dismissLabel: `Remove the column ${id}` }))}
        onDismiss={({ detail }) => onChange(added.filter((_, index) => index !== detail.itemIndex))}
      />
    </SpaceBetween>
  )
}
