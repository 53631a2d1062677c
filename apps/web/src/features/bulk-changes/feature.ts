import type { Feature } from '../../shared/feature/feature.ts'
import { definePage } from '../../shared/feature/page.ts'
import { ADDRESSES } from '../../shared/page-addresses.ts'
import { paths } from '../../shared/paths.ts'
import { validateBulkChangesSearch } from './search.ts'

export const bulkChanges: Feature = {
  name: 'bulk-changes',
  pages: [
    definePage({
      path: ADDRESSES.bulkChanges,
      validateSearch: validateBulkChangesSearch,
      load: async () => (await import('./bulk-changes-page.tsx')).BulkChangesPage,
      help: async () => (await import('./help.ts')).bulkChangesHelp,
      formerly: [{ path: '/shadow-changes', renamed: { job: 'bulkChange' } }],
    }),
  ],
  navigation: [
    {
      section: 'Fleet',
      place: 60,
      title: 'Bulk changes',
      href: paths.bulkChanges(),
      keys: 'g b',
      does: 'Go to bulk changes',
    },
  ],
}
