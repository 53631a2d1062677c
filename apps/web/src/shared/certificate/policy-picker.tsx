import Multiselect from '@cloudscape-design/components/multiselect'
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query'
import { endpoints } from '@thingdeck/contract'
import { useState } from 'react'
import { api } from '../api.ts'
import { useDebounced } from '../use-debounced.ts'

/** Policies whose name contains a text, as far as one request looks. */
const policyNamesQuery = (name: string) =>
  queryOptions({
    queryKey: ['policies', 'names', name],
    queryFn: ({ signal }) => api(endpoints.listPolicies, { query: { name, maxResults: 50 }, signal }),
    staleTime: 10_000, // ms
  })

interface PolicyPickerProps {
  readonly label: string
  readonly value: readonly string[]
  /** Those that are attached already are not offered. */
  readonly attached?: readonly string[]
  readonly onChange: (policyNames: readonly string[]) => void
}

const optionOf = (policyName: string) => ({ value: policyName, label: policyName })

/** Policies of the account, found by a part of their names. */
export function PolicyPicker({ label, value, attached = [], onChange }: PolicyPickerProps) {
  const [text, setText] = useState('')
  const { data, error, isFetching, refetch } = useQuery({
    ...policyNamesQuery(useDebounced(text, 200)),
    placeholderData: keepPreviousData,
  })
  const names = (data?.policies ?? []).map(({ policyName }) => policyName)
  return (
    <Multiselect
      ariaLabel={label}
      placeholder="Choose policies"
      filteringType="manual"
      filteringPlaceholder="Part of a name"
      filteringAriaLabel="Find policies"
      onLoadItems={({ detail }) => setText(detail.filteringText)}
      options={names.filter((name) => !attached.includes(name)).map(optionOf)}
      selectedOptions={value.map(optionOf)}
      onChange={({ detail }) => onChange(detail.selectedOptions.flatMap((option) => option.value ?? []))}
      statusType={error ? 'error' : isFetching ? 'loading' : 'finished'}
      loadingText="Reading policies"
      errorText={error?.message ?? ''}
      recoveryText="Try again"
      onFocus={() => void (error && refetch())}
      empty="No policy is named so."
      deselectAriaLabel={(option) => `Leave out ${option.label ?? ''}`}
      expandToViewport
    />
  )
}
