import type { CompiledPolicies } from './compiled-policies.ts'
import { evaluate, type PolicyDecision } from './evaluate.ts'
import { type ContextValue, PolicyContext } from './policy-context.ts'
import { type ClientRequest, needsOf, type PolicyNeed, refusedByReservedTopic } from './request-needs.ts'

/** What decides about a client. */
export interface DecidingFacts {
  readonly policies: CompiledPolicies
  /** Of the connection, by context key. */
  readonly context: ReadonlyMap<string, ContextValue>
  readonly arnOf: (resource: string) => string
  /** The only actions that these policies are asked about; absent for all. */
  readonly actions?: ReadonlySet<string> | undefined
}

/** One need of a request and what was decided about it. */
export interface DecidedNeed {
  readonly need: PolicyNeed
  /** On the resource that decided. */
  readonly decision: PolicyDecision
  readonly context: PolicyContext
}

/** The answer to a request. */
export interface RequestDecision {
  readonly decision: PolicyDecision['decision']
  /** Why policies were not asked at all: AWS IoT refuses it before. */
  readonly refusedBefore?: string
  /** In the order in which they are asked; the first that is not allowed refuses the request. */
  readonly needs: readonly DecidedNeed[]
  /** The need that refuses, or the first where all are allowed; none where policies were not asked. */
  readonly deciding?: DecidedNeed
}

/** Decides about a request as the broker does: the same needs, in the same order, each of them to be allowed. */
export function decideRequest(facts: DecidingFacts, request: ClientRequest): RequestDecision {
  const refusedBefore = refusedByReservedTopic(request)
  const needs = needsOf(request, facts.arnOf)
    .filter(({ action }) => !facts.actions || facts.actions.has(action))
    .map((need) => decideNeed(facts, need))
  // The broker asks whether one may connect before it looks at the will.
  const beforeTopics = request.kind === 'connect' ? needs.slice(0, 1) : []
  const refusing = (refusedBefore === undefined ? needs : beforeTopics).find(isRefused)
  if (refusing) return { decision: refusing.decision.decision, needs, deciding: refusing }
  if (refusedBefore !== undefined) return { decision: 'IMPLICIT_DENY', refusedBefore, needs: [] }
  const [deciding] = needs
  return { decision: 'ALLOWED', needs, ...(deciding && { deciding }) }
}

const isRefused = ({ decision }: DecidedNeed): boolean => decision.decision !== 'ALLOWED'

/** Of several resources an explicit Deny on one decides, then an Allow on one. */
function decideNeed({ policies, context, arnOf }: DecidingFacts, need: PolicyNeed): DecidedNeed {
  const known = new PolicyContext(need.context ? new Map([...context, ...Object.entries(need.context)]) : context)
  const decisions = need.resources.map((resource) =>
    evaluate(policies, { action: need.action, resource: resource === '*' ? '*' : arnOf(resource), context: known }),
  )
  const decision =
    decisions.find((each) => each.decision === 'EXPLICIT_DENY') ??
    decisions.find((each) => each.decision === 'ALLOWED') ??
    decisions[0]
  if (!decision) throw new Error(`${need.action} needs a resource`)
  return { need, decision, context: known }
}
