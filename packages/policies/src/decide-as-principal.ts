import { type DecidingFacts, decideRequest, type RequestDecision } from './decide-request.ts'
import type { ClientRequest } from './request-needs.ts'

/**
 * What an authenticated identity of Cognito needs both an IAM policy and an IoT policy for; other actions are its
 * role's alone.
 * @see AWS IoT Core developer guide, "Authorization with Amazon Cognito identities"
 */
export const COGNITO_NEEDS_BOTH: ReadonlySet<string> = new Set([
  'iot:Connect',
  'iot:Publish',
  'iot:Subscribe',
  'iot:Receive',
  'iot:GetThingShadow',
  'iot:UpdateThingShadow',
  'iot:DeleteThingShadow',
])

/** Policies of one kind that decide about a principal. */
export interface PrincipalSide {
  readonly facts: DecidingFacts
}

/** What several kinds of policies decide together. */
export interface PrincipalDecision<Side extends PrincipalSide> {
  readonly decision: RequestDecision['decision']
  /** In the order in which they were given. */
  readonly sides: readonly { readonly side: Side; readonly outcome: RequestDecision; readonly isAsked: boolean }[]
  /** The first that refuses; undefined: all allow. */
  readonly refusing: Side | undefined
}

/**
 * Decides as AWS IoT does for whom policies of several kinds speak: of those that are asked about the request each must
 * allow it. An explicit Deny of one of them is told before what no statement of another allows.
 * @param sides at least one
 */
export function decideAsPrincipal<Side extends PrincipalSide>(
  sides: readonly Side[],
  request: ClientRequest,
): PrincipalDecision<Side> {
  const decided = sides.map((side) => {
    const outcome = decideRequest(side.facts, request)
    return { side, outcome, isAsked: outcome.needs.length > 0 || outcome.refusedBefore !== undefined }
  })
  const refusing =
    decided.find(({ outcome }) => outcome.decision === 'EXPLICIT_DENY') ??
    decided.find(({ outcome }) => outcome.decision !== 'ALLOWED')
  return { decision: refusing?.outcome.decision ?? 'ALLOWED', sides: decided, refusing: refusing?.side }
}
