import type { Feature } from '../../shared/feature/feature.ts'
import { definePage } from '../../shared/feature/page.ts'
import { ADDRESSES, paths } from '../../shared/paths.ts'
import { validateThingSearch, validateThingsSearch } from './search.ts'
import { thingCommands } from './thing-commands.ts'

export const things: Feature = {
  name: 'things',
  pages: [
    definePage({
      path: ADDRESSES.things,
      validateSearch: validateThingsSearch,
      load: async () => (await import('./list-page.tsx')).ThingsPage,
    }),
    definePage({
      path: ADDRESSES.thing,
      validateSearch: validateThingSearch,
      load: async () => (await import('./detail-page.tsx')).ThingPage,
      takes: ['thingTabs'],
    }),
  ],
  navigation: [
    { section: 'Operate', place: 20, title: 'Things', href: paths.things(), keys: 'g t', does: 'Go to things' },
  ],
  search: thingCommands,
  parts: {
    turnOnFleetIndex: async () => (await import('./components/fleet-index-notice.tsx')).TurnOnButton,
    thingStatus: async () => (await import('./components/connection-indicator.tsx')).ConnectionIndicator,
  },
}
