import type { ActionType, AuthInfo, AuthResult } from '@aws-sdk/client-iot'
import { AwsError } from '@thingdeck/aws-api'
import {
  type CompiledPolicies,
  evaluate,
  type PolicyContext,
  type PolicyDecision,
  type StatementRef,
} from '@thingdeck/policies'
import { type Account, arnOf } from '../../foundation/account.ts'

const ACTIONS: Readonly<Record<ActionType, string>> = {
  CONNECT: 'iot:Connect',
  PUBLISH: 'iot:Publish',
  SUBSCRIBE: 'iot:Subscribe',
  RECEIVE: 'iot:Receive',
}

/** Policies as they decide about a connection. */
export interface DecidingPolicies {
  /** The IoT policies. */
  readonly iot: CompiledPolicies
  /** The IAM policies of a Cognito identity's role, which must allow too. */
  readonly role?: CompiledPolicies | undefined
  readonly context: PolicyContext
}

/**
 * What TestAuthorization answers for one action on some resources. It is allowed when all resources are.
 * @throws {AwsError} InvalidRequestException for an unknown action or a resource that is no ARN
 */
export function tryAuthorization(account: Account, info: AuthInfo, policies: DecidingPolicies): AuthResult {
  const { actionType, resources = [] } = info
  if (actionType === undefined || resources.length === 0) {
    throw new AwsError('InvalidRequestException', 'Each authInfo needs an actionType and resources')
  }
  for (const resource of resources) {
    if (!resource.startsWith('arn:')) throw new AwsError('InvalidRequestException', `${resource} is not an ARN`)
  }
  const { iot, role, context } = policies
  const decide = (set: CompiledPolicies) =>
    resources.map((resource) => evaluate(set, { action: ACTIONS[actionType], resource, context }))
  const decisions = decide(iot)
  const all = role === undefined ? decisions : [...decisions, ...decide(role)]
  const matched = new Set(decisions.flatMap(({ allowed, denied }) => [...allowed, ...denied]).map(nameOf))
  const references = (names: Iterable<string>) =>
    [...new Set(names)].map((policyName) => ({ policyName, policyArn: arnOf(account, 'iot', `policy/${policyName}`) }))
  return {
    authInfo: { actionType, resources },
    allowed: { policies: references(decisions.flatMap(({ allowed }) => allowed.map(nameOf))) },
    denied: {
      explicitDeny: { policies: references(decisions.flatMap(({ denied }) => denied.map(nameOf))) },
      implicitDeny: { policies: references(iot.policyNames.filter((name) => !matched.has(name))) },
    },
    authDecision: worst(all),
    missingContextValues: [...new Set(all.flatMap(({ missingContextValues }) => missingContextValues))],
  }
}

function worst(decisions: readonly PolicyDecision[]): PolicyDecision['decision'] {
  const order = ['EXPLICIT_DENY', 'IMPLICIT_DENY'] as const
  return order.find((answer) => decisions.some(({ decision }) => decision === answer)) ?? 'ALLOWED'
}

function nameOf({ policyName }: StatementRef): string {
  return policyName
}
