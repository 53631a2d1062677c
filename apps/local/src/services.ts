import type { CompiledPolicies } from '@thingdeck/policies'
import type { PolicySource } from './access/grants.ts'
import type { Peer } from './access/principal.ts'
import { SignedCallers } from './access/signed-callers.ts'
import type { Config } from './config.ts'
import type { Authority } from './foundation/authority/authority.ts'
import type { LocalContext } from './foundation/context.ts'
import { createSecurity, type Security } from './security/security.ts'
import { securityNeighbours } from './security-neighbours.ts'
import type { FleetSources } from './services/registry/fleet-index/fleet-index.ts'
import { createRegistry, type Registry } from './services/registry/registry.ts'

/** The console's id at the embedded issuer. */
export const OIDC_CLIENT_ID = 'thingdeck-console'

/** Registry and security of the account, wired to each other. */
export interface Services {
  readonly registry: Registry
  readonly security: Security
  /** Who has signed a request. */
  readonly callers: SignedCallers
  /** Whether a peer is still good: its certificate may have been deactivated since it connected. */
  readonly isValid: (peer: Peer) => boolean
  /** Where the gateway finds policies. */
  readonly policies: PolicySource
}

export interface ServicesOptions {
  readonly context: LocalContext
  readonly authority: Authority
  readonly config: Pick<Config, 'consoleUrl'>
  /** Public address of the embedded OpenID Connect issuer. */
  readonly oidcIssuer: string
  /** What the fleet index shows beside the registry. */
  readonly fleet: FleetSources
}

export function createServices({ context, authority, config, oidcIssuer, fleet }: ServicesOptions): Services {
  const registry = createRegistry(context, {
    principalExists: (principal) => security.principalExists(principal),
    ...fleet,
  })
  const certificatePem = (id: string) => security.certificates.store.find(id)?.pem
  const security: Security = createSecurity(context, {
    authority,
    neighbours: securityNeighbours(registry, certificatePem),
    issuer: {
      url: new URL(oidcIssuer),
      clientId: OIDC_CLIENT_ID,
      redirectUris: [new URL('/auth/callback', config.consoleUrl).href],
      postLogoutRedirectUris: [new URL('/', config.consoleUrl).href],
    },
  })
  // A group of the same name that is made later must not inherit what this one was allowed.
  registry.onChanged((change) => {
    if (change.type === 'thingGroup' && change.operation === 'deleted') security.policies.detachAll(change.arn)
  })
  return {
    registry,
    security,
    callers: new SignedCallers(context, security.credentials),
    isValid: ({ principal }) =>
      principal.kind !== 'certificate' ||
      security.certificates.store.find(principal.certificateId)?.status === 'ACTIVE',
    policies: policySource(registry, security),
  }
}

/** Devices of one kind have the same policies: they are compiled once for all, until any attachment changes. */
function policySource(registry: Registry, { policies, rolePolicies }: Security): PolicySource {
  const compiled = new Map<string, CompiledPolicies>()
  policies.onChanged(() => compiled.clear())
  return {
    iotPolicies: (target, groups) => {
      const names = policies.namesFor([target, ...groups.map((name) => registry.thingGroups.arnOf(name))])
      const key = names.join(' ')
      const known = compiled.get(key)
      if (known) return known
      const made = policies.compile(names)
      compiled.set(key, made)
      return made
    },
    rolePolicies: (roleName) => rolePolicies.of(roleName),
  }
}
