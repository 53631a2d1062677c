import type { Feature } from '../../shared/feature/feature.ts'
import { defineThingTab } from '../../shared/feature/parts.ts'
import { validateTimelineSearch } from './search.ts'

export const timeline: Feature = {
  name: 'timeline',
  pages: [],
  parts: {
    thingTabs: [
      defineThingTab({
        id: 'timeline',
        label: 'Timeline',
        validateSearch: validateTimelineSearch,
        load: async () => (await import('./thing-timeline.tsx')).ThingTimeline,
      }),
    ],
  },
}
