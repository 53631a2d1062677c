import type * as sdk from '@aws-sdk/client-iam'
import { AwsError } from '@thingdeck/aws-api'
import type { Caller } from '../../foundation/caller.ts'
import type { ControlPlaneNeed, NeedsOf } from '../../foundation/control-plane-needs.ts'
import { providerName } from '../../foundation/id-tokens.ts'
import type { GroupStore } from './group-store.ts'
import type { RoleStore } from './role-store.ts'
import type { UserKeyStore } from './user-key-store.ts'
import type { UserStore } from './user-store.ts'

/** Where they name no user they are about who calls. */
const ABOUT_ONESELF: ReadonlySet<string> = new Set([
  'GetUser',
  'CreateAccessKey',
  'ListAccessKeys',
  'UpdateAccessKey',
  'DeleteAccessKey',
])

/** Policies can ask by which boundary the user is bounded whom they change. */
const OF_BOUNDED: ReadonlySet<string> = new Set([
  'AttachUserPolicy',
  'DetachUserPolicy',
  'PutUserPolicy',
  'DeleteUserPolicy',
  'DeleteUserPermissionsBoundary',
])

interface IamStores {
  readonly users: UserStore
  readonly keys: UserKeyStore
  readonly groups: GroupStore
  readonly roles: RoleStore
}

/** They are about what would be made, where the request would have it, whoever has the name elsewhere. */
const MAKING: ReadonlySet<string> = new Set(['CreateUser', 'CreateGroup', 'CreateRole'])

interface Named {
  /** Of a user's key, whose last use is asked for without naming the user. */
  readonly AccessKeyId?: string | undefined
  readonly UserName?: string | undefined
  readonly NewUserName?: string | undefined
  readonly NewGroupName?: string | undefined
  readonly NewPath?: string | undefined
  readonly GroupName?: string | undefined
  readonly RoleName?: string | undefined
  readonly PolicyArn?: string | undefined
  readonly PolicyName?: string | undefined
  readonly Path?: string | undefined
  readonly OpenIDConnectProviderArn?: string | undefined
  /** Of an OpenID Connect provider that is made. */
  readonly Url?: string | undefined
  readonly PermissionsBoundary?: string | undefined
}

/** A user, group or role that is there. */
interface Held {
  readonly arn: string
  readonly path: string
  readonly name: string
}

/** "You cannot call any IAM API operations" with credentials of GetSessionToken and GetFederationToken (AWS STS API reference). */
const sessionRefusal = (): AwsError =>
  new AwsError('UnrecognizedClientException', 'The security token included in the request is invalid')

/**
 * What policies are asked about IAM's operations: the ARN of whoever is named, as it is written there and not as the
 * request writes it, since names are told apart without regard to case. Who renames or moves somebody must be allowed to
 * change what comes of it, too.
 * @param operations all that are served
 * @see Service Authorization Reference, "Actions, resources, and condition keys for AWS Identity and Access Management"
 */
export function iamNeeds(
  operations: readonly string[],
  { users, keys, groups, roles }: IamStores,
): NeedsOf<typeof sdk> {
  const pathed = (type: string, path: string | undefined, name: string) => `${type}${path ?? '/'}${name}`
  const resourcesOf = (
    { UserName, GroupName, RoleName, PolicyArn, PolicyName, Path, ...others }: Named,
    isMaking: boolean,
  ): string[] => {
    const { AccessKeyId, NewPath, NewUserName, NewGroupName, OpenIDConnectProviderArn, Url } = others
    /** With what it becomes. */
    const held = (type: string, name: string, found: Held | undefined, newName: string | undefined) => {
      if (!found || isMaking) return [pathed(type, Path, name)]
      const isChanged = NewPath !== undefined || newName !== undefined
      return [found.arn, ...(isChanged ? [pathed(type, NewPath ?? found.path, newName ?? found.name)] : [])]
    }
    if (GroupName !== undefined) return held('group', GroupName, groups.find(GroupName), NewGroupName)
    if (UserName !== undefined) return held('user', UserName, users.find(UserName), NewUserName)
    if (RoleName !== undefined) return held('role', RoleName, roles.find(RoleName), undefined)
    if (PolicyName !== undefined) return [pathed('policy', Path, PolicyName)]
    if (Url !== undefined) return [`oidc-provider/${providerName(Url)}`]
    const user = AccessKeyId === undefined ? undefined : users.byId(keys.find(AccessKeyId)?.userId ?? '')
    const arn = PolicyArn ?? OpenIDConnectProviderArn ?? user?.arn
    return arn === undefined ? [] : [arn]
  }
  const need = (input: Named, caller: Caller | undefined, operation: string): ControlPlaneNeed => {
    const isSession = (caller?.kind === 'user' && caller.isSession) || caller?.kind === 'federated-user'
    if (isSession) throw sessionRefusal()
    const isOwn = caller?.kind === 'user' && ABOUT_ONESELF.has(operation) && input.UserName === undefined
    const resources = isOwn ? [caller.arn] : resourcesOf(input, MAKING.has(operation))
    const isAttachment = input.PolicyArn !== undefined && !resources.includes(input.PolicyArn)
    const boundary =
      input.PermissionsBoundary ?? (OF_BOUNDED.has(operation) ? users.find(input.UserName ?? '')?.boundary : undefined)
    const context = {
      ...(isAttachment && { 'iam:PolicyARN': input.PolicyArn }),
      ...(boundary != null && { 'iam:PermissionsBoundary': boundary }),
    }
    return { resources, context }
  }
  return Object.fromEntries(
    operations.map((operation) => [operation, (input: Named, caller?: Caller) => need(input, caller, operation)]),
  )
}
