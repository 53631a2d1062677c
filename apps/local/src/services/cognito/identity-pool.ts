import { createHash } from 'node:crypto'
import type { Account } from '../../foundation/account.ts'

/** The one identity pool of an embedded server. */
export interface IdentityPool {
  /** `REGION:GUID`; the same for the same account and region, so that it can stand in a configuration. */
  readonly id: string
  readonly name: string
  /** Whether identities without a login get the role {@link UNAUTHENTICATED_ROLE}. */
  readonly allowUnauthenticated: boolean
}

/** The groups that decide about the role, the mightiest first. Their roles are `thingdeck-GROUP`. */
export const GROUPS = ['admin', 'operator', 'viewer'] as const
export type Group = (typeof GROUPS)[number]

export const UNAUTHENTICATED_ROLE = 'thingdeck-unauthenticated'

export const roleNameOf = (group: Group): string => `thingdeck-${group}`

export function defaultIdentityPool(account: Account, allowUnauthenticated = false): IdentityPool {
  const hash = createHash('sha256').update(`identity pool of ${account.id} in ${account.region}`).digest('hex')
  const variant = ((Number.parseInt(hash.slice(16, 17), 16) & 0x3) | 0x8).toString(16)
  const parts = [
    hash.slice(0, 8),
    hash.slice(8, 12),
    `8${hash.slice(13, 16)}`,
    variant + hash.slice(17, 20),
    hash.slice(20, 32),
  ]
  return { id: `${account.region}:${parts.join('-')}`, name: 'thingdeck', allowUnauthenticated }
}
