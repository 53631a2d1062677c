import { useCallback } from 'react'
import { usePreference } from '../../../../shared/preferences/preferences.ts'
import { type ListPreferences, listPreference, readPreferences } from './list-preferences.ts'

type Change = { readonly [K in keyof ListPreferences]?: ListPreferences[K] | undefined }

/** The choices for the stream, and a function that changes some of them; undefined takes one back. */
export function useListPreferences(): readonly [ListPreferences, (change: Change) => void] {
  const [preferences, set] = usePreference(listPreference)
  const change = useCallback((some: Change) => set(readPreferences({ ...listPreference.get(), ...some })), [set])
  return [preferences, change]
}
