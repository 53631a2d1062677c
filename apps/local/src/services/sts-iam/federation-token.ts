import type * as sdk from '@aws-sdk/client-sts'
import { AwsError, type Input } from '@thingdeck/aws-api'
import type { Account } from '../../foundation/account.ts'
import type { FederatedUserCaller, RootCaller, UserCaller } from '../../foundation/caller.ts'
import type { ControlPlaneNeed } from '../../foundation/control-plane-needs.ts'
import { invalid } from './iam-errors.ts'
import type { ManagedPolicyStore } from './managed-policy-store.ts'
import { sessionPolicies } from './session-policies.ts'

/** Twelve hours for a user; for the account's root never more than one. */
const DEFAULT_SECONDS = 43_200
const MAX_ROOT_SECONDS = 3600

type FederationInput = Input<typeof sdk, 'GetFederationToken'>

/** What a session of a federated user is to be. */
export interface FederatedSession {
  readonly owner: Omit<FederatedUserCaller, 'accessKeyId'>
  readonly durationSeconds: number
  /** Absent where no session policy was given. */
  readonly packedPercent?: number
}

/** The user asks for a session of this name, and may be allowed some names alone. */
export const federationNeed = ({ Name }: FederationInput): ControlPlaneNeed => ({
  resources: [`federated-user/${Name}`],
})

/**
 * A session that may do what both the user and its session policies allow; without session policies, nothing.
 * @param caller with the keys of a user or of the root, and no temporary ones
 * @throws {AwsError} AccessDeniedException for a session, ValidationError, MalformedPolicyDocumentException,
 *   PackedPolicyTooLargeException
 * @see AWS STS API reference, "GetFederationToken"
 */
export function federatedSession(
  account: Account,
  managed: ManagedPolicyStore,
  caller: RootCaller | UserCaller,
  input: FederationInput,
): FederatedSession {
  const { Name: name, DurationSeconds: asked, Tags } = input
  if (Tags !== undefined) throw invalid('The parameter Tags is not supported by this server')
  const narrowed = sessionPolicies(managed, input)
  const principalId = `${account.id}:${name}`
  const arn = `arn:aws:sts::${account.id}:federated-user/${name}`
  const seconds = asked ?? DEFAULT_SECONDS
  return {
    owner: {
      kind: 'federated-user',
      ...{ arn, principalId },
      ...(caller.kind === 'user' && { userId: caller.principalId }),
      variables: { 'aws:userid': principalId, 'aws:PrincipalArn': arn, 'aws:PrincipalType': 'FederatedUser' },
      sessionPolicies: narrowed?.documents ?? [],
    },
    durationSeconds: caller.kind === 'root' ? Math.min(seconds, MAX_ROOT_SECONDS) : seconds,
    ...(narrowed && { packedPercent: narrowed.packedPercent }),
  }
}

/** @throws {AwsError} AccessDeniedException */
export const sessionsCannotFederate = (): AwsError =>
  new AwsError('AccessDeniedException', 'Cannot call GetFederationToken with session credentials')
