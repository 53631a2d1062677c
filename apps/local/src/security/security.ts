import { Authenticator } from '../access/authenticate.ts'
import type { Authority } from '../foundation/authority/authority.ts'
import type { LocalContext } from '../foundation/context.ts'
import { Authorities } from '../services/certificates/authorities.ts'
import { type CertificateQuestions, Certificates } from '../services/certificates/certificates.ts'
import { authorityHandlers, certificateHandlers, transferHandlers } from '../services/certificates/handlers.ts'
import { Identifier } from '../services/certificates/identify.ts'
import { Transfers } from '../services/certificates/transfers.ts'
import { seedConsoleRoles } from '../services/cognito/console-roles.ts'
import { Identities, identityHandlers } from '../services/cognito/identities.ts'
import { defaultIdentityPool } from '../services/cognito/identity-pool.ts'
import { type LoginProvider, LoginVerifier } from '../services/cognito/login-provider.ts'
import { Issuer } from '../services/oidc/issuer.ts'
import type { IssuerOptions } from '../services/oidc/provider.ts'
import { attachmentHandlers, authorizationHandlers, policyHandlers } from '../services/policies/handlers.ts'
import { Policies } from '../services/policies/policies.ts'
import { parseTarget } from '../services/policies/targets.ts'
import { CredentialsProvider } from '../services/role-aliases/credentials-provider.ts'
import { RoleAliases, roleAliasHandlers } from '../services/role-aliases/role-aliases.ts'
import { CredentialStore, type RootCredentials } from '../services/sts-iam/credential-store.ts'
import { QueryApi } from '../services/sts-iam/query-api.ts'
import { RolePolicies } from '../services/sts-iam/role-policies.ts'
import { RoleStore } from '../services/sts-iam/role-store.ts'
import type { SecurityNeighbours } from './neighbours.ts'

export interface SecurityOptions {
  readonly authority: Authority
  readonly neighbours: SecurityNeighbours
  /** The embedded issuer. Its tokens are good for the identity pool. */
  readonly issuer: IssuerOptions
  /** Further issuers whose tokens the identity pool takes. */
  readonly loginProviders?: readonly LoginProvider[]
  readonly rootCredentials?: RootCredentials
  /** Whether the identity pool gives credentials to those who do not sign in. Default: no. */
  readonly allowUnauthenticatedIdentities?: boolean
}

/** Certificates, policies, access keys, identities and sign-in of the account, wired to each other. */
export type Security = ReturnType<typeof createSecurity>

/** Builds security on the tables in `context.database`. */
export function createSecurity(context: LocalContext, options: SecurityOptions) {
  const { account } = context
  const { authority, neighbours } = options
  const questions: CertificateQuestions = {
    hasThings: (principal) => neighbours.thingsOf(principal).length > 0,
    hasPolicies: (principal) => policies.store.attachedTo(principal).length > 0,
    detachPolicies: (principal) => policies.detachAll(principal),
  }
  const authorities = new Authorities(context, neighbours.tags)
  const certificates: Certificates = new Certificates(context, { issuer: authority.devices, authorities, questions })
  const transfers = new Transfers(context, certificates, questions)
  const policies: Policies = new Policies(context, {
    neighbours,
    certificateExists: (id) => certificates.store.find(id) !== undefined,
    tags: neighbours.tags,
  })

  const credentials = new CredentialStore(context, options.rootCredentials)
  const roles = new RoleStore(context)
  const rolePolicies = new RolePolicies(roles)
  const aliases = new RoleAliases(context, roles, neighbours.tags)

  const issuer = new Issuer(context, options.issuer)
  const pool = defaultIdentityPool(account, options.allowUnauthenticatedIdentities)
  const { url, clientId } = options.issuer
  const logins = new LoginVerifier(
    [
      { issuer: url.href, audience: [clientId], keys: async () => [await issuer.publicKey()] },
      ...(options.loginProviders ?? []),
    ],
    context.clock,
  )
  const authenticator = new Authenticator(context, credentials)
  const identities = new Identities(context, { pool, logins, credentials, roles })
  const seed = () => seedConsoleRoles(account, pool, roles)
  seed()

  return {
    certificates,
    /** Who stands behind a TLS client's certificate. */
    identifier: new Identifier(context, certificates, authorities),
    policies,
    roles,
    /** The IAM policies of a role, compiled. */
    rolePolicies,
    credentials,
    /** Who has signed a request. */
    authenticator,
    /** Temporary credentials for devices, behind `/role-aliases/ALIAS/credentials`. */
    credentialsProvider: new CredentialsProvider(context, { aliases, roles, policies, credentials, neighbours }),
    /** STS and IAM: asked before the other APIs, by `serves`. */
    queryApi: new QueryApi(context, { roles, rolePolicies, credentials, authenticator }),
    identities,
    issuer,
    /** Whether there is this certificate (by ARN) or this Cognito identity (by id), for attachments to things. */
    principalExists(principal: string): boolean {
      const target = parseTarget(account, principal)
      if (target?.kind === 'certificate') return certificates.store.find(target.certificateId) !== undefined
      return target?.kind === 'cognito-identity'
    },
    /** For `@aws-sdk/client-iot`. */
    iotHandlers: {
      ...certificateHandlers(context, certificates),
      ...transferHandlers(context, certificates, transfers),
      ...authorityHandlers(context, authorities),
      ...policyHandlers(policies),
      ...attachmentHandlers(context, policies, neighbours),
      ...authorizationHandlers(context, policies, neighbours, (identityId) => {
        const role = identities.store.find(identityId)?.lastRole
        return typeof role === 'string' ? rolePolicies.of(role) : undefined
      }),
      ...roleAliasHandlers(context, aliases),
    },
    /** For `@aws-sdk/client-cognito-identity`. */
    identityHandlers: identityHandlers(identities, logins, roles),
    /** To be called after the database was emptied: brings back what is there from the beginning. */
    reset(): void {
      policies.reset()
      rolePolicies.reset()
      seed()
      issuer.restore()
    },
  }
}
