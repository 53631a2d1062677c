import { createHash } from 'node:crypto'
import type { Account } from '../../foundation/account.ts'

/** An identity pool with all that is set on it. */
export interface IdentityPool {
  /** `REGION:GUID` */
  readonly id: string
  readonly name: string
  /** Whether there are identities without a login. */
  readonly allowUnauthenticated: boolean
  /** Whether `GetOpenIdToken` gives tokens for `AssumeRoleWithWebIdentity`. */
  readonly allowClassicFlow: boolean
  /** Under which `Logins` have developer authenticated identities; null for none. */
  readonly developerProviderName: string | null
  /** User pools, and the embedded issuer. */
  readonly userPools: readonly UserPool[]
  /** ARNs of the account's OpenID Connect providers. */
  readonly openIdProviderArns: readonly string[]
  /** App ids by the issuers' names, such as `accounts.google.com`. */
  readonly supportedLogins: Readonly<Record<string, string>>
  /** ARNs of the roles without a mapping: `authenticated`, `unauthenticated`. */
  readonly roles: Readonly<Record<string, string>>
  /** By the name of the login, with `:CLIENTID` of a user pool; by its ARN of an OpenID Connect provider. */
  readonly roleMappings: Readonly<Record<string, RoleMapping>>
  /** Claims that become tags of the session, by the name of the login. */
  readonly principalTags: Readonly<Record<string, PrincipalTags>>
  readonly tags: Readonly<Record<string, string>>
}

export interface UserPool {
  /** The issuer without its scheme. */
  readonly providerName: string
  readonly clientId: string
  readonly serverSideTokenCheck: boolean
}

/** How the role of a login is found. */
export interface RoleMapping {
  /** `Token`: the token names roles; `Rules`: claims decide. */
  readonly type: 'Token' | 'Rules'
  /** What happens to who gets no role, or could get several. */
  readonly ambiguous: 'AuthenticatedRole' | 'Deny'
  readonly rules: readonly MappingRule[]
}

/** A claim that gives a role. The first that matches counts. */
export interface MappingRule {
  readonly claim: string
  readonly match: 'Equals' | 'Contains' | 'StartsWith' | 'NotEqual'
  readonly value: string
  readonly roleArn: string
}

export interface PrincipalTags {
  /** `username` of `sub`, `client` of `aud`, in place of `tags`. */
  readonly useDefaults: boolean
  /** Claims by tags. */
  readonly tags: Readonly<Record<string, string>>
}

/** What a pool has that nobody has set anything on. */
export const EMPTY_POOL: Omit<IdentityPool, 'id' | 'name'> = {
  allowUnauthenticated: false,
  allowClassicFlow: false,
  developerProviderName: null,
  userPools: [],
  openIdProviderArns: [],
  supportedLogins: {},
  roles: {},
  roleMappings: {},
  principalTags: {},
  tags: {},
}

/** The groups that decide about the role in the console's pool, the mightiest first. Their roles are `thingdeck-GROUP`. */
export const GROUPS = ['admin', 'operator', 'viewer'] as const
export type Group = (typeof GROUPS)[number]

export const roleNameOf = (group: Group): string => `thingdeck-${group}`

/** The id of the console's pool: the same for the same account and region, so that it can stand in a configuration. */
export function consolePoolId(account: Account): string {
  const hash = createHash('sha256').update(`identity pool of ${account.id} in ${account.region}`).digest('hex')
  const variant = ((Number.parseInt(hash.slice(16, 17), 16) & 0x3) | 0x8).toString(16)
  const parts = [
    hash.slice(0, 8),
    hash.slice(8, 12),
    `8${hash.slice(13, 16)}`,
    variant + hash.slice(17, 20),
    hash.slice(20, 32),
  ]
  return `${account.region}:${parts.join('-')}`
}
