import Multiselect from '@cloudscape-design/components/multiselect'
import Select from '@cloudscape-design/components/select'
import type { FoundName, NameSource } from './use-found-names.ts'
import { useFoundNames } from './use-found-names.ts'

/** What each picker of one name is given. */
export interface NamePickerProps {
  /** Accessible name, where no field around it has one. */
  readonly label?: string
  /** `''`: none. */
  readonly value: string
  readonly onChange: (name: string) => void
  readonly onBlur?: () => void
  /** What picking none is called; without it, one has to be picked. */
  readonly none?: string
  readonly disabled?: boolean
}

/** What each picker of several names is given. */
export interface NamesPickerProps {
  readonly label?: string
  readonly value: readonly string[]
  /** Those that are not offered. */
  readonly without?: readonly string[]
  readonly onChange: (names: readonly string[]) => void
  readonly onBlur?: () => void
  readonly disabled?: boolean
}

interface Words {
  readonly source: NameSource
  /** 'thing type', 'thing types' */
  readonly one: string
  readonly many: string
}

const optionOf = ({ name, description, whyNot }: FoundName) => ({
  value: name,
  label: name,
  ...(description !== undefined && { description }),
  ...(whyNot !== undefined && { disabled: true, disabledReason: whyNot }),
})

/** One of what AWS has, found by a part of its name. */
export function NamePicker({
  source,
  one,
  many,
  label,
  value,
  onChange,
  onBlur,
  none,
  disabled = false,
}: NamePickerProps & Words) {
  const { found, isSearched, list } = useFoundNames(source)
  const nothing = none === undefined ? [] : [{ value: '', label: none }]
  const names = found.map(optionOf)
  return (
    <Select
      {...list}
      {...(label !== undefined && { ariaLabel: label })}
      disabled={disabled}
      placeholder={`Choose a ${one}`}
      filteringAriaLabel={`Find ${many}`}
      loadingText={`Reading ${many}`}
      empty={`No ${one} is named so.`}
      // Who searches for one picks the first by keyboard.
      options={isSearched ? [...names, ...nothing] : [...nothing, ...names]}
      selectedOption={value === '' ? (nothing[0] ?? null) : { value, label: value }}
      onChange={({ detail }) => onChange(detail.selectedOption.value ?? '')}
      {...(onBlur && { onBlur })}
    />
  )
}

/** Several of what AWS has, found by a part of their names. */
export function NamesPicker({
  source,
  one,
  many,
  label,
  value,
  without = [],
  onChange,
  onBlur,
  disabled = false,
}: NamesPickerProps & Words) {
  const { found, list } = useFoundNames(source)
  return (
    <Multiselect
      {...list}
      {...(label !== undefined && { ariaLabel: label })}
      disabled={disabled}
      placeholder={`Choose ${many}`}
      filteringAriaLabel={`Find ${many}`}
      loadingText={`Reading ${many}`}
      empty={`No ${one} is named so.`}
      options={found.filter(({ name }) => !without.includes(name)).map(optionOf)}
      selectedOptions={value.map((name) => ({ value: name, label: name }))}
      onChange={({ detail }) => onChange(detail.selectedOptions.flatMap((option) => option.value ?? []))}
      deselectAriaLabel={(option) => `Leave out ${option.label ?? ''}`}
      {...(onBlur && { onBlur })}
    />
  )
}
