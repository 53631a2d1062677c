import { fillAddress } from '../../src/shared/address.ts'
import type { Feature } from '../../src/shared/feature/feature.ts'
import { definePage } from '../../src/shared/feature/page.ts'
import { validatePumpsSearch } from './search.ts'

export const pumps: Feature = {
  name: 'pumps',
  pages: [
    definePage({
      path: '/pumps',
      validateSearch: validatePumpsSearch,
      load: async () => (await import('./pumps-page.tsx')).PumpsPage,
      formerly: [{ path: '/water-pumps', renamed: { place: 'site' } }],
    }),
    definePage({
      path: '/pumps/$pumpName',
      load: async () => (await import('./pump-page.tsx')).PumpPage,
    }),
  ],
  navigation: [{ section: 'Operate', place: 90, title: 'Pumps', href: '/pumps', keys: 'g w', does: 'Go to pumps' }],
  search: {
    group: 'Pumps',
    useCommands: (text) => ({
      commands: ['pump-7', 'pump-8']
        .filter((name) => text !== '' && name.startsWith(text))
        .map((name) => ({
          id: `pump ${name}`,
          group: 'Pumps',
          title: name,
          href: fillAddress('/pumps/$pumpName', { pumpName: name }),
        })),
    }),
  },
}
