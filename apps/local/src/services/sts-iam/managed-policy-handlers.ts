import type * as sdk from '@aws-sdk/client-iam'
import { AwsError, type Handlers } from '@thingdeck/aws-api'
import { policyDocumentSize } from '@thingdeck/policies'
import type { Caller } from '../../foundation/caller.ts'
import type { GroupStore } from './group-store.ts'
import { alreadyExists, checkIdentityDocument, deleteConflict, limitExceeded, noSuchEntity } from './iam-errors.ts'
import { formatTags, listTags, withoutTags, withTags } from './iam-tags.ts'
import { listPage } from './list-page.ts'
import type { ManagedPolicy, ManagedPolicyVersion } from './managed-policy.ts'
import type { ManagedPolicyStore } from './managed-policy-store.ts'
import type { RoleStore } from './role-store.ts'
import type { UserStore } from './user-store.ts'

const MAX_CHARACTERS = 6144
const MAX_VERSIONS = 5

export interface ManagedPolicyParts {
  readonly managed: ManagedPolicyStore
  readonly users: UserStore
  readonly groups: GroupStore
  readonly roles: RoleStore
}

/**
 * Managed policies with their versions.
 * @see AWS Identity and Access Management API reference
 */
export function managedPolicyHandlers({ managed, users, groups, roles }: ManagedPolicyParts) {
  const found = (arn: string | undefined): ManagedPolicy => {
    const policy = arn === undefined ? undefined : managed.find(arn)
    if (!policy) throw noSuchEntity(`Policy ${arn} was not found.`)
    return policy
  }
  const own = (arn: string | undefined): ManagedPolicy => {
    const policy = found(arn)
    if (policy.isOfAws)
      throw new AwsError('AccessDeniedException', `Cannot update or delete ${policy.arn}: it is AWS's`)
    return policy
  }
  const versionOf = (policy: ManagedPolicy, versionId: string): ManagedPolicyVersion => {
    const version = managed.versionsOf(policy).find((one) => one.versionId === versionId)
    if (version) return version
    throw noSuchEntity(`Policy ${policy.arn} version ${versionId} does not exist or is not attachable.`)
  }
  const checkText = (text: string) => {
    checkIdentityDocument(text)
    if (policyDocumentSize(text) > MAX_CHARACTERS)
      throw limitExceeded(`Cannot exceed quota for PolicySize: ${MAX_CHARACTERS}`)
  }
  const attachedTo = ({ arn }: ManagedPolicy) => {
    const has = ({ attachedPolicies }: { readonly attachedPolicies: readonly string[] }) =>
      attachedPolicies.includes(arn)
    return { users: users.list().filter(has), groups: groups.list().filter(has), roles: roles.list().filter(has) }
  }
  const boundedBy = ({ arn }: ManagedPolicy) => users.list().filter(({ boundary }) => boundary === arn)
  /** Whoever has the policy is decided about anew. */
  const tellHolders = (policy: ManagedPolicy) => {
    const holders = attachedTo(policy)
    for (const { id } of [...holders.users, ...boundedBy(policy)]) users.changes.tell(id)
    for (const group of holders.groups) for (const userId of groups.membersOf(group)) groups.changes.tell(userId)
    for (const { name } of holders.roles) roles.changes.tell(name)
  }
  const attachments = (policy: ManagedPolicy) =>
    Object.values(attachedTo(policy)).reduce((count, holders) => count + holders.length, 0)
  const summary = (policy: ManagedPolicy) => ({
    PolicyName: policy.name,
    PolicyId: policy.id,
    Arn: policy.arn,
    Path: policy.path,
    DefaultVersionId: policy.defaultVersionId,
    AttachmentCount: attachments(policy),
    PermissionsBoundaryUsageCount: boundedBy(policy).length,
    IsAttachable: true,
    CreateDate: new Date(policy.createdAtMs),
    UpdateDate: new Date(policy.updatedAtMs),
  })
  const whole = (policy: ManagedPolicy) => ({
    ...summary(policy),
    ...(policy.description !== '' && { Description: policy.description }),
    Tags: formatTags(policy.tags),
  })
  return {
    CreatePolicy: ({ PolicyName: name, PolicyDocument, Path: path = '/', Description: description = '', Tags }) => {
      checkText(PolicyDocument)
      if (managed.hasName(name))
        throw alreadyExists(`A policy called ${name} already exists. Duplicate names are not allowed.`)
      return { Policy: whole(managed.create({ name, path, description, tags: withTags({}, Tags) }, PolicyDocument)) }
    },
    GetPolicy: ({ PolicyArn }) => ({ Policy: whole(found(PolicyArn)) }),
    ListPolicies: ({ Scope = 'All', OnlyAttached = false, PathPrefix = '/', PolicyUsageFilter, ...request }) => {
      const listed = managed.list().filter((policy) => {
        if (Scope !== 'All' && (Scope === 'AWS') !== policy.isOfAws) return false
        if (!policy.path.startsWith(PathPrefix)) return false
        const asPolicy = PolicyUsageFilter !== 'PermissionsBoundary' && attachments(policy) > 0
        const asBoundary = PolicyUsageFilter !== 'PermissionsPolicy' && boundedBy(policy).length > 0
        return (!OnlyAttached && PolicyUsageFilter === undefined) || asPolicy || asBoundary
      })
      const { items, ...page } = listPage('policies', listed, ({ arn }) => arn, request)
      return { ...page, Policies: items.map(summary) }
    },
    DeletePolicy: ({ PolicyArn }) => {
      const policy = own(PolicyArn)
      if (attachments(policy) + boundedBy(policy).length > 0) {
        throw deleteConflict('Cannot delete a policy attached to entities.')
      }
      if (managed.versionsOf(policy).length > 1) {
        throw deleteConflict(
          "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. " +
            'The default version is deleted with the policy.',
        )
      }
      managed.delete(policy.arn)
      return {}
    },
    CreatePolicyVersion: ({ PolicyArn, PolicyDocument, SetAsDefault = false }) => {
      const policy = own(PolicyArn)
      checkText(PolicyDocument)
      if (managed.versionsOf(policy).length >= MAX_VERSIONS) {
        throw limitExceeded(
          `A managed policy can have up to ${MAX_VERSIONS} versions. Before you create a new version, you must delete an existing version.`,
        )
      }
      const version = managed.addVersion(policy, PolicyDocument, SetAsDefault)
      if (SetAsDefault) tellHolders(policy)
      return { PolicyVersion: formatVersion(version, SetAsDefault) }
    },
    GetPolicyVersion: ({ PolicyArn, VersionId }) => {
      const policy = found(PolicyArn)
      const version = versionOf(policy, VersionId)
      return {
        PolicyVersion: {
          ...formatVersion(version, version.versionId === policy.defaultVersionId),
          Document: encodeURIComponent(version.document),
        },
      }
    },
    ListPolicyVersions: ({ PolicyArn, ...request }) => {
      const policy = found(PolicyArn)
      const versions = managed.versionsOf(policy)
      const { items, ...page } = listPage(`versions of ${policy.arn}`, versions, ({ versionId }) => versionId, request)
      return {
        ...page,
        Versions: items.map((version) => formatVersion(version, version.versionId === policy.defaultVersionId)),
      }
    },
    SetDefaultPolicyVersion: ({ PolicyArn, VersionId }) => {
      const policy = own(PolicyArn)
      managed.setDefault(policy.arn, versionOf(policy, VersionId).versionId)
      tellHolders(policy)
      return {}
    },
    DeletePolicyVersion: ({ PolicyArn, VersionId }) => {
      const policy = own(PolicyArn)
      const { versionId } = versionOf(policy, VersionId)
      if (versionId === policy.defaultVersionId) throw deleteConflict('Cannot delete the default version of a policy.')
      managed.deleteVersion(policy.arn, versionId)
      return {}
    },
    ListEntitiesForPolicy: ({ PolicyArn, EntityFilter, PathPrefix = '/', PolicyUsageFilter, ...request }) => {
      const policy = found(PolicyArn)
      const attached = attachedTo(policy)
      const asPolicy = PolicyUsageFilter !== 'PermissionsBoundary'
      const asBoundary = PolicyUsageFilter !== 'PermissionsPolicy'
      const usersOf = new Set([...(asPolicy ? attached.users : []), ...(asBoundary ? boundedBy(policy) : [])])
      const entities = [
        ...[...usersOf].map((user) => ({ kind: 'User', ...user })),
        ...(asPolicy ? attached.groups.map((group) => ({ kind: 'Group', ...group })) : []),
        ...(asPolicy ? attached.roles.map((role) => ({ kind: 'Role', ...role })) : []),
      ].filter(({ kind, path }) => (EntityFilter ?? kind) === kind && path.startsWith(PathPrefix))
      const { items, ...page } = listPage(
        `entities of ${policy.arn}`,
        entities,
        ({ kind, name }) => `${kind} ${name}`,
        request,
      )
      const of = (wanted: string) => items.filter(({ kind }) => kind === wanted)
      return {
        ...page,
        PolicyUsers: of('User').map(({ name: UserName, id: UserId }) => ({ UserName, UserId })),
        PolicyGroups: of('Group').map(({ name: GroupName, id: GroupId }) => ({ GroupName, GroupId })),
        PolicyRoles: of('Role').map(({ name: RoleName, id: RoleId }) => ({ RoleName, RoleId })),
      }
    },
    TagPolicy: ({ PolicyArn, Tags }) => {
      const policy = own(PolicyArn)
      managed.setTags(policy.arn, withTags(policy.tags, Tags))
      return {}
    },
    UntagPolicy: ({ PolicyArn, TagKeys }) => {
      const policy = own(PolicyArn)
      managed.setTags(policy.arn, withoutTags(policy.tags, TagKeys))
      return {}
    },
    ListPolicyTags: ({ PolicyArn, ...request }) => {
      const { arn, tags } = found(PolicyArn)
      return listTags(`policy ${arn}`, tags, request)
    },
  } satisfies Handlers<typeof sdk, Caller>
}

function formatVersion({ versionId, createdAtMs }: ManagedPolicyVersion, isDefault: boolean) {
  return { VersionId: versionId, IsDefaultVersion: isDefault, CreateDate: new Date(createdAtMs) }
}
