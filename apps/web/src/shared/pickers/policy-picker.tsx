import { endpoints } from '@thingdeck/contract'
import { api } from '../api.ts'
import { NamePicker, type NamePickerProps, NamesPicker, type NamesPickerProps } from './name-picker.tsx'
import type { NameSource } from './use-found-names.ts'

const SOURCE: NameSource = {
  key: ['policies'],
  findsNoBeginnings: true,
  async ask({ signal, ...query }) {
    const { policies, nextToken } = await api(endpoints.listPolicies, { query: { ...query, maxResults: 50 }, signal })
    return { found: policies.map(({ policyName }) => ({ name: policyName })), nextToken }
  },
}

/** A policy, found by a part of its name, however many there are. */
export function PolicyPicker(props: NamePickerProps) {
  return <NamePicker source={SOURCE} one="policy" many="policies" {...props} />
}

/** Several policies. */
export function PoliciesPicker(props: NamesPickerProps) {
  return <NamesPicker source={SOURCE} one="policy" many="policies" {...props} />
}
