import type { Feature } from '../../shared/feature/feature.ts'
import { definePage } from '../../shared/feature/page.ts'
import { ADDRESSES } from '../../shared/page-addresses.ts'
import { paths } from '../../shared/paths.ts'
import { validateIdentityPoolSearch, validateIdentityPoolsSearch, validateIdentitySearch } from './search.ts'

export const identities: Feature = {
  name: 'identities',
  pages: [
    definePage({
      path: ADDRESSES.identityPools,
      validateSearch: validateIdentityPoolsSearch,
      load: async () => (await import('./list-page.tsx')).IdentityPoolsPage,
      help: async () => (await import('./help.ts')).identityPoolsHelp,
    }),
    definePage({
      path: ADDRESSES.identityPool,
      validateSearch: validateIdentityPoolSearch,
      load: async () => (await import('./pool-page.tsx')).IdentityPoolPage,
      help: async () => (await import('./help.ts')).identityPoolHelp,
    }),
    definePage({
      path: ADDRESSES.createIdentityPool,
      load: async () => (await import('./create-page.tsx')).CreateIdentityPoolPage,
      help: async () => (await import('./help.ts')).poolFormHelp,
    }),
    definePage({
      path: ADDRESSES.editIdentityPool,
      load: async () => (await import('./edit-page.tsx')).EditIdentityPoolPage,
      help: async () => (await import('./help.ts')).poolFormHelp,
    }),
    definePage({
      path: ADDRESSES.identityPoolRoles,
      load: async () => (await import('./roles-page.tsx')).IdentityPoolRolesPage,
      help: async () => (await import('./help.ts')).poolRolesHelp,
    }),
    definePage({
      path: ADDRESSES.identity,
      validateSearch: validateIdentitySearch,
      load: async () => (await import('./identity-page.tsx')).IdentityPage,
      help: async () => (await import('./help.ts')).identityHelp,
    }),
  ],
  navigation: [
    {
      section: 'Secure',
      place: 66,
      title: 'Identities',
      href: paths.identityPools(),
      does: 'Go to identities of Cognito',
    },
  ],
}
