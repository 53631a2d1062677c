import { endpoints } from '@thingdeck/contract'
import { api } from '../api.ts'
import { NamePicker, type NamePickerProps } from './name-picker.tsx'
import type { NameSource } from './use-found-names.ts'

/** AWS finds no beginnings of names either: what begins with a text is found as a part is. */
const SOURCE: NameSource = {
  key: ['policies'],
  async ask({ signal, prefix, name = prefix, nextToken }) {
    const { policies, ...page } = await api(endpoints.listPolicies, {
      query: { name, nextToken, maxResults: 50 },
      signal,
    })
    return { found: policies.map(({ policyName }) => ({ name: policyName })), nextToken: page.nextToken }
  },
}

/** A policy, found by a part of its name, however many there are. */
export function PolicyPicker(props: NamePickerProps) {
  return <NamePicker source={SOURCE} one="policy" many="policies" {...props} />
}
