import type { AuthorizationFacts } from '@thingdeck/contract'
import { type ClientRequest, type ContextValue, decideRequest, type RequestDecision } from '@thingdeck/policies'
import type { PolicySet } from './policy-set.ts'

/** What the policies say to a request. */
export function simulate(
  { arnPrefix }: Pick<AuthorizationFacts, 'arnPrefix'>,
  { compiled }: PolicySet,
  context: ReadonlyMap<string, ContextValue>,
  request: ClientRequest,
): RequestDecision {
  return decideRequest({ policies: compiled, context, arnOf: (resource) => `${arnPrefix}:${resource}` }, request)
}
