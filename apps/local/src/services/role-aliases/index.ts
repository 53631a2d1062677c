import type { LocalContext } from '../../foundation/context.ts'
import type { Service } from '../../foundation/service.ts'
import type { TagKeeper } from '../../foundation/tag-keeper.ts'
import type { Traffic } from '../../foundation/traffic.ts'
import { CredentialsProvider, type CredentialsProviderParts } from './credentials-provider.ts'
import { credentialsRoute } from './credentials-route.ts'
import { roleAliasNeeds } from './role-alias-needs.ts'
import { RoleAliases, roleAliasHandlers } from './role-aliases.ts'

export interface RoleAliasesOptions extends Omit<CredentialsProviderParts, 'aliases'> {
  readonly tags: TagKeeper
  readonly traffic: Traffic
}

/** Role aliases, and the credentials provider by which devices get the credentials of the roles behind them. */
export function roleAliasesService(context: LocalContext, options: RoleAliasesOptions): Service {
  const aliases = new RoleAliases(context, options.roles, options.tags)
  const provider = new CredentialsProvider(context, { ...options, aliases })
  return {
    name: 'role-aliases',
    handlers: { iot: roleAliasHandlers(context, aliases) },
    resources: { roleAlias: 'rolealias' },
    controlPlaneNeeds: roleAliasNeeds,
    routes: [credentialsRoute(context, provider, options.traffic)],
  }
}
