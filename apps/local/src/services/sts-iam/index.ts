import type { Changes } from '../../foundation/changes.ts'
import type { LocalContext } from '../../foundation/context.ts'
import type { AccessKeys } from '../../foundation/credentials.ts'
import type { IdTokens } from '../../foundation/id-tokens.ts'
import type { OpenIdProviders } from '../../foundation/open-id-providers.ts'
import type { PolicySource } from '../../foundation/policy-source.ts'
import type { Service } from '../../foundation/service.ts'
import type { Traffic } from '../../foundation/traffic.ts'
import { accessKeyHandlers } from './access-key-handlers.ts'
import { accountAliasHandlers } from './account-alias-handlers.ts'
import { CredentialStore } from './credential-store.ts'
import { federationNeed } from './federation-token.ts'
import { groupHandlers } from './group-handlers.ts'
import { GroupStore } from './group-store.ts'
import { iamNeeds } from './iam-needs.ts'
import { managedPolicyHandlers } from './managed-policy-handlers.ts'
import { ManagedPolicyStore } from './managed-policy-store.ts'
import { openIdProviderHandlers } from './open-id-provider-handlers.ts'
import { OpenIdProviderStore } from './open-id-provider-store.ts'
import { PrincipalPolicies } from './principal-policies.ts'
import { roleHandlers } from './role-handlers.ts'
import { RoleStore } from './role-store.ts'
import { SELF_DECIDING, stsHandlers } from './sts.ts'
import { userHandlers } from './user-handlers.ts'
import { UserKeyStore } from './user-key-store.ts'
import { UserStore } from './user-store.ts'
import { WebIdentities } from './web-identities.ts'

/** What STS and IAM are for the rest of the server. */
export interface StsIamService extends Service {
  /** Roles, whose names `changes` tells after each change of their policies. */
  readonly roles: RoleStore
  readonly accessKeys: AccessKeys
  readonly policies: Pick<PolicySource, 'rolePolicies' | 'iamPolicies'>
  readonly openIdProviders: OpenIdProviders
  /** Ids of users, after each change of what one may do. */
  readonly userChanges: readonly Changes<string>[]
  /** Ids of users' access keys that are not good any more. */
  readonly endedKeys: Changes<string>
}

export interface StsIamOptions {
  readonly traffic: Traffic
  readonly tokens: IdTokens
  /** Ids of accounts whose administrators may call. */
  readonly otherAccounts: readonly string[]
}

/** The account's users, groups, roles, access keys and providers, with as much of STS and IAM as is about them. */
export function stsIamService(context: LocalContext, { traffic, tokens, otherAccounts }: StsIamOptions): StsIamService {
  const users = new UserStore(context)
  const groups = new GroupStore(context)
  const keys = new UserKeyStore(context, users)
  const managed = new ManagedPolicyStore(context)
  const roles = new RoleStore(context)
  const openIdProviders = new OpenIdProviderStore(context)
  const credentials = new CredentialStore(context, otherAccounts, keys)
  const policies = new PrincipalPolicies({ roles, users, groups, managed })
  const webIdentities = new WebIdentities(openIdProviders, tokens)
  const iam = {
    ...roleHandlers(roles, managed),
    ...userHandlers({ users, groups, keys, managed }),
    ...groupHandlers({ users, groups, managed }),
    ...accessKeyHandlers(context, { users, keys }),
    ...managedPolicyHandlers({ managed, users, groups, roles }),
    ...openIdProviderHandlers(openIdProviders, context.clock),
    ...accountAliasHandlers(context),
  }
  return {
    name: 'sts-iam',
    handlers: {
      sts: stsHandlers(context, {
        roles,
        users,
        userKeys: keys,
        managed,
        policies,
        credentials,
        webIdentities,
        traffic,
      }),
      iam,
    },
    controlPlaneNeeds: {
      ...iamNeeds(Object.keys(iam), { users, keys, groups, roles }),
      GetFederationToken: federationNeed,
    },
    selfDeciding: SELF_DECIDING,
    forOtherAccounts: ['GetCallerIdentity'],
    reread: () => policies.forget(),
    roles,
    accessKeys: credentials,
    policies: {
      rolePolicies: (roleName) => policies.rolePolicies(roleName),
      iamPolicies: (principal) => policies.iamPolicies(principal),
    },
    openIdProviders: { find: (arn) => openIdProviders.find(arn) },
    userChanges: [users.changes, groups.changes],
    endedKeys: keys.ended,
  }
}
