import { endpoints } from '@thingdeck/contract'
import { api } from '../api.ts'
import { NamePicker, type NamePickerProps, NamesPicker, type NamesPickerProps } from './name-picker.tsx'
import { THING_GROUPS } from './registry-keys.ts'
import type { NameSource } from './use-found-names.ts'

const SOURCE: NameSource = {
  key: THING_GROUPS,
  async ask({ signal, ...query }) {
    const { thingGroups, nextToken } = await api(endpoints.listThingGroups, {
      query: { ...query, maxResults: 50 },
      signal,
    })
    return { found: thingGroups.map(({ thingGroupName }) => ({ name: thingGroupName })), nextToken }
  },
}

/**
 * A thing group, found by a part of its name, however many there are. AWS's list does not say which are dynamic, whose
 * things nobody adds by hand: AWS refuses that in words.
 */
export function ThingGroupPicker(props: NamePickerProps) {
  return <NamePicker source={SOURCE} one="thing group" many="thing groups" {...props} />
}

/** Several thing groups. */
export function ThingGroupsPicker(props: NamesPickerProps) {
  return <NamesPicker source={SOURCE} one="thing group" many="thing groups" {...props} />
}
