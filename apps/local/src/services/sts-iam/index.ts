import type { Changes } from '../../foundation/changes.ts'
import type { LocalContext } from '../../foundation/context.ts'
import type { AccessKeys } from '../../foundation/credentials.ts'
import type { PolicySource } from '../../foundation/policy-source.ts'
import type { Roles } from '../../foundation/roles.ts'
import type { Service } from '../../foundation/service.ts'
import type { Traffic } from '../../foundation/traffic.ts'
import { CredentialStore } from './credential-store.ts'
import { iamHandlers } from './iam.ts'
import { RolePolicies } from './role-policies.ts'
import { RoleStore } from './role-store.ts'
import { SELF_DECIDING, stsHandlers } from './sts.ts'

/** What STS and IAM are for the rest of the server. */
export interface StsIamService extends Service {
  /** Roles, whose names `changes` tells after each change of their policies. */
  readonly roles: Roles & { readonly changes: Changes<string> }
  readonly accessKeys: AccessKeys
  readonly rolePolicies: PolicySource['rolePolicies']
}

/**
 * The account's roles and temporary access keys, with as much of STS and IAM as is about them.
 * @param otherAccounts ids of accounts whose administrators may call
 */
export function stsIamService(
  context: LocalContext,
  traffic: Traffic,
  otherAccounts: readonly string[],
): StsIamService {
  const credentials = new CredentialStore(context, otherAccounts)
  const roles = new RoleStore(context)
  const rolePolicies = new RolePolicies(roles)
  return {
    name: 'sts-iam',
    handlers: {
      sts: stsHandlers(context, { roles, rolePolicies, credentials, traffic }),
      iam: iamHandlers(roles),
    },
    resources: { RoleName: 'role' },
    selfDeciding: SELF_DECIDING,
    forOtherAccounts: ['GetCallerIdentity'],
    reset: () => rolePolicies.reset(),
    roles,
    accessKeys: credentials,
    rolePolicies: (roleName) => rolePolicies.of(roleName),
  }
}
