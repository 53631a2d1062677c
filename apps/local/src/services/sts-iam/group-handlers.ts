import type * as sdk from '@aws-sdk/client-iam'
import type { Handlers } from '@thingdeck/aws-api'
import type { Caller } from '../../foundation/caller.ts'
import type { Group } from './group-store.ts'
import { alreadyExists, deleteConflict, limitExceeded, noSuchEntity } from './iam-errors.ts'
import { listPage } from './list-page.ts'
import { PolicyHolders } from './policy-holders.ts'
import { mustFindUser, type UserParts, userSummary } from './user-handlers.ts'

const MAX_INLINE_CHARACTERS = 5120
const MAX_GROUPS_OF_A_USER = 10

/**
 * Groups of users, with policies that all of them have.
 * @see AWS Identity and Access Management API reference
 */
export function groupHandlers({ users, groups, managed }: Omit<UserParts, 'keys'>) {
  const holders = new PolicyHolders('group', MAX_INLINE_CHARACTERS, managed)
  const named = (name: string | undefined): Group => {
    const group = name === undefined ? undefined : groups.find(name)
    if (!group) throw noSuchEntity(`The group with name ${name} cannot be found.`)
    return group
  }
  return {
    CreateGroup: ({ GroupName: name, Path: path = '/' }) => {
      if (groups.find(name)) throw alreadyExists(`Group with name ${name} already exists.`)
      return { Group: format(groups.create({ name, path })) }
    },
    GetGroup: ({ GroupName, ...request }) => {
      const group = named(GroupName)
      const members = groups.membersOf(group).flatMap((id) => users.byId(id) ?? [])
      const { items, ...page } = listPage(`members of ${group.name}`, members, ({ name }) => name, request)
      return { ...page, Group: format(group), Users: items.map(userSummary) }
    },
    ListGroups: ({ PathPrefix = '/', ...request }) => {
      const listed = groups.list().filter(({ path }) => path.startsWith(PathPrefix))
      const { items, ...page } = listPage('groups', listed, ({ name }) => name, request)
      return { ...page, Groups: items.map(format) }
    },
    ListGroupsForUser: ({ UserName, ...request }) => {
      const user = mustFindUser(users, UserName)
      const { items, ...page } = listPage(
        `groups of ${user.name}`,
        groups.groupsOf(user.id),
        ({ name }) => name,
        request,
      )
      return { ...page, Groups: items.map(format) }
    },
    UpdateGroup: ({ GroupName, NewGroupName, NewPath }) => {
      const group = named(GroupName)
      const other = NewGroupName === undefined ? undefined : groups.find(NewGroupName)
      if (other && other.id !== group.id) throw alreadyExists(`Group with name ${NewGroupName} already exists.`)
      groups.put({ ...group, name: NewGroupName ?? group.name, path: NewPath ?? group.path })
      return {}
    },
    DeleteGroup: ({ GroupName }) => {
      const group = named(GroupName)
      if (groups.membersOf(group).length > 0) {
        throw deleteConflict('Cannot delete entity, must remove users from group first.')
      }
      if (group.attachedPolicies.length > 0)
        throw deleteConflict('Cannot delete entity, must detach all policies first.')
      if (Object.keys(group.policies).length > 0) {
        throw deleteConflict('Cannot delete entity, must delete policies first.')
      }
      groups.delete(group)
      return {}
    },
    AddUserToGroup: ({ GroupName, UserName }) => {
      const group = named(GroupName)
      const user = mustFindUser(users, UserName)
      const held = groups.groupsOf(user.id)
      if (held.length >= MAX_GROUPS_OF_A_USER && held.every(({ id }) => id !== group.id)) {
        throw limitExceeded(`Cannot exceed quota for GroupsPerUser: ${MAX_GROUPS_OF_A_USER}`)
      }
      groups.add(group, user.id)
      return {}
    },
    RemoveUserFromGroup: ({ GroupName, UserName }) => {
      const group = named(GroupName)
      const user = mustFindUser(users, UserName)
      if (!groups.membersOf(group).includes(user.id)) {
        throw noSuchEntity(`The user with name ${UserName} cannot be found in the group ${GroupName}.`)
      }
      groups.remove(group, user.id)
      return {}
    },
    PutGroupPolicy: ({ GroupName, PolicyName, PolicyDocument: text }) => {
      const group = named(GroupName)
      groups.put({ ...group, ...holders.withInline(group, PolicyName, text) })
      return {}
    },
    GetGroupPolicy: ({ GroupName, PolicyName }) => {
      const group = named(GroupName)
      const text = holders.inlineOf(group, PolicyName)
      return { GroupName: group.name, PolicyName, PolicyDocument: encodeURIComponent(text) }
    },
    DeleteGroupPolicy: ({ GroupName, PolicyName }) => {
      const group = named(GroupName)
      groups.put({ ...group, ...holders.withoutInline(group, PolicyName) })
      return {}
    },
    ListGroupPolicies: ({ GroupName, ...request }) => holders.listInline(named(GroupName), request),
    AttachGroupPolicy: ({ GroupName, PolicyArn }) => {
      const group = named(GroupName)
      groups.put({ ...group, ...holders.withAttached(group, PolicyArn) })
      return {}
    },
    DetachGroupPolicy: ({ GroupName, PolicyArn }) => {
      const group = named(GroupName)
      groups.put({ ...group, ...holders.withoutAttached(group, PolicyArn) })
      return {}
    },
    ListAttachedGroupPolicies: (input) => holders.listAttached(named(input.GroupName), input),
  } satisfies Handlers<typeof sdk, Caller>
}

function format({ path, name, id, arn, createdAtMs }: Group) {
  return { Path: path, GroupName: name, GroupId: id, Arn: arn, CreateDate: new Date(createdAtMs) }
}
