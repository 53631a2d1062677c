import { AwsError } from '@thingdeck/aws-api'
import { evaluate } from '@thingdeck/policies'
import type { LocalContext } from '../../foundation/context.ts'
import type { QueryOperations, SigningCaller } from '../../foundation/query-api.ts'
import { decideTrust, parseRoleArn } from '../../foundation/roles.ts'
import type { CredentialStore } from './credential-store.ts'
import type { RolePolicies } from './role-policies.ts'
import type { RoleStore } from './role-store.ts'

const SESSION_NAME = /^[\w+=,.@-]{2,64}$/
const DEFAULT_DURATION_SECONDS = 3600
const MIN_DURATION_SECONDS = 900
const MAX_DURATION_SECONDS = 43_200

export interface StsParts {
  readonly roles: RoleStore
  readonly rolePolicies: RolePolicies
  readonly credentials: CredentialStore
}

/**
 * As much of the Security Token Service as an account without users needs.
 * @see AWS Security Token Service API reference
 */
export function stsOperations(
  { account }: LocalContext,
  { roles, rolePolicies, credentials }: StsParts,
): QueryOperations {
  /** The role has to trust the caller or the account; callers other than the administrator need a policy besides. */
  const mayAssume = (caller: SigningCaller, roleArn: string): boolean => {
    const request = { action: 'sts:AssumeRole', resource: roleArn }
    if (caller.kind !== 'root' && evaluate(rolePolicies.of(caller.roleName), request).decision !== 'ALLOWED')
      return false
    const roleName = parseRoleArn(roleArn)?.name ?? ''
    const role = roles.find(roleName)
    if (!role) return roles.isUndefined(roleName) // such a role trusts everyone, see RolePolicies
    const decisions = [caller.arn, `arn:aws:iam::${account.id}:root`, account.id].map(
      (value) => decideTrust(role, { type: 'AWS', value }).decision,
    )
    return decisions.includes('ALLOWED') && !decisions.includes('EXPLICIT_DENY')
  }
  return {
    GetCallerIdentity: (_input, caller) => ({
      Arn: caller.arn,
      UserId: caller.principalId,
      Account: account.id,
    }),
    AssumeRole: (input, caller) => {
      input.refuse('Policy', 'PolicyArns', 'Tags', 'TransitiveTagKeys', 'ProvidedContexts', 'SerialNumber', 'TokenCode')
      const roleArn = input.required('RoleArn')
      const sessionName = input.required('RoleSessionName')
      if (!SESSION_NAME.test(sessionName)) throw new AwsError('ValidationError', 'The RoleSessionName is not valid')
      const parsed = parseRoleArn(roleArn)
      if (parsed?.account !== account.id) throw notAuthorized(caller, roleArn)
      const role = roles.find(parsed.name)
      const duration = input.integer('DurationSeconds', MIN_DURATION_SECONDS, MAX_DURATION_SECONDS)
      if (role && duration !== undefined && duration > role.maxSessionSeconds) {
        throw new AwsError(
          'ValidationError',
          'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
        )
      }
      if (!mayAssume(caller, roleArn)) throw notAuthorized(caller, roleArn)
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
  }
}

function notAuthorized(caller: SigningCaller, roleArn: string): AwsError {
  return new AwsError(
    'AccessDenied',
    `User: ${caller.arn} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`,
  )
}
