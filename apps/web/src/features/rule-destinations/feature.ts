import type { Feature } from '../../shared/feature/feature.ts'
import { definePage } from '../../shared/feature/page.ts'
import { ADDRESSES } from '../../shared/page-addresses.ts'
import { paths } from '../../shared/paths.ts'
import { validateRuleDestinationsSearch } from './search.ts'

export const ruleDestinations: Feature = {
  name: 'rule-destinations',
  pages: [
    definePage({
      path: ADDRESSES.ruleDestinations,
      validateSearch: validateRuleDestinationsSearch,
      load: async () => (await import('./list-page.tsx')).RuleDestinationsPage,
      help: async () => (await import('./help.ts')).ruleDestinationsHelp,
    }),
    definePage({
      path: ADDRESSES.createRuleDestination,
      load: async () => (await import('./create-page.tsx')).CreateRuleDestinationPage,
      help: async () => (await import('./help.ts')).createRuleDestinationHelp,
    }),
  ],
  navigation: [
    {
      section: 'Route',
      place: 20,
      title: 'Destinations',
      href: paths.ruleDestinations(),
      does: 'Go to destinations of rules',
    },
  ],
}
