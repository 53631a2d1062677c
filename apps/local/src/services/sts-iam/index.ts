import type { Changes } from '../../foundation/changes.ts'
import type { LocalContext } from '../../foundation/context.ts'
import type { AccessKeys } from '../../foundation/credentials.ts'
import type { PolicySource } from '../../foundation/policy-source.ts'
import type { Roles } from '../../foundation/roles.ts'
import type { Service } from '../../foundation/service.ts'
import { CredentialStore } from './credential-store.ts'
import { iamOperations } from './iam.ts'
import { RolePolicies } from './role-policies.ts'
import { RoleStore } from './role-store.ts'
import { type StsParts, stsOperations } from './sts.ts'

/** What STS and IAM are for the rest of the server. */
export interface StsIamService extends Service {
  /** Roles, whose names `changes` tells after each change of their policies. */
  readonly roles: Roles & { readonly changes: Changes<string> }
  readonly accessKeys: AccessKeys
  readonly rolePolicies: PolicySource['rolePolicies']
}

/** The account's roles and temporary access keys, with as much of STS and IAM as is about them. */
export function stsIamService(context: LocalContext): StsIamService {
  const credentials = new CredentialStore(context)
  const roles = new RoleStore(context)
  const rolePolicies = new RolePolicies(roles)
  return {
    name: 'sts-iam',
    queryApis: queryApis(context, { roles, rolePolicies, credentials }),
    reset: () => rolePolicies.reset(),
    roles,
    accessKeys: credentials,
    rolePolicies: (roleName) => rolePolicies.of(roleName),
  }
}

/** The two APIs, by signing name. */
export function queryApis(context: LocalContext, parts: StsParts) {
  return {
    sts: {
      xmlns: 'https://sts.amazonaws.com/doc/2011-06-15/',
      operations: stsOperations(context, parts),
      resourceOf: (input) => input.optional('RoleArn') ?? '*',
      // Everyone may ask who they are; whether a role can be assumed, its own trust decides.
      openToAll: ['GetCallerIdentity', 'AssumeRole'],
    },
    iam: {
      xmlns: 'https://iam.amazonaws.com/doc/2010-05-08/',
      operations: iamOperations(parts.roles),
      resourceOf: (input) => {
        const name = input.optional('RoleName')
        return name === undefined ? '*' : parts.roles.arnOf(name)
      },
    },
  } satisfies Service['queryApis']
}
