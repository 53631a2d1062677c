import type { LocalContext } from '../../foundation/context.ts'
import type { AccessKeys } from '../../foundation/credentials.ts'
import { COGNITO_ISSUER, type IdTokens } from '../../foundation/id-tokens.ts'
import type { OpenIdProviders } from '../../foundation/open-id-providers.ts'
import type { Roles } from '../../foundation/roles.ts'
import type { Service } from '../../foundation/service.ts'
import { seedConsolePool } from './console-pool.ts'
import { Identities } from './identities.ts'
import { developerIdentityHandlers, identityHandlers } from './identity-handlers.ts'
import { consolePoolId } from './identity-pool.ts'
import { IdentityStore } from './identity-store.ts'
import { type EmbeddedIssuer, LoginVerifier } from './login-provider.ts'
import { poolHandlers } from './pool-handlers.ts'
import { POOL_NEEDS } from './pool-needs.ts'
import { PoolStore } from './pool-store.ts'
import { PoolTokens } from './pool-tokens.ts'

/** What identity pools are for the rest of the server. */
export interface CognitoService extends Service {
  /** Of the console's pool. */
  readonly identityPoolId: string
  /** The name of the role whose credentials an identity got last. */
  lastRoleOf(identityId: string): string | undefined
}

export interface CognitoOptions {
  readonly roles: Roles
  readonly accessKeys: AccessKeys
  readonly tokens: IdTokens
  readonly openIdProviders: OpenIdProviders
  /** The issuer in this server, whose people the console's pool takes. */
  readonly embedded: EmbeddedIssuer
}

/** Identity pools, which turn logins into temporary credentials of roles. */
export function cognitoService(context: LocalContext, options: CognitoOptions): CognitoService {
  const { roles, accessKeys, tokens, openIdProviders, embedded } = options
  const consolePool = consolePoolId(context.account)
  const pools = new PoolStore(context)
  const store = new IdentityStore(context, consolePool)
  const logins = new LoginVerifier(tokens, openIdProviders, embedded)
  const poolTokens = new PoolTokens(context)
  tokens.know(COGNITO_ISSUER, async () => [await poolTokens.publicKey()])
  const identities = new Identities(context, {
    store,
    pools,
    logins,
    tokens: poolTokens,
    credentials: accessKeys,
    roles,
  })
  const parts = { identities, store, pools, tokens: poolTokens }
  const seed = () => seedConsolePool(context.account, pools, roles, embedded)
  seed()
  return {
    name: 'cognito',
    handlers: {
      cognitoIdentity: {
        ...poolHandlers(pools, store, openIdProviders),
        ...identityHandlers(parts),
        ...developerIdentityHandlers(context, parts),
      },
    },
    resources: { IdentityPoolId: 'identitypool' },
    controlPlaneNeeds: POOL_NEEDS,
    reset: () => {
      poolTokens.reset()
      seed()
    },
    identityPoolId: consolePool,
    lastRoleOf: (identityId) => store.find(identityId)?.lastRole ?? undefined,
  }
}
