import type * as sdk from '@aws-sdk/client-iam'
import type { Handlers } from '@thingdeck/aws-api'
import type { Caller } from '../../foundation/caller.ts'
import type { LocalContext } from '../../foundation/context.ts'
import { invalid, limitExceeded, noSuchEntity } from './iam-errors.ts'
import { listPage } from './list-page.ts'
import { type UserParts, userOf } from './user-handlers.ts'
import type { UserKey } from './user-key-store.ts'
import type { User } from './user-store.ts'

const MAX_KEYS = 2

/**
 * The access keys of users, each with its secret in the answer that makes it and nowhere else.
 * @see IAM user guide, "Manage access keys for IAM users"
 */
export function accessKeyHandlers({ account }: LocalContext, { users, keys }: Pick<UserParts, 'users' | 'keys'>) {
  const keyOf = (user: User, id: string | undefined): UserKey => {
    const key = id === undefined ? undefined : keys.find(id)
    if (key?.userId !== user.id) throw noSuchEntity(`The Access Key with id ${id} cannot be found.`)
    return key
  }
  return {
    CreateAccessKey: ({ UserName }, call) => {
      const user = userOf(users, UserName, call)
      if (keys.keysOf(user).length >= MAX_KEYS)
        throw limitExceeded(`Cannot exceed quota for AccessKeysPerUser: ${MAX_KEYS}`)
      const { secretAccessKey, ...key } = keys.create(user)
      return { AccessKey: { ...format(user, key), SecretAccessKey: secretAccessKey } }
    },
    ListAccessKeys: ({ UserName, ...request }, call) => {
      const user = userOf(users, UserName, call)
      const { items, ...page } = listPage(`keys of ${user.name}`, keys.keysOf(user), ({ id }) => id, request)
      return { ...page, AccessKeyMetadata: items.map((key) => format(user, key)) }
    },
    UpdateAccessKey: ({ UserName, AccessKeyId, Status }, call) => {
      const key = keyOf(userOf(users, UserName, call), AccessKeyId)
      if (Status !== 'Active' && Status !== 'Inactive') throw invalid(`A key is set Active or Inactive, not ${Status}`)
      keys.setStatus(key.id, Status)
      return {}
    },
    DeleteAccessKey: ({ UserName, AccessKeyId }, call) => {
      keys.delete(keyOf(userOf(users, UserName, call), AccessKeyId).id)
      return {}
    },
    GetAccessKeyLastUsed: ({ AccessKeyId }) => {
      const key = keys.find(AccessKeyId)
      const user = key && users.byId(key.userId)
      if (!user) throw noSuchEntity(`The Access Key with id ${AccessKeyId} cannot be found.`)
      const { lastUsedAtMs, lastUsedService } = key
      return {
        UserName: user.name,
        AccessKeyLastUsed: {
          ...(lastUsedAtMs !== null && { LastUsedDate: new Date(lastUsedAtMs) }),
          ServiceName: lastUsedService ?? 'N/A',
          Region: lastUsedAtMs === null ? 'N/A' : account.region,
        },
      }
    },
  } satisfies Handlers<typeof sdk, Caller>
}

function format({ name }: User, { id, status, createdAtMs }: UserKey) {
  return { UserName: name, AccessKeyId: id, Status: status, CreateDate: new Date(createdAtMs) }
}
