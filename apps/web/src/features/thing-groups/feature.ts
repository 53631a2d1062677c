import type { Feature } from '../../shared/feature/feature.ts'
import { definePage } from '../../shared/feature/page.ts'
import { ADDRESSES } from '../../shared/page-addresses.ts'
import { paths } from '../../shared/paths.ts'
import { validateCreateThingGroupSearch, validateThingGroupSearch, validateThingGroupsSearch } from './search.ts'
import { thingGroupCommands } from './thing-group-commands.ts'

export const thingGroups: Feature = {
  name: 'thing-groups',
  pages: [
    definePage({
      path: ADDRESSES.thingGroups,
      validateSearch: validateThingGroupsSearch,
      load: async () => (await import('./list-page.tsx')).ThingGroupsPage,
      help: async () => (await import('./help.ts')).thingGroupsHelp,
    }),
    definePage({
      path: ADDRESSES.createThingGroup,
      validateSearch: validateCreateThingGroupSearch,
      load: async () => (await import('./create-page.tsx')).CreateThingGroupPage,
      help: async () => (await import('./help.ts')).createThingGroupHelp,
      takes: ['TurnOnFleetIndex'],
    }),
    definePage({
      path: ADDRESSES.thingGroup,
      validateSearch: validateThingGroupSearch,
      load: async () => (await import('./detail-page.tsx')).ThingGroupPage,
      help: async () => (await import('./help.ts')).thingGroupHelp,
    }),
  ],
  navigation: [
    {
      section: 'Fleet',
      place: 40,
      title: 'Thing groups',
      href: paths.thingGroups(),
      keys: 'g j',
      does: 'Go to thing groups',
    },
  ],
  commands: [
    { id: 'create thing group', group: 'Actions', title: 'Create thing group', href: paths.createThingGroup() },
  ],
  search: thingGroupCommands,
}
