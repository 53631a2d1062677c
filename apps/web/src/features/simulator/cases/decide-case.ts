import { arnPrefix, decideRequest, type PolicyHome, type RequestDecision, requestContext } from '@thingdeck/policies'
import { doorOf, requestOf } from '../../../shared/authorization/check.ts'
import { type CountedPolicy, type PolicySet, policySetFrom } from '../../../shared/authorization/policy-set.ts'
import type { PolicyCase } from './case-file.ts'

/** A case with what came of it. */
export interface DecidedCase {
  /** In the file, from 1. */
  readonly number: number
  readonly asked: PolicyCase
  readonly policies: PolicySet
  /** Undefined: it says not what it is about, or has no policies and none are said. */
  readonly outcome: RequestDecision | undefined
  readonly isAsExpected: boolean
}

/**
 * Decides cases as the broker would, each by itself.
 * @param others policies of those cases that bring none
 */
export function decideCases(
  cases: readonly PolicyCase[],
  home: PolicyHome,
  others: PolicySet | undefined,
): readonly DecidedCase[] {
  return cases.map((asked, index) => decide(asked, index + 1, home, others))
}

function decide(asked: PolicyCase, number: number, home: PolicyHome, others: PolicySet | undefined): DecidedCase {
  const { clientId, thing, values, sourceIp, over, isPersistent, will, check, expect } = asked
  const policies = asked.policies ? policySetFrom(asked.policies.map(countedOf)) : (others ?? NO_POLICIES)
  const door = doorOf(check, over)
  const request = requestOf(check, { clientId, isPersistent, ...(will && { will }) })
  // A connection is that of the client id that it is asked for.
  const named = request?.kind === 'connect' ? request.clientId : clientId
  const context = requestContext(
    { principal: { kind: 'certificate', context: values }, thing },
    door === 'mqtt' && named !== '' ? named : undefined,
    { sourceIp },
  )
  const prefix = arnPrefix(home)
  const isKnown = asked.policies !== undefined || others !== undefined
  const outcome =
    request && isKnown
      ? decideRequest({ policies: policies.compiled, context, arnOf: (resource) => prefix + resource }, request)
      : undefined
  const isAsExpected = outcome !== undefined && (outcome.decision === 'ALLOWED') === (expect === 'ALLOWED')
  return { number, asked, policies, outcome, isAsExpected }
}

const NO_POLICIES = policySetFrom([])

const countedOf = (text: string, index: number, all: readonly string[]): CountedPolicy => ({
  policyName: all.length === 1 ? 'its policy' : `its policy ${index + 1}`,
  which: 'of the file',
  text,
  ways: [],
  isReplaced: false,
})
