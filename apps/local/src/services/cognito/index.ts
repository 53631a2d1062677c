import type { LocalContext } from '../../foundation/context.ts'
import type { AccessKeys } from '../../foundation/credentials.ts'
import type { Roles } from '../../foundation/roles.ts'
import type { Service } from '../../foundation/service.ts'
import { seedConsoleRoles } from './console-roles.ts'
import { Identities, identityHandlers } from './identities.ts'
import { defaultIdentityPool } from './identity-pool.ts'
import { type LoginProvider, LoginVerifier } from './login-provider.ts'

/** What the identity pool is for the rest of the server. */
export interface CognitoService extends Service {
  readonly identityPoolId: string
  /** The name of the role whose credentials an identity got last. */
  lastRoleOf(identityId: string): string | undefined
}

export interface CognitoOptions {
  readonly roles: Roles
  readonly accessKeys: AccessKeys
  /** The issuers whose tokens the pool takes. */
  readonly loginProviders: readonly LoginProvider[]
}

/** One identity pool, which turns logins into temporary credentials of the console's roles. */
export function cognitoService(context: LocalContext, options: CognitoOptions): CognitoService {
  const { roles, accessKeys } = options
  const pool = defaultIdentityPool(context.account)
  const logins = new LoginVerifier(options.loginProviders, context.clock)
  const identities = new Identities(context, { pool, logins, credentials: accessKeys, roles })
  const seed = () => seedConsoleRoles(context.account, pool, roles)
  seed()
  return {
    name: 'cognito',
    handlers: { cognitoIdentity: identityHandlers(identities, logins, roles) },
    reset: seed,
    identityPoolId: pool.id,
    lastRoleOf: (identityId) => identities.store.find(identityId)?.lastRole ?? undefined,
  }
}
