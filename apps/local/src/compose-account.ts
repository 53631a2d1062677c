import { connectionFacts } from './access/access.ts'
import type { Authority } from './foundation/authority/authority.ts'
import type { FindCertificate, IdentifyCertificate } from './foundation/certificates.ts'
import type { LocalContext } from './foundation/context.ts'
import type { FleetSources } from './foundation/fleet-sources.ts'
import type { AccountContext, Service } from './foundation/service.ts'
import type { Traffic } from './foundation/traffic.ts'
import type { PermissionChanges } from './messaging/messaging.ts'
import { certificateFinder, certificatesService } from './services/certificates/index.ts'
import { cognitoService } from './services/cognito/index.ts'
import { type IssuerOptions, oidcService } from './services/oidc/index.ts'
import { isPrincipal, policiesService } from './services/policies/index.ts'
import { registrationConfigCheck } from './services/provisioning/index.ts'
import { registryService } from './services/registry/index.ts'
import { roleAliasesService } from './services/role-aliases/index.ts'
import { stsIamService } from './services/sts-iam/index.ts'
import { tagsService } from './services/tags/index.ts'

/** Who and what is in the account, and what they may: all that access and messaging stand on. */
export interface AccountServices {
  readonly services: readonly Service[]
  /** Handed on to every service that stands on the account. */
  readonly offers: AccountContext
  readonly identityPoolId: string
  readonly findCertificate: FindCertificate
  readonly identify: IdentifyCertificate
  readonly changes: PermissionChanges
}

export interface AccountOptions {
  readonly authority: Authority
  readonly traffic: Traffic
  /** What the fleet index shows beside the registry. */
  readonly fleet: FleetSources
  /** Calls back once after so many milliseconds of the server's clock; the returned function cancels. */
  readonly after: (delayMs: number, callback: () => void) => () => void
  /** Ids of accounts beside the server's own that certificates can be transferred to, and from. */
  readonly otherAccounts: readonly string[]
  /** The embedded issuer. Its tokens are good for the identity pool. */
  readonly issuer: IssuerOptions
}

/** Makes the services of the account, each after those that it stands on. */
export function composeAccount(context: LocalContext, options: AccountOptions): AccountServices {
  const { authority, traffic, fleet, after, issuer, otherAccounts } = options
  const tags = tagsService(context)
  const findCertificate = certificateFinder(context)
  const registry = registryService(context, {
    tags: tags.keeper,
    principalExists: (principal) => isPrincipal(context.account, principal, findCertificate),
    ...fleet,
    after,
  })
  const things = registry.directory
  const connections = connectionFacts(things, findCertificate)
  const stsIam = stsIamService(context, traffic, otherAccounts)
  const { roles, accessKeys, rolePolicies } = stsIam
  const oidc = oidcService(context, issuer)
  const embedded = { issuer: issuer.url.href, audience: [issuer.clientId], keys: async () => [await oidc.publicKey()] }
  const cognito = cognitoService(context, { roles, accessKeys, loginProviders: [embedded] })
  const policies = policiesService(context, {
    things,
    connections,
    tags: tags.keeper,
    certificateExists: (id) => findCertificate(id) !== undefined,
    claimTemplateOf: (id) => findCertificate(id)?.claimTemplate ?? undefined,
    identityPolicies: (identityId) => {
      const roleName = cognito.lastRoleOf(identityId)
      return roleName === undefined ? undefined : rolePolicies(roleName)
    },
  })
  const certificates = certificatesService(context, {
    issuer: authority.devices,
    tags: tags.keeper,
    otherAccounts,
    after,
    checkRegistrationConfig: registrationConfigCheck(context, { roles, accessKeys }),
    questions: {
      hasThings: (principal) => things.thingsOf(principal).length > 0,
      hasPolicies: (principal) => policies.hasPolicies(principal),
      detachPolicies: (principal) => policies.detachAll(principal),
    },
  })
  const { iotPolicies } = policies
  const roleAliases = roleAliasesService(context, {
    tags: tags.keeper,
    traffic,
    roles,
    accessKeys,
    iotPolicies,
    things,
    connections,
  })
  return {
    services: [tags, policies, certificates, registry, roleAliases, stsIam, cognito, oidc],
    offers: {
      things,
      registryAnswers: registry.answers,
      tags: tags.keeper,
      policies: { iotPolicies, rolePolicies },
      roles,
      accessKeys,
      certificates: certificates.issuing,
    },
    identityPoolId: cognito.identityPoolId,
    findCertificate,
    identify: certificates.identify,
    changes: {
      registry: things.changes,
      policies: policies.changes,
      roles: roles.changes,
      certificates: certificates.changes,
    },
  }
}
