import type { Feature } from '../../shared/feature/feature.ts'
import { definePage } from '../../shared/feature/page.ts'
import { ADDRESSES } from '../../shared/page-addresses.ts'
import { paths } from '../../shared/paths.ts'
import { ROLE_ALIAS_ADDRESSES } from './role-alias-paths.ts'
import { validateRoleAliasesSearch, validateRoleAliasSearch } from './search.ts'

export const roleAliases: Feature = {
  name: 'role-aliases',
  pages: [
    definePage({
      path: ADDRESSES.roleAliases,
      validateSearch: validateRoleAliasesSearch,
      load: async () => (await import('./list-page.tsx')).RoleAliasesPage,
      help: async () => (await import('./help.ts')).roleAliasesHelp,
    }),
    definePage({
      path: ROLE_ALIAS_ADDRESSES.create,
      load: async () => (await import('./create-page.tsx')).CreateRoleAliasPage,
      help: async () => (await import('./help.ts')).roleAliasFormHelp,
    }),
    definePage({
      path: ADDRESSES.roleAlias,
      validateSearch: validateRoleAliasSearch,
      load: async () => (await import('./detail-page.tsx')).RoleAliasPage,
      help: async () => (await import('./help.ts')).roleAliasHelp,
    }),
    definePage({
      path: ROLE_ALIAS_ADDRESSES.edit,
      load: async () => (await import('./edit-page.tsx')).EditRoleAliasPage,
      help: async () => (await import('./help.ts')).roleAliasFormHelp,
    }),
  ],
  navigation: [
    {
      section: 'Secure',
      place: 70,
      title: 'Role aliases',
      href: paths.roleAliases(),
      keys: 'g k',
      does: 'Go to role aliases',
    },
  ],
}
