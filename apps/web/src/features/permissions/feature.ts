import type { Feature } from '../../shared/feature/feature.ts'
import { defineThingTab } from '../../shared/feature/parts.ts'
import { validatePermissionsSearch } from './search.ts'

export const permissions: Feature = {
  name: 'permissions',
  pages: [],
  parts: {
    thingTabs: [
      defineThingTab({
        id: 'permissions',
        label: 'What it may do',
        validateSearch: validatePermissionsSearch,
        load: async () => (await import('./thing-permissions.tsx')).ThingPermissions,
      }),
    ],
  },
}
