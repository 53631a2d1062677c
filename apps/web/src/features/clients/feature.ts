import type { Feature } from '../../shared/feature/feature.ts'
import { definePage } from '../../shared/feature/page.ts'
import { ADDRESSES } from '../../shared/page-addresses.ts'
import { paths } from '../../shared/paths.ts'
import { clientCommands } from './client-commands.ts'
import { validateClientSearch, validateClientsSearch } from './search.ts'

export const clients: Feature = {
  name: 'clients',
  pages: [
    definePage({
      path: ADDRESSES.clients,
      validateSearch: validateClientsSearch,
      load: async () => (await import('./list-page.tsx')).ClientsPage,
      help: async () => (await import('./help.ts')).clientsHelp,
    }),
    definePage({
      path: ADDRESSES.client,
      validateSearch: validateClientSearch,
      load: async () => (await import('./client-page.tsx')).ClientPage,
      help: async () => (await import('./help.ts')).clientHelp,
    }),
  ],
  search: clientCommands,
  navigation: [
    { section: 'Fleet', place: 20, title: 'Clients', href: paths.clients(), keys: 'g x', does: 'Go to MQTT clients' },
  ],
}
