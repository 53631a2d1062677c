import type * as sdk from '@aws-sdk/client-sts'
import { AwsError, type Call, type Handlers } from '@thingdeck/aws-api'
import { evaluate } from '@thingdeck/policies'
import type { Caller, CognitoCaller, RoleCaller, RootCaller } from '../../foundation/caller.ts'
import type { LocalContext } from '../../foundation/context.ts'
import { decideTrust, parseRoleArn } from '../../foundation/roles.ts'
import { httpPublisher, type Traffic } from '../../foundation/traffic.ts'
import type { CredentialStore } from './credential-store.ts'
import type { RolePolicies } from './role-policies.ts'
import type { RoleStore } from './role-store.ts'

const DEFAULT_DURATION_SECONDS = 3600

/** Members of AssumeRole that would narrow or mark the session, which this server does not do. */
const UNSUPPORTED = [
  'Policy',
  'PolicyArns',
  'Tags',
  'TransitiveTagKeys',
  'ProvidedContexts',
  'SerialNumber',
  'TokenCode',
  'SourceIdentity',
  'MinimumSessionTokenSize',
] as const

/** Everyone may ask who they are; whether a role can be assumed, its own trust decides. */
export const SELF_DECIDING = ['GetCallerIdentity', 'AssumeRole'] as const

export interface StsParts {
  readonly roles: RoleStore
  readonly rolePolicies: RolePolicies
  readonly credentials: CredentialStore
  readonly traffic: Traffic
}

/**
 * As much of the Security Token Service as an account without users needs.
 * @see AWS Security Token Service API reference
 */
export function stsHandlers({ account, clock }: LocalContext, parts: StsParts) {
  const { roles, rolePolicies, credentials, traffic } = parts
  /** The role has to trust the caller or the account; callers other than the administrator need a policy besides. */
  const mayAssume = (caller: SigningCaller, roleArn: string, externalId: string | undefined): boolean => {
    const context = { 'sts:ExternalId': externalId }
    const request = { action: 'sts:AssumeRole', resource: roleArn, context }
    if (caller.kind !== 'root' && evaluate(rolePolicies.of(caller.roleName), request).decision !== 'ALLOWED') {
      return false
    }
    const roleName = parseRoleArn(roleArn)?.name ?? ''
    const role = roles.find(roleName)
    if (!role) return roles.isUndefined(roleName) // such a role trusts everyone, see RolePolicies
    const decisions = [caller.arn, `arn:aws:iam::${account.id}:root`, account.id].map(
      (value) => decideTrust(role, { type: 'AWS', value }, context).decision,
    )
    return decisions.includes('ALLOWED') && !decisions.includes('EXPLICIT_DENY')
  }
  /** Tells of the refusal, too, as it is decided here. */
  const notAuthorized = (caller: SigningCaller, resource: string, { request }: Call<Caller>): AwsError => {
    const message = `User: ${caller.arn} is not authorized to perform: sts:AssumeRole on resource: ${resource}`
    const refusal = { principal: caller.arn, action: 'sts:AssumeRole', resource, reason: message }
    traffic.refused.tell({ refusal, publisher: httpPublisher({ principal: caller }, clock(), request.requestId) })
    return new AwsError('AccessDeniedException', message)
  }
  return {
    GetCallerIdentity: (_input, { caller }) => {
      if (caller.kind === 'other-account') {
        return { Arn: caller.arn, UserId: caller.principalId, Account: caller.account }
      }
      const { arn, principalId } = signing(caller)
      return { Arn: arn, UserId: principalId, Account: account.id }
    },
    AssumeRole: (input, call) => {
      const caller = signing(call.caller)
      const { RoleArn: roleArn, RoleSessionName: sessionName, DurationSeconds: duration } = input
      const unsupported = UNSUPPORTED.find((name) => input[name] !== undefined)
      if (unsupported !== undefined) throw invalid(`The parameter ${unsupported} is not supported by this server`)
      const parsed = parseRoleArn(roleArn)
      if (parsed?.account !== account.id) throw notAuthorized(caller, roleArn, call)
      const role = roles.find(parsed.name)
      if (role && duration !== undefined && duration > role.maxSessionSeconds) {
        throw invalid('The requested DurationSeconds exceeds the MaxSessionDuration set for this role.')
      }
      if (!mayAssume(caller, roleArn, input.ExternalId)) throw notAuthorized(caller, roleArn, call)
      const id = `${role?.id ?? 'AROA'.padEnd(21, '0')}:${sessionName}`
      const arn = `arn:aws:sts::${account.id}:assumed-role/${parsed.name}/${sessionName}`
      const issued = credentials.issue(
        { kind: 'assumed-role', arn, principalId: id, roleName: parsed.name, sessionName, variables: {} },
        duration ?? DEFAULT_DURATION_SECONDS,
      )
      return {
        Credentials: {
          AccessKeyId: issued.accessKeyId,
          SecretAccessKey: issued.secretAccessKey,
          SessionToken: issued.sessionToken,
          Expiration: new Date(issued.expiresAtMs),
        },
        AssumedRoleUser: { AssumedRoleId: id, Arn: arn },
      }
    },
  } satisfies Handlers<typeof sdk, Caller>
}

/** A caller who signs requests. */
type SigningCaller = RootCaller | RoleCaller | CognitoCaller

/** @throws {AwsError} AccessDeniedException for a device, another account, and nobody */
function signing(caller: Caller): SigningCaller {
  if (caller.kind === 'root' || caller.kind === 'assumed-role' || caller.kind === 'cognito') return caller
  throw new AwsError('AccessDeniedException', 'Access denied')
}

const invalid = (message: string): AwsError => new AwsError('ValidationError', message)
