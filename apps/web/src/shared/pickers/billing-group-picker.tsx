import { endpoints } from '@thingdeck/contract'
import { api } from '../api.ts'
import { NamePicker, type NamePickerProps } from './name-picker.tsx'
import { BILLING_GROUPS } from './registry-keys.ts'
import type { NameSource } from './use-found-names.ts'

const SOURCE: NameSource = {
  key: BILLING_GROUPS,
  async ask({ signal, ...query }) {
    const { billingGroups, nextToken } = await api(endpoints.listBillingGroups, {
      query: { ...query, maxResults: 50 },
      signal,
    })
    return { found: billingGroups.map(({ billingGroupName }) => ({ name: billingGroupName })), nextToken }
  },
}

/** A billing group, found by a part of its name, however many there are. */
export function BillingGroupPicker(props: NamePickerProps) {
  return <NamePicker source={SOURCE} one="billing group" many="billing groups" {...props} />
}
