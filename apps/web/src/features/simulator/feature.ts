import type { Feature } from '../../shared/feature/feature.ts'
import { definePage } from '../../shared/feature/page.ts'
import { ADDRESSES } from '../../shared/page-addresses.ts'
import { paths } from '../../shared/paths.ts'
import { validateCasesSearch, validateSimulatorSearch } from './search.ts'

export const simulator: Feature = {
  name: 'simulator',
  pages: [
    definePage({
      path: ADDRESSES.simulator,
      validateSearch: validateSimulatorSearch,
      load: async () => (await import('./simulator-page.tsx')).SimulatorPage,
      help: async () => (await import('./help.ts')).simulatorHelp,
    }),
    definePage({
      path: ADDRESSES.policyCases,
      validateSearch: validateCasesSearch,
      load: async () => (await import('./cases/cases-page.tsx')).CasesPage,
      help: async () => (await import('./help.ts')).policyCasesHelp,
    }),
  ],
  navigation: [
    {
      section: 'Secure',
      place: 50,
      title: 'Simulator',
      href: paths.simulator(),
      keys: 'g u',
      does: 'Go to the simulator',
    },
  ],
}
