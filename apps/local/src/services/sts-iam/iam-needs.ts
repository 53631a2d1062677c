import type * as sdk from '@aws-sdk/client-iam'
import type { Caller } from '../../foundation/caller.ts'
import type { ControlPlaneNeed, NeedsOf } from '../../foundation/control-plane-needs.ts'
import type { GroupStore } from './group-store.ts'
import type { RoleStore } from './role-store.ts'
import type { UserStore } from './user-store.ts'

/** Where they name no user they are about who calls. */
const ABOUT_ONESELF: ReadonlySet<string> = new Set([
  'GetUser',
  'CreateAccessKey',
  'ListAccessKeys',
  'UpdateAccessKey',
  'DeleteAccessKey',
])

interface Named {
  readonly UserName?: string | undefined
  readonly GroupName?: string | undefined
  readonly RoleName?: string | undefined
  readonly PolicyArn?: string | undefined
  readonly PolicyName?: string | undefined
  readonly Path?: string | undefined
  readonly OpenIDConnectProviderArn?: string | undefined
  readonly PermissionsBoundary?: string | undefined
}

/**
 * What policies are asked about IAM's operations: the ARN of whoever is named, with the path that is part of it.
 * @param operations all that are served
 * @see Service Authorization Reference, "Actions, resources, and condition keys for AWS Identity and Access Management"
 */
export function iamNeeds(
  operations: readonly string[],
  { users, groups, roles }: { readonly users: UserStore; readonly groups: GroupStore; readonly roles: RoleStore },
): NeedsOf<typeof sdk> {
  const pathed = (type: string, path: string | undefined, name: string) => `${type}${path ?? '/'}${name}`
  const resourceOf = ({ UserName, GroupName, RoleName, PolicyArn, PolicyName, Path, ...others }: Named) => {
    if (GroupName !== undefined) return pathed('group', groups.find(GroupName)?.path ?? Path, GroupName)
    if (UserName !== undefined) return pathed('user', users.find(UserName)?.path ?? Path, UserName)
    if (RoleName !== undefined) return pathed('role', roles.find(RoleName)?.path ?? Path, RoleName)
    if (PolicyName !== undefined) return pathed('policy', Path, PolicyName)
    return PolicyArn ?? others.OpenIDConnectProviderArn
  }
  const need = (input: Named, caller: Caller | undefined, operation: string): ControlPlaneNeed => {
    const isOwn = caller?.kind === 'user' && ABOUT_ONESELF.has(operation) && input.UserName === undefined
    const resource = isOwn ? caller.arn : resourceOf(input)
    const isAttachment = input.PolicyArn !== undefined && resource !== input.PolicyArn
    const context = {
      ...(isAttachment && { 'iam:PolicyARN': input.PolicyArn }),
      ...(input.PermissionsBoundary !== undefined && { 'iam:PermissionsBoundary': input.PermissionsBoundary }),
    }
    return { resources: resource === undefined ? [] : [resource], context }
  }
  return Object.fromEntries(
    operations.map((operation) => [operation, (input: Named, caller?: Caller) => need(input, caller, operation)]),
  )
}
