import type { Feature } from '../../shared/feature/feature.ts'
import { definePage } from '../../shared/feature/page.ts'
import { ADDRESSES } from '../../shared/page-addresses.ts'
import { paths } from '../../shared/paths.ts'
import { validateDomainConfigurationSearch, validateDomainConfigurationsSearch } from './search.ts'

export const domainConfigurations: Feature = {
  name: 'domain-configurations',
  pages: [
    definePage({
      path: ADDRESSES.domainConfigurations,
      validateSearch: validateDomainConfigurationsSearch,
      load: async () => (await import('./list-page.tsx')).DomainConfigurationsPage,
      help: async () => (await import('./help.ts')).domainConfigurationsHelp,
    }),
    definePage({
      path: ADDRESSES.createDomainConfiguration,
      load: async () => (await import('./create-page.tsx')).CreateDomainConfigurationPage,
      help: async () => (await import('./help.ts')).domainConfigurationFormHelp,
    }),
    definePage({
      path: ADDRESSES.domainConfiguration,
      validateSearch: validateDomainConfigurationSearch,
      load: async () => (await import('./detail-page.tsx')).DomainConfigurationPage,
      help: async () => (await import('./help.ts')).domainConfigurationHelp,
    }),
    definePage({
      path: ADDRESSES.editDomainConfiguration,
      load: async () => (await import('./edit-page.tsx')).EditDomainConfigurationPage,
      help: async () => (await import('./help.ts')).domainConfigurationFormHelp,
    }),
  ],
  navigation: [
    {
      section: 'Secure',
      place: 74,
      title: 'Domain configurations',
      href: paths.domainConfigurations(),
      does: 'Go to domain configurations',
    },
  ],
  commands: [
    {
      id: 'create domain configuration',
      group: 'Actions',
      title: 'Create domain configuration',
      href: paths.createDomainConfiguration(),
    },
  ],
}
