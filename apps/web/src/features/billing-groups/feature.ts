import type { Feature } from '../../shared/feature/feature.ts'
import { definePage } from '../../shared/feature/page.ts'
import { ADDRESSES } from '../../shared/page-addresses.ts'
import { paths } from '../../shared/paths.ts'
import { billingGroupCommands } from './billing-group-commands.ts'
import { validateBillingGroupSearch, validateBillingGroupsSearch } from './search.ts'

export const billingGroups: Feature = {
  name: 'billing-groups',
  pages: [
    definePage({
      path: ADDRESSES.billingGroups,
      validateSearch: validateBillingGroupsSearch,
      load: async () => (await import('./list-page.tsx')).BillingGroupsPage,
      help: async () => (await import('./help.ts')).billingGroupsHelp,
    }),
    definePage({
      path: ADDRESSES.createBillingGroup,
      load: async () => (await import('./create-page.tsx')).CreateBillingGroupPage,
      help: async () => (await import('./help.ts')).billingGroupsHelp,
    }),
    definePage({
      path: ADDRESSES.billingGroup,
      validateSearch: validateBillingGroupSearch,
      load: async () => (await import('./detail-page.tsx')).BillingGroupPage,
      help: async () => (await import('./help.ts')).billingGroupHelp,
    }),
  ],
  navigation: [
    {
      section: 'Fleet',
      place: 50,
      title: 'Billing groups',
      href: paths.billingGroups(),
      keys: 'g z',
      does: 'Go to billing groups',
    },
  ],
  commands: [
    { id: 'create billing group', group: 'Actions', title: 'Create billing group', href: paths.createBillingGroup() },
  ],
  search: billingGroupCommands,
}
