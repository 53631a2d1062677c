import type { Feature } from '../../shared/feature/feature.ts'
import { definePage } from '../../shared/feature/page.ts'
import { ADDRESSES } from '../../shared/page-addresses.ts'
import { paths } from '../../shared/paths.ts'

export const overview: Feature = {
  name: 'overview',
  pages: [
    definePage({
      path: ADDRESSES.overview,
      load: async () => (await import('./overview-page.tsx')).OverviewPage,
      help: async () => (await import('./help.ts')).overviewHelp,
      takes: ['TurnOnFleetIndex'],
    }),
  ],
  navigation: [
    { section: 'top', place: 10, title: 'Overview', href: paths.overview(), keys: 'g h', does: 'Go to the overview' },
  ],
}
