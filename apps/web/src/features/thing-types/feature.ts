import type { Feature } from '../../shared/feature/feature.ts'
import { definePage } from '../../shared/feature/page.ts'
import { ADDRESSES } from '../../shared/page-addresses.ts'
import { paths } from '../../shared/paths.ts'
import { validateThingTypeSearch, validateThingTypesSearch } from './search.ts'
import { thingTypeCommands } from './thing-type-commands.ts'

export const thingTypes: Feature = {
  name: 'thing-types',
  pages: [
    definePage({
      path: ADDRESSES.thingTypes,
      validateSearch: validateThingTypesSearch,
      load: async () => (await import('./list-page.tsx')).ThingTypesPage,
      help: async () => (await import('./help.ts')).thingTypesHelp,
    }),
    definePage({
      path: ADDRESSES.createThingType,
      load: async () => (await import('./create-page.tsx')).CreateThingTypePage,
      help: async () => (await import('./help.ts')).createThingTypeHelp,
    }),
    definePage({
      path: ADDRESSES.thingType,
      validateSearch: validateThingTypeSearch,
      load: async () => (await import('./detail-page.tsx')).ThingTypePage,
      help: async () => (await import('./help.ts')).thingTypeHelp,
    }),
  ],
  navigation: [
    {
      section: 'Fleet',
      place: 30,
      title: 'Thing types',
      href: paths.thingTypes(),
      keys: 'g y',
      does: 'Go to thing types',
    },
  ],
  commands: [{ id: 'create thing type', group: 'Actions', title: 'Create thing type', href: paths.createThingType() }],
  search: thingTypeCommands,
}
