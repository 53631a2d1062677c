import Autosuggest from '@cloudscape-design/components/autosuggest'
import { useQuery } from '@tanstack/react-query'
import { endpoints } from '@thingdeck/contract'
import { api } from '../api.ts'
import { isThingName } from '../things/is-thing-name.ts'
import { useDebounced } from '../use-debounced.ts'

/** A person stops for about as long between words. */
const TYPING_MS = 200
const MOST = 20

interface ThingPickerProps {
  /** Accessible name, where no field around it has one. */
  readonly label?: string
  readonly value: string
  readonly onChange: (thingName: string) => void
  readonly onBlur?: () => void
}

/** The name of a thing, written or found by a part of it: a fleet is too large to choose from. */
export function ThingPicker({ label, value, onChange, onBlur }: ThingPickerProps) {
  const asked = useDebounced(value.trim(), TYPING_MS)
  const canBeName = isThingName(asked)
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ['things', 'picked', asked],
    queryFn: ({ signal }) =>
      api(endpoints.searchRegistry, { query: { nameContains: asked, maxResults: MOST }, signal }),
    enabled: canBeName,
    staleTime: 10_000, // ms
  })
  const names = canBeName ? (data?.things ?? []).map(({ thingName }) => thingName) : []
  return (
    <Autosuggest
      {...(label !== undefined && { ariaLabel: label })}
      value={value}
      placeholder="Name of a thing, or a part of it"
      filteringType="none"
      enteredTextLabel={(text) => `Use ${text}`}
      options={names.map((name) => ({ value: name }))}
      statusType={error ? 'error' : isFetching ? 'loading' : 'finished'}
      loadingText="Reading things"
      errorText={error?.message ?? ''}
      recoveryText="Try again"
      empty={canBeName ? 'No thing that was looked at is named so.' : 'Write a part of its name.'}
      onLoadItems={({ detail }) => void (detail.samePage && error && refetch())}
      onChange={({ detail }) => onChange(detail.value)}
      {...(onBlur && { onBlur })}
    />
  )
}
