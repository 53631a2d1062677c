import type { Feature } from '../../shared/feature/feature.ts'
import { definePage } from '../../shared/feature/page.ts'
import { defineThingTab } from '../../shared/feature/parts.ts'
import { ADDRESSES } from '../../shared/page-addresses.ts'
import { paths } from '../../shared/paths.ts'
import { fleetIndexQuery } from '../../shared/things/fleet-index-query.ts'
import { validateCreateThingSearch, validateThingSearch, validateThingsSearch } from './search.ts'
import { thingCommands } from './thing-commands.ts'

export const things: Feature = {
  name: 'things',
  pages: [
    definePage({
      path: ADDRESSES.things,
      validateSearch: validateThingsSearch,
      load: async () => (await import('./list-page.tsx')).ThingsPage,
      // Where the list comes from hangs on it.
      askFirst: (client) => void client.prefetchQuery(fleetIndexQuery),
      help: async () => (await import('./help.ts')).thingsHelp,
    }),
    definePage({
      path: ADDRESSES.createThing,
      validateSearch: validateCreateThingSearch,
      load: async () => (await import('./create-page.tsx')).CreateThingPage,
      help: async () => (await import('./help.ts')).createThingHelp,
      subject: ({ type = '', group = '', like = '' }) => `${type} ${group} ${like}`,
    }),
    definePage({
      path: ADDRESSES.thing,
      validateSearch: validateThingSearch,
      load: async () => (await import('./detail-page.tsx')).ThingPage,
      help: async () => (await import('./help.ts')).thingHelp,
      takes: ['thingTabs'],
    }),
  ],
  navigation: [
    { section: 'Fleet', place: 10, title: 'Things', href: paths.things(), keys: 'g t', does: 'Go to things' },
  ],
  commands: [{ id: 'create thing', group: 'Actions', title: 'Create thing', href: paths.createThing() }],
  search: thingCommands,
  parts: {
    thingTabs: [
      defineThingTab({
        id: 'certificates',
        label: 'Certificates and policies',
        load: async () => (await import('./thing-certificates.tsx')).ThingCertificates,
      }),
    ],
    turnOnFleetIndex: async () => (await import('./components/fleet-index-notice.tsx')).TurnOnButton,
    thingStatus: async () => (await import('./components/connection-indicator.tsx')).ConnectionIndicator,
  },
}
