import type { AuthorizationFacts } from '@thingdeck/contract'
import { type DecidedNeed, requestContext } from '@thingdeck/policies'
import { type Check, requestOf } from '../../shared/authorization/check.ts'
import { whyPrincipalRefused } from '../../shared/authorization/facts.ts'
import { type PolicySet, policySetOf } from '../../shared/authorization/policy-set.ts'
import { simulate } from '../../shared/authorization/simulate.ts'
import type { SampleTopics } from '../../shared/device-package/device-package.ts'

/** One thing that has to be so for the device to be let in, or for its samples to run. */
export interface Readiness {
  readonly id: 'certificate' | 'thing' | 'policies' | 'connect' | 'publish' | 'subscribe'
  readonly isGood: boolean
  readonly words: string
  /** What no statement allows. */
  readonly refused?: DecidedNeed
}

export interface DeviceReadiness {
  readonly checks: readonly Readiness[]
  readonly policies: PolicySet
}

/** What AWS IoT would say to the device as certificate, thing and policies are now. */
export function readinessOf(
  facts: AuthorizationFacts,
  { thingName, topics, nowMs }: { readonly thingName: string; readonly topics: SampleTopics; readonly nowMs: number },
): DeviceReadiness {
  const why = whyPrincipalRefused(facts.principal, nowMs)
  const isAttached = facts.things.some((thing) => thing.thingName === thingName)
  const policies = policySetOf(facts.policies)
  const context = requestContext(facts, thingName)
  const check = (id: Readiness['id'], asked: Check, words: string): Readiness => {
    const request = requestOf(asked, { clientId: thingName, isPersistent: false })
    if (!request) return { id, isGood: false, words }
    const { needs } = simulate(facts, policies, context, request)
    const refused = needs.find(({ decision }) => decision.decision !== 'ALLOWED')
    return { id, isGood: refused === undefined, words, ...(refused && { refused }) }
  }
  const isWithout = facts.policies.length === 0
  return {
    policies,
    checks: [
      { id: 'certificate', isGood: why === undefined, words: why ?? 'The certificate is active.' },
      {
        id: 'thing',
        isGood: isAttached,
        words: isAttached
          ? `It is attached to the thing ${thingName}.`
          : `It is not attached to the thing ${thingName}.`,
      },
      ...(isWithout
        ? [{ id: 'policies' as const, isGood: false, words: 'It has no policy: it may not even connect.' }]
        : [
            check('connect', { action: 'iot:Connect', on: thingName }, `iot:Connect as ${thingName}`),
            check('publish', { action: 'iot:Publish', on: topics.publish }, `iot:Publish ${topics.publish}`),
            check('subscribe', { action: 'iot:Subscribe', on: topics.subscribe }, `iot:Subscribe ${topics.subscribe}`),
          ]),
    ],
  }
}
