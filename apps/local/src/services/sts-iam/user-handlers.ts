import type * as sdk from '@aws-sdk/client-iam'
import type { Call, Handlers } from '@thingdeck/aws-api'
import type { Caller } from '../../foundation/caller.ts'
import type { GroupStore } from './group-store.ts'
import { alreadyExists, deleteConflict, invalid, noSuchEntity } from './iam-errors.ts'
import { formatTags, listTags, withoutTags, withTags } from './iam-tags.ts'
import { listPage } from './list-page.ts'
import type { ManagedPolicyStore } from './managed-policy-store.ts'
import { PolicyHolders } from './policy-holders.ts'
import type { UserKeyStore } from './user-key-store.ts'
import type { User, UserStore } from './user-store.ts'

const MAX_INLINE_CHARACTERS = 2048

export interface UserParts {
  readonly users: UserStore
  readonly groups: GroupStore
  readonly keys: UserKeyStore
  readonly managed: ManagedPolicyStore
}

/**
 * The user that an input names, or who calls where it names none.
 * @throws {AwsError} NoSuchEntityException; ValidationError where the caller is no user
 */
export function userOf(users: UserStore, name: string | undefined, { caller }: Pick<Call<Caller>, 'caller'>): User {
  if (name === undefined) {
    const user = caller.kind === 'user' ? users.byId(caller.principalId) : undefined
    if (user) return user
    throw invalid('Must specify userName when calling with non-User credentials')
  }
  return mustFindUser(users, name)
}

/** @throws {AwsError} NoSuchEntityException */
export function mustFindUser(users: UserStore, name: string | undefined): User {
  const user = name === undefined ? undefined : users.find(name)
  if (!user) throw noSuchEntity(`The user with name ${name} cannot be found.`)
  return user
}

/**
 * Users with their policies.
 * @see AWS Identity and Access Management API reference
 */
export function userHandlers({ users, groups, keys, managed }: UserParts) {
  const holders = new PolicyHolders('user', MAX_INLINE_CHARACTERS, managed)
  const named = (name: string | undefined) => mustFindUser(users, name)
  const boundaryOf = (arn: string): string => {
    if (managed.find(arn)) return arn
    throw noSuchEntity(`Scope ARN: ${arn} does not exist or is not attachable.`)
  }
  const format = (user: User) => ({
    ...userSummary(user),
    Tags: formatTags(user.tags),
    ...(user.boundary !== null && {
      PermissionsBoundary: {
        PermissionsBoundaryType: 'PermissionsBoundaryPolicy' as const,
        PermissionsBoundaryArn: user.boundary,
      },
    }),
  })
  return {
    CreateUser: ({ UserName: name, Path: path = '/', Tags, PermissionsBoundary }) => {
      if (users.find(name)) throw alreadyExists(`User with name ${name} already exists.`)
      const boundary = PermissionsBoundary === undefined ? null : boundaryOf(PermissionsBoundary)
      return { User: format(users.create({ name, path, tags: withTags({}, Tags), boundary })) }
    },
    GetUser: ({ UserName }, call) => {
      const { caller } = call
      if (UserName === undefined && caller.kind === 'root') {
        return {
          User: { Path: '/', UserName: '', UserId: caller.principalId, Arn: caller.arn, CreateDate: new Date(0) },
        }
      }
      return { User: format(userOf(users, UserName, call)) }
    },
    ListUsers: ({ PathPrefix = '/', ...request }) => {
      const listed = users.list().filter(({ path }) => path.startsWith(PathPrefix))
      const { items, ...page } = listPage('users', listed, ({ name }) => name, request)
      return { ...page, Users: items.map(userSummary) } // without tags, as IAM has it
    },
    UpdateUser: ({ UserName, NewUserName, NewPath }) => {
      const user = named(UserName)
      const other = NewUserName === undefined ? undefined : users.find(NewUserName)
      if (other && other.id !== user.id) throw alreadyExists(`User with name ${NewUserName} already exists.`)
      users.put({ ...user, name: NewUserName ?? user.name, path: NewPath ?? user.path })
      return {}
    },
    DeleteUser: ({ UserName }) => {
      const user = named(UserName)
      if (user.attachedPolicies.length > 0)
        throw deleteConflict('Cannot delete entity, must detach all policies first.')
      if (Object.keys(user.policies).length > 0) {
        throw deleteConflict('Cannot delete entity, must delete policies first.')
      }
      if (keys.keysOf(user).length > 0) throw deleteConflict('Cannot delete entity, must delete access keys first.')
      if (groups.groupsOf(user.id).length > 0) {
        throw deleteConflict('Cannot delete entity, must remove user from all groups first.')
      }
      users.delete(user)
      return {}
    },
    PutUserPolicy: ({ UserName, PolicyName, PolicyDocument: text }) => {
      const user = named(UserName)
      users.put({ ...user, ...holders.withInline(user, PolicyName, text) })
      return {}
    },
    GetUserPolicy: ({ UserName, PolicyName }) => {
      const user = named(UserName)
      const text = holders.inlineOf(user, PolicyName)
      return { UserName: user.name, PolicyName, PolicyDocument: encodeURIComponent(text) }
    },
    DeleteUserPolicy: ({ UserName, PolicyName }) => {
      const user = named(UserName)
      users.put({ ...user, ...holders.withoutInline(user, PolicyName) })
      return {}
    },
    ListUserPolicies: ({ UserName, ...request }) => holders.listInline(named(UserName), request),
    AttachUserPolicy: ({ UserName, PolicyArn }) => {
      const user = named(UserName)
      users.put({ ...user, ...holders.withAttached(user, PolicyArn) })
      return {}
    },
    DetachUserPolicy: ({ UserName, PolicyArn }) => {
      const user = named(UserName)
      users.put({ ...user, ...holders.withoutAttached(user, PolicyArn) })
      return {}
    },
    ListAttachedUserPolicies: (input) => holders.listAttached(named(input.UserName), input),
    PutUserPermissionsBoundary: ({ UserName, PermissionsBoundary }) => {
      users.put({ ...named(UserName), boundary: boundaryOf(PermissionsBoundary) })
      return {}
    },
    DeleteUserPermissionsBoundary: ({ UserName }) => {
      users.put({ ...named(UserName), boundary: null })
      return {}
    },
    TagUser: ({ UserName, Tags }) => {
      const user = named(UserName)
      users.put({ ...user, tags: withTags(user.tags, Tags) })
      return {}
    },
    UntagUser: ({ UserName, TagKeys }) => {
      const user = named(UserName)
      users.put({ ...user, tags: withoutTags(user.tags, TagKeys) })
      return {}
    },
    ListUserTags: ({ UserName, ...request }) => {
      const { name, tags } = named(UserName)
      return listTags(`user ${name}`, tags, request)
    },
  } satisfies Handlers<typeof sdk, Caller>
}

/** A user as lists have it. */
export function userSummary({ path, name, id, arn, createdAtMs }: User) {
  return { Path: path, UserName: name, UserId: id, Arn: arn, CreateDate: new Date(createdAtMs) }
}
