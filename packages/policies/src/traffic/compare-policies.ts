import type { CompiledPolicies } from '../compiled-policies.ts'
import { evaluate, type PolicyDecision, type PolicyRequest } from '../evaluate.ts'

/** A request that one set of policies allows and the other denies. */
export interface ChangedDecision<Request extends PolicyRequest> {
  readonly request: Request
  readonly before: PolicyDecision
  readonly after: PolicyDecision
}

/**
 * Puts each request to both sets of policies, and answers those that are decided differently, in their order. That a
 * deny has another reason than before is no change: nobody who asks notices it.
 */
export function comparePolicies<Request extends PolicyRequest>(
  before: CompiledPolicies,
  after: CompiledPolicies,
  requests: Iterable<Request>,
): ChangedDecision<Request>[] {
  const changed: ChangedDecision<Request>[] = []
  for (const request of requests) {
    const [was, is] = [evaluate(before, request), evaluate(after, request)]
    if ((was.decision === 'ALLOWED') !== (is.decision === 'ALLOWED')) changed.push({ request, before: was, after: is })
  }
  return changed
}
