import type * as sdk from '@aws-sdk/client-sts'
import { AwsError, type Call, type Handlers } from '@thingdeck/aws-api'
import { evaluate, type PolicyDecision } from '@thingdeck/policies'
import type { Caller, IamCaller, RootCaller } from '../../foundation/caller.ts'
import type { LocalContext } from '../../foundation/context.ts'
import type { TemporaryCredentials } from '../../foundation/credentials.ts'
import { decideTrust, parseRoleArn, type Role, UNDEFINED_ROLE_ID } from '../../foundation/roles.ts'
import { httpPublisher, type Traffic } from '../../foundation/traffic.ts'
import type { CredentialStore } from './credential-store.ts'
import { federatedSession, sessionsCannotFederate } from './federation-token.ts'
import { invalid } from './iam-errors.ts'
import type { ManagedPolicyStore } from './managed-policy-store.ts'
import type { PrincipalPolicies } from './principal-policies.ts'
import type { RoleStore } from './role-store.ts'
import { sessionPolicies } from './session-policies.ts'
import { callerOf, type UserKeyStore } from './user-key-store.ts'
import type { UserStore } from './user-store.ts'
import { type WebIdentities, webIdentitySession } from './web-identities.ts'

const DEFAULT_DURATION_SECONDS = 3600
/** Of GetSessionToken, for a user: twelve hours; for the account's root: one. */
const SESSION_TOKEN_SECONDS = { user: 43_200, root: 3600 } as const

/** Of a role that a session of a role assumes. @see IAM user guide, "Role chaining" */
const CHAINED_SECONDS = 3600

/** Members of AssumeRole that would mark the session, which this server does not do. */
const UNSUPPORTED = [
  'Tags',
  'TransitiveTagKeys',
  'ProvidedContexts',
  'SerialNumber',
  'TokenCode',
  'SourceIdentity',
  'MinimumSessionTokenSize',
] as const

/** Everyone may ask who they are; whether a role can be assumed, its own trust decides. */
export const SELF_DECIDING = ['GetCallerIdentity', 'AssumeRole', 'GetSessionToken', 'GetAccessKeyInfo'] as const

export interface StsParts {
  readonly roles: RoleStore
  readonly users: UserStore
  readonly userKeys: UserKeyStore
  readonly managed: ManagedPolicyStore
  readonly policies: PrincipalPolicies
  readonly credentials: CredentialStore
  readonly webIdentities: WebIdentities
  readonly traffic: Traffic
}

/**
 * As much of the Security Token Service as an account's users, roles and federated people need.
 * @see AWS Security Token Service API reference
 */
export function stsHandlers({ account, clock }: LocalContext, parts: StsParts) {
  const { roles, users, userKeys, managed, policies, credentials, webIdentities, traffic } = parts
  /**
   * The role has to trust the caller by name, which is enough within an account, or the account; then whoever is not its
   * administrator needs a policy besides. Who is trusted as a role has to be allowed by the policies of the session, too;
   * who is trusted as that very session has not.
   * @see IAM user guide, "Cross account resource access in IAM", on principals of the same account; "Session policies"
   */
  const mayAssume = (caller: SigningCaller, roleArn: string, externalId: string | undefined): boolean => {
    const ownRole = 'roleName' in caller ? (roles.find(caller.roleName)?.arn ?? '') : undefined
    // Of a session, the ARN of its role (IAM user guide, "Global condition context keys", aws:PrincipalArn).
    const context = { 'sts:ExternalId': externalId, 'aws:PrincipalArn': ownRole ?? caller.arn }
    const request = { action: 'sts:AssumeRole', resource: roleArn, context }
    const own = caller.kind === 'root' ? [] : policies.iamPolicies(caller).map((set) => evaluate(set, request).decision)
    if (own.includes('EXPLICIT_DENY')) return false
    const isAllowedByOwn = own.every(isAllowed)
    const isAllowedBySession = own.slice(1).every(isAllowed)
    const roleName = parseRoleArn(roleArn)?.name ?? ''
    const role = roles.find(roleName)
    if (!role) return isAllowedByOwn && roles.isUndefined(roleName) // such a role trusts everyone, see PrincipalPolicies
    if (role.arn !== roleArn) return false // policies were asked about a role that there is not
    const trusts = (value: string) => decideTrust(role, { type: 'AWS', value }, context).decision
    const byName = trusts(caller.arn)
    const asRole = ownRole === undefined ? 'IMPLICIT_DENY' : trusts(ownRole)
    const asAccount = [`arn:aws:iam::${account.id}:root`, account.id].map(trusts)
    if ([byName, asRole, ...asAccount].includes('EXPLICIT_DENY')) return false
    return (
      isAllowed(byName) || (isAllowed(asRole) && isAllowedBySession) || (asAccount.some(isAllowed) && isAllowedByOwn)
    )
  }
  /** Tells of the refusal, too, as it is decided here. */
  const notAuthorized = (
    caller: SigningCaller,
    action: string,
    resource: string,
    { request }: Call<Caller>,
  ): AwsError => {
    const message = `User: ${caller.arn} is not authorized to perform: ${action} on resource: ${resource}`
    const refusal = { principal: caller.arn, action, resource, reason: message }
    traffic.refused.tell({ refusal, publisher: httpPublisher({ principal: caller }, clock(), request.requestId) })
    return new AwsError('AccessDeniedException', message)
  }
  const checkDuration = (role: Role | undefined, seconds: number | undefined) => {
    if (role && seconds !== undefined && seconds > role.maxSessionSeconds) {
      throw invalid('The requested DurationSeconds exceeds the MaxSessionDuration set for this role.')
    }
  }
  return {
    GetCallerIdentity: (_input, { caller }) => {
      if (caller.kind === 'other-account') {
        return { Arn: caller.arn, UserId: caller.principalId, Account: caller.account }
      }
      const { arn, principalId } = signing(caller)
      return { Arn: arn, UserId: principalId, Account: account.id }
    },
    GetAccessKeyInfo: ({ AccessKeyId }) => {
      const isKnown = credentials.lookup(AccessKeyId) !== undefined || userKeys.find(AccessKeyId) !== undefined
      if (!isKnown) throw invalid(`${AccessKeyId} is no access key of an account that this server knows`)
      return { Account: account.id }
    },
    GetSessionToken: ({ DurationSeconds, SerialNumber, TokenCode, MinimumSessionTokenSize }, call) => {
      const caller = signing(call.caller)
      checkTokenSize(MinimumSessionTokenSize)
      if (SerialNumber !== undefined || TokenCode !== undefined) {
        throw invalid('Multi-factor authentication is not supported by this server')
      }
      if (caller.kind === 'root') {
        const { accessKeyId: _, ...owner } = caller
        const seconds = Math.min(DurationSeconds ?? SESSION_TOKEN_SECONDS.root, SESSION_TOKEN_SECONDS.root)
        return { Credentials: format(credentials.issue(owner, seconds)) }
      }
      const user = caller.kind === 'user' && !caller.isSession ? users.byId(caller.principalId) : undefined
      if (!user) throw new AwsError('AccessDeniedException', 'Cannot call GetSessionToken with session credentials')
      const owner = { ...callerOf(user), isSession: true }
      return { Credentials: format(credentials.issue(owner, DurationSeconds ?? SESSION_TOKEN_SECONDS.user)) }
    },
    GetFederationToken: (input, { caller }) => {
      const isTemporary = 'accessKeyId' in caller && credentials.lookup(caller.accessKeyId)?.sessionToken !== undefined
      if (isTemporary || (caller.kind !== 'user' && caller.kind !== 'root')) throw sessionsCannotFederate()
      checkTokenSize(input.MinimumSessionTokenSize)
      const { owner, durationSeconds, packedPercent } = federatedSession(account, managed, caller, input)
      return {
        Credentials: format(credentials.issue(owner, durationSeconds)),
        FederatedUser: { FederatedUserId: owner.principalId, Arn: owner.arn },
        ...(packedPercent !== undefined && { PackedPolicySize: packedPercent }),
      }
    },
    AssumeRole: (input, call) => {
      const caller = signing(call.caller)
      if (caller.kind === 'federated-user') throw notAuthorized(caller, 'sts:AssumeRole', input.RoleArn, call)
      const { RoleArn: roleArn, RoleSessionName: sessionName, DurationSeconds: duration } = input
      const unsupported = UNSUPPORTED.find((name) => input[name] !== undefined)
      if (unsupported !== undefined) throw invalid(`The parameter ${unsupported} is not supported by this server`)
      const parsed = parseRoleArn(roleArn)
      if (parsed?.account !== account.id) throw notAuthorized(caller, 'sts:AssumeRole', roleArn, call)
      const role = roles.find(parsed.name)
      checkDuration(role, duration)
      if ('roleName' in caller && (duration ?? 0) > CHAINED_SECONDS) {
        throw invalid(
          'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining',
        )
      }
      if (!mayAssume(caller, roleArn, input.ExternalId)) throw notAuthorized(caller, 'sts:AssumeRole', roleArn, call)
      const narrowed = sessionPolicies(managed, input)
      const id = `${role?.id ?? UNDEFINED_ROLE_ID}:${sessionName}`
      const arn = `arn:aws:sts::${account.id}:assumed-role/${parsed.name}/${sessionName}`
      const issued = credentials.issue(
        {
          kind: 'assumed-role',
          ...{ arn, principalId: id, roleName: parsed.name, sessionName, variables: {} },
          ...(narrowed && { sessionPolicies: narrowed.documents }),
        },
        duration ?? DEFAULT_DURATION_SECONDS,
      )
      return {
        Credentials: format(issued),
        AssumedRoleUser: { AssumedRoleId: id, Arn: arn },
        ...(narrowed && { PackedPolicySize: narrowed.packedPercent }),
      }
    },
    AssumeRoleWithWebIdentity: async (input) => {
      const { RoleArn, RoleSessionName, DurationSeconds: duration, ProviderId, WebIdentityToken } = input
      if (ProviderId !== undefined) {
        throw invalid('ProviderId is for OAuth 2.0 access tokens, which this server does not take: leave it out')
      }
      checkTokenSize(input.MinimumSessionTokenSize)
      const narrowed = sessionPolicies(managed, input)
      const identity = await webIdentities.identify(WebIdentityToken)
      const parsed = parseRoleArn(RoleArn)
      const role = parsed?.account === account.id ? roles.find(parsed.name) : undefined
      if (role?.arn !== RoleArn || !webIdentities.isTrusted(role, identity)) {
        throw new AwsError('AccessDeniedException', 'Not authorized to perform sts:AssumeRoleWithWebIdentity')
      }
      checkDuration(role, duration)
      const owner = webIdentitySession(account, role, RoleSessionName, identity)
      const issued = credentials.issue(
        { ...owner, ...(narrowed && { sessionPolicies: narrowed.documents }) },
        duration ?? DEFAULT_DURATION_SECONDS,
      )
      return {
        Credentials: format(issued),
        SubjectFromWebIdentityToken: identity.sub,
        AssumedRoleUser: { AssumedRoleId: owner.principalId, Arn: owner.arn },
        Provider: identity.issuer,
        Audience: identity.audience,
        ...(narrowed && { PackedPolicySize: narrowed.packedPercent }),
      }
    },
  } satisfies Handlers<typeof sdk, Caller>
}

const isAllowed = (decision: PolicyDecision['decision']): boolean => decision === 'ALLOWED'

/** @throws {AwsError} ValidationError: all tokens of this server are of one size */
function checkTokenSize(minimum: number | undefined): void {
  if (minimum !== undefined) throw invalid('The parameter MinimumSessionTokenSize is not supported by this server')
}

function format(issued: TemporaryCredentials) {
  return {
    AccessKeyId: issued.accessKeyId,
    SecretAccessKey: issued.secretAccessKey,
    SessionToken: issued.sessionToken,
    Expiration: new Date(issued.expiresAtMs),
  }
}

/** A caller who signs requests. */
type SigningCaller = RootCaller | IamCaller

/** @throws {AwsError} AccessDeniedException for a device, another account, and nobody */
function signing(caller: Caller): SigningCaller {
  switch (caller.kind) {
    case 'root':
    case 'user':
    case 'assumed-role':
    case 'cognito':
    case 'federated-user':
      return caller
    default:
      throw new AwsError('AccessDeniedException', 'Access denied')
  }
}
