import { endpoints } from '@thingdeck/contract'
import { api } from '../../shared/api.ts'
import { nameCommands } from '../../shared/feature/name-commands.ts'
import { paths } from '../../shared/paths.ts'
import { BILLING_GROUPS } from '../../shared/pickers/registry-keys.ts'

export const billingGroupCommands = nameCommands({
  group: 'Billing groups',
  one: 'billing group',
  key: BILLING_GROUPS,
  find: async (name, maxResults, signal) => {
    const { billingGroups } = await api(endpoints.listBillingGroups, { query: { name, maxResults }, signal })
    return billingGroups.map(({ billingGroupName }) => billingGroupName)
  },
  hrefOf: (name) => paths.billingGroup(name),
})
