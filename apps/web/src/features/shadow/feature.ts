import type { Feature } from '../../shared/feature/feature.ts'
import { definePage } from '../../shared/feature/page.ts'
import { defineThingTab } from '../../shared/feature/parts.ts'
import { ADDRESSES } from '../../shared/page-addresses.ts'
import { validateShadowSearch } from './search.ts'

export const shadow: Feature = {
  name: 'shadow',
  pages: [
    definePage({
      path: ADDRESSES.shadow,
      validateSearch: validateShadowSearch,
      load: async () => (await import('./shadow-page.tsx')).ShadowPage,
      help: async () => (await import('./help.ts')).shadowHelp,
      takes: ['ThingStatus'],
      subject: ({ shadowName }) => shadowName,
    }),
  ],
  parts: {
    thingTabs: [
      defineThingTab({
        id: 'shadows',
        label: 'Shadows',
        load: async () => (await import('./shadow-list.tsx')).ShadowList,
      }),
    ],
  },
}
