import type { Feature } from '../../shared/feature/feature.ts'
import { definePage } from '../../shared/feature/page.ts'
import { defineThingTab } from '../../shared/feature/parts.ts'
import { ADDRESSES } from '../../shared/page-addresses.ts'
import { paths } from '../../shared/paths.ts'
import { validateRefusalsSearch, validateThingRefusalsSearch } from './search.ts'

export const refusals: Feature = {
  name: 'refusals',
  pages: [
    definePage({
      path: ADDRESSES.refusals,
      validateSearch: validateRefusalsSearch,
      load: async () => (await import('./refusals-page.tsx')).RefusalsPage,
      help: async () => (await import('./help.ts')).refusalsHelp,
    }),
  ],
  navigation: [
    {
      section: 'Secure',
      place: 10,
      title: 'Refusals',
      href: paths.refusals(),
      keys: 'g d',
      does: 'Go to the refusals: what was denied, and why',
    },
  ],
  parts: {
    deviceRefusals: async () => (await import('./device-refusals.tsx')).DeviceRefusals,
    thingTabs: [
      defineThingTab({
        id: 'refusals',
        label: 'Refusals',
        validateSearch: validateThingRefusalsSearch,
        load: async () => (await import('./thing-refusals.tsx')).ThingRefusals,
      }),
    ],
  },
}
