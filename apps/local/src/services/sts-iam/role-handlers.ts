import type * as sdk from '@aws-sdk/client-iam'
import type { Handlers } from '@thingdeck/aws-api'
import type { Role } from '../../foundation/roles.ts'
import { alreadyExists, checkTrust, deleteConflict, invalid, noSuchEntity } from './iam-errors.ts'
import { formatTags, listTags, withoutTags, withTags } from './iam-tags.ts'
import { listPage } from './list-page.ts'
import type { ManagedPolicyStore } from './managed-policy-store.ts'
import { PolicyHolders } from './policy-holders.ts'
import type { RoleStore } from './role-store.ts'

/** Of what there is none here. */
const NONE: readonly never[] = []
const MAX_INLINE_CHARACTERS = 10_240

/**
 * Roles: what rules, role aliases and sessions are.
 * @see AWS Identity and Access Management API reference
 */
export function roleHandlers(roles: RoleStore, managed: ManagedPolicyStore) {
  const holders = new PolicyHolders('role', MAX_INLINE_CHARACTERS, managed)
  const named = (name: string | undefined): Role => {
    const role = name === undefined ? undefined : roles.find(name)
    if (!role) throw noSuchEntity(`The role with name ${name} cannot be found.`)
    return role
  }
  return {
    CreateRole: (input) => {
      const { RoleName: name, AssumeRolePolicyDocument: trustDocument, Path, Description: description } = input
      if (input.PermissionsBoundary !== undefined) {
        throw invalid('The parameter PermissionsBoundary is not supported by this server for roles')
      }
      checkTrust(trustDocument)
      if (roles.isTaken(name)) throw alreadyExists(`Role with name ${name} already exists.`)
      const maxSessionSeconds = input.MaxSessionDuration
      const role = roles.put({
        name,
        trustDocument,
        policies: {},
        ...(Path !== undefined && { path: Path }),
        tags: withTags({}, input.Tags),
        ...(maxSessionSeconds !== undefined && { maxSessionSeconds }),
        ...(description !== undefined && { description }),
      })
      return { Role: format(role) }
    },
    GetRole: ({ RoleName }) => ({ Role: format(named(RoleName)) }),
    ListRoles: ({ PathPrefix = '/', ...request }) => {
      const listed = roles.list().filter(({ path }) => path.startsWith(PathPrefix))
      const { items, ...page } = listPage('roles', listed, ({ name }) => name, request)
      return { ...page, Roles: items.map(format) }
    },
    UpdateRole: ({ RoleName, Description: description, MaxSessionDuration: maxSessionSeconds }) => {
      const role = named(RoleName)
      roles.put({
        ...role,
        ...(description !== undefined && { description }),
        ...(maxSessionSeconds !== undefined && { maxSessionSeconds }),
      })
      return {}
    },
    /** "Use UpdateRole instead": what Terraform does all the same. */
    UpdateRoleDescription: ({ RoleName, Description: description }) => ({
      Role: format(roles.put({ ...named(RoleName), description })),
    }),
    UpdateAssumeRolePolicy: ({ RoleName, PolicyDocument: trustDocument }) => {
      const role = named(RoleName)
      checkTrust(trustDocument)
      roles.put({ ...role, trustDocument })
      return {}
    },
    DeleteRole: ({ RoleName }) => {
      const { name, policies, attachedPolicies } = named(RoleName)
      if (attachedPolicies.length > 0) throw deleteConflict('Cannot delete entity, must detach all policies first.')
      if (Object.keys(policies).length > 0) throw deleteConflict('Cannot delete entity, must delete policies first.')
      roles.delete(name)
      return {}
    },
    PutRolePolicy: ({ RoleName, PolicyName, PolicyDocument: text }) => {
      const role = named(RoleName)
      roles.put({ ...role, ...holders.withInline(role, PolicyName, text) })
      return {}
    },
    GetRolePolicy: ({ RoleName, PolicyName }) => {
      const role = named(RoleName)
      const text = holders.inlineOf(role, PolicyName)
      return { RoleName: role.name, PolicyName, PolicyDocument: encodeURIComponent(text) }
    },
    DeleteRolePolicy: ({ RoleName, PolicyName }) => {
      const role = named(RoleName)
      roles.put({ ...role, ...holders.withoutInline(role, PolicyName) })
      return {}
    },
    ListRolePolicies: ({ RoleName, ...request }) => holders.listInline(named(RoleName), request),
    AttachRolePolicy: ({ RoleName, PolicyArn }) => {
      const role = named(RoleName)
      roles.put({ ...role, ...holders.withAttached(role, PolicyArn) })
      return {}
    },
    DetachRolePolicy: ({ RoleName, PolicyArn }) => {
      const role = named(RoleName)
      roles.put({ ...role, ...holders.withoutAttached(role, PolicyArn) })
      return {}
    },
    ListAttachedRolePolicies: (input) => holders.listAttached(named(input.RoleName), input),
    TagRole: ({ RoleName, Tags }) => {
      const role = named(RoleName)
      roles.put({ ...role, tags: withTags(role.tags, Tags) })
      return {}
    },
    UntagRole: ({ RoleName, TagKeys }) => {
      const role = named(RoleName)
      roles.put({ ...role, tags: withoutTags(role.tags, TagKeys) })
      return {}
    },
    ListRoleTags: ({ RoleName, ...request }) => {
      const { name, tags } = named(RoleName)
      return listTags(`role ${name}`, tags, request)
    },
    ListInstanceProfilesForRole: ({ RoleName, ...request }) => {
      named(RoleName)
      const { items, ...page } = listPage('instance profiles', NONE, (name) => name, request)
      return { ...page, InstanceProfiles: items }
    },
  } satisfies Handlers<typeof sdk, unknown>
}

function format(role: Role) {
  return {
    Path: role.path,
    RoleName: role.name,
    RoleId: role.id,
    Arn: role.arn,
    CreateDate: new Date(role.createdAtMs),
    AssumeRolePolicyDocument: encodeURIComponent(role.trustDocument),
    Description: role.description === '' ? undefined : role.description,
    MaxSessionDuration: role.maxSessionSeconds,
    Tags: formatTags(role.tags),
  }
}
