import { connectionContext, type RequestDecision } from '@thingdeck/policies'
import { type Check, type Door, requestOf } from '../../../shared/authorization/check.ts'
import { type PolicySet, policySetOf } from '../../../shared/authorization/policy-set.ts'
import { simulate } from '../../../shared/authorization/simulate.ts'

/** The documents of an answer, as they decide. */
export const answeredPolicies = (documents: readonly string[]): PolicySet =>
  policySetOf([], new Map(documents.map((text, index) => [`document ${index + 1}`, { which: 'as answered', text }])))

/** One thing that the client would do, and whether it may. */
export interface AnsweredCheck {
  readonly check: Check
  /** Undefined: what it is about is not said. */
  readonly outcome: RequestDecision | undefined
}

interface Asked {
  readonly policies: PolicySet
  readonly arnPrefix: string
  readonly clientId: string
  readonly door: Door
  readonly checks: readonly Check[]
}

/** Decides by the documents of an answer as the broker does: of a client without a certificate its client id is known. */
export function decideAnswered({ policies, arnPrefix, clientId, door, checks }: Asked): readonly AnsweredCheck[] {
  const context = door === 'https' ? new Map() : connectionContext(clientId, undefined)
  return checks.map((check) => {
    const request = requestOf(check, { clientId, isPersistent: false })
    return { check, outcome: request && simulate({ arnPrefix }, policies, context, request) }
  })
}
