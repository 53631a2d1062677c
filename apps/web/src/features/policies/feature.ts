import type { Feature } from '../../shared/feature/feature.ts'
import { definePage } from '../../shared/feature/page.ts'
import { ADDRESSES } from '../../shared/page-addresses.ts'
import { paths } from '../../shared/paths.ts'
import { policyCommands } from './policy-commands.ts'
import { validatePoliciesSearch, validatePolicySearch } from './search.ts'

export const policies: Feature = {
  name: 'policies',
  pages: [
    definePage({
      path: ADDRESSES.policies,
      validateSearch: validatePoliciesSearch,
      load: async () => (await import('./list-page.tsx')).PoliciesPage,
      help: async () => (await import('./help.ts')).policiesHelp,
    }),
    definePage({
      path: ADDRESSES.createPolicy,
      load: async () => (await import('./create-page.tsx')).CreatePolicyPage,
      help: async () => (await import('./help.ts')).createPolicyHelp,
    }),
    definePage({
      path: ADDRESSES.policy,
      validateSearch: validatePolicySearch,
      load: async () => (await import('./detail-page.tsx')).PolicyPage,
      help: async () => (await import('./help.ts')).policyHelp,
    }),
  ],
  navigation: [
    { section: 'Secure', place: 40, title: 'Policies', href: paths.policies(), keys: 'g p', does: 'Go to policies' },
  ],
  commands: [{ id: 'create policy', group: 'Actions', title: 'Create policy', href: paths.createPolicy() }],
  search: policyCommands,
}
