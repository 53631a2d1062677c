import type { Feature } from '../../shared/feature/feature.ts'
import { definePage } from '../../shared/feature/page.ts'
import { defineThingTab } from '../../shared/feature/parts.ts'
import { ADDRESSES } from '../../shared/page-addresses.ts'
import { paths } from '../../shared/paths.ts'
import { validateActivitySearch } from './search.ts'

export const activity: Feature = {
  name: 'activity',
  pages: [
    definePage({
      path: ADDRESSES.activity,
      validateSearch: validateActivitySearch,
      load: async () => (await import('./activity-page.tsx')).ActivityPage,
      help: async () => (await import('./help.ts')).activityHelp,
      formerly: [{ path: '/audit', renamed: { job: 'bulkChange' } }],
    }),
  ],
  navigation: [
    {
      section: 'bottom',
      place: 10,
      title: 'Activity',
      href: paths.activity(),
      keys: 'g a',
      does: 'Go to the activity: who changed what',
    },
  ],
  commands: [
    {
      id: 'verify trail',
      group: 'Actions',
      title: 'Verify the trail',
      alsoNamed: 'audit integrity hashes',
      hint: 'Activity',
      href: paths.activity({ verify: '1' }),
    },
  ],
  parts: {
    thingTabs: [
      defineThingTab({
        id: 'changes',
        label: 'Changes',
        load: async () => (await import('./thing-changes.tsx')).ThingChanges,
      }),
    ],
  },
}
