import { fillAddress } from '../../shared/address.ts'
import { paths } from '../../shared/paths.ts'

export const ROLE_ALIAS_ADDRESSES = {
  // Not below the other: there, every word is an alias's name.
  create: '/create-role-alias',
  edit: '/role-aliases/$roleAlias/edit',
} as const

export const roleAliasPaths = {
  list: paths.roleAliases,
  roleAlias: paths.roleAlias,
  create: () => ROLE_ALIAS_ADDRESSES.create,
  edit: (roleAlias: string) => fillAddress(ROLE_ALIAS_ADDRESSES.edit, { roleAlias }),
} as const
