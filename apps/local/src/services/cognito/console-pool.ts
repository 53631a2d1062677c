import type { Account } from '../../foundation/account.ts'
import { providerName } from '../../foundation/id-tokens.ts'
import type { Roles } from '../../foundation/roles.ts'
import { seedConsoleRoles } from './console-roles.ts'
import { consolePoolId, EMPTY_POOL, GROUPS, type IdentityPool, roleNameOf } from './identity-pool.ts'
import type { EmbeddedIssuer } from './login-provider.ts'
import type { PoolStore } from './pool-store.ts'

/**
 * Makes the pool that signs the console's people in by the embedded issuer: the groups of a token decide about the role,
 * and who is in none gets nothing. What was set on it since stays, but for the issuer, whose address may have changed.
 */
export function seedConsolePool(
  account: Account,
  pools: PoolStore,
  roles: Roles,
  { issuer, clientId }: EmbeddedIssuer,
): void {
  const id = consolePoolId(account)
  seedConsoleRoles(account, id, roles)
  const known = pools.find(id)
  const userPool = { providerName: providerName(issuer), clientId, serverSideTokenCheck: false }
  const key = `${userPool.providerName}:${clientId}`
  const mapping: IdentityPool['roleMappings'] = {
    [key]: {
      type: 'Rules',
      ambiguous: 'Deny',
      rules: GROUPS.map((group) => ({
        claim: 'cognito:groups',
        match: 'Equals',
        value: group,
        roleArn: roles.arnOf(roleNameOf(group)),
      })),
    },
  }
  const [former] = known?.userPools ?? []
  const isWhereItWas = former?.providerName === userPool.providerName
  if (known && isWhereItWas) return
  const formerKey = former ? `${former.providerName}:${former.clientId}` : key
  const moved = known?.roleMappings[formerKey]
  const others = Object.entries(known?.roleMappings ?? {}).filter(([name]) => name !== formerKey)
  pools.put({
    ...EMPTY_POOL,
    roles: { authenticated: roles.arnOf(roleNameOf('viewer')) },
    ...known,
    id,
    name: known?.name ?? 'thingdeck',
    userPools: [userPool, ...(known?.userPools.slice(1) ?? [])],
    roleMappings: { ...Object.fromEntries(others), ...(moved ? { [key]: moved } : mapping) },
  })
}
