import {
  bindPolicies,
  type CompiledPolicies,
  type ContextValue,
  evaluate,
  explain,
  fastAllows,
  PolicyContext,
  type PolicyDecision,
} from '@thingdeck/policies'

/** Policies of which at least one statement must allow, and none deny. */
export interface PolicySet {
  readonly policies: CompiledPolicies
  /** The only actions that this set is asked about; absent for all. */
  readonly actions?: ReadonlySet<string>
}

/** All that decides about a principal on one connection. No set at all means that everything is allowed. */
export interface Grant {
  /** Every set must allow: an identity of Cognito needs its role's policies and its IoT policies. */
  readonly sets: readonly PolicySet[]
  /** What is known of the connection, by context key. */
  readonly context: ReadonlyMap<string, ContextValue>
}

/** Why something is refused. */
export interface Denial {
  readonly action: string
  readonly resource: string
  /** A sentence that names the statement that denied, or says that none allowed. */
  readonly reason: string
  readonly decision: PolicyDecision
}

/** Topics come from clients, so that what is remembered about them is bounded. */
const MAX_REMEMBERED = 2000

/**
 * What one connection may do. Policies are bound to the connection's context once, and decisions are remembered, until
 * something they rest on changes.
 */
export class Permissions {
  readonly #load: () => Grant
  #grant: Grant | undefined
  #bound: readonly PolicySet[] = []
  readonly #decisions = new Map<string, boolean>()

  /** @param load reads the principal's policies as they are now */
  constructor(load: () => Grant) {
    this.#load = load
  }

  may(action: string, resource: string): boolean {
    const key = `${action} ${resource}`
    const known = this.#decisions.get(key)
    if (known !== undefined) return known
    this.#current()
    const allowed = this.#bound.every(
      ({ policies, actions }) => (actions && !actions.has(action)) || fastAllows(policies, action, resource),
    )
    if (this.#decisions.size >= MAX_REMEMBERED) this.#decisions.clear()
    this.#decisions.set(key, allowed)
    return allowed
  }

  /** Whether {@link may} has been asked this since the last change, so that its answer has been told before. */
  remembers(action: string, resource: string): boolean {
    return this.#decisions.has(`${action} ${resource}`)
  }

  /** The answer with its reason, for one request with values of its own; undefined if it is allowed. */
  denial(action: string, resource: string, extra?: Readonly<Record<string, ContextValue>>): Denial | undefined {
    const { sets, context } = this.#current()
    const full = new PolicyContext(extra ? new Map([...context, ...Object.entries(extra)]) : context)
    for (const { policies, actions } of sets) {
      if (actions && !actions.has(action)) continue
      const decision = evaluate(policies, { action, resource, context: full })
      if (decision.decision !== 'ALLOWED') return { action, resource, reason: explain(decision), decision }
    }
    return undefined
  }

  /** Something changed that decisions rest on: they are made anew. */
  invalidate(): void {
    this.#grant = undefined
    this.#decisions.clear()
  }

  #current(): Grant {
    if (!this.#grant) {
      this.#grant = this.#load()
      const { sets, context } = this.#grant
      const bound = new PolicyContext(context)
      this.#bound = sets.map((set) => ({ ...set, policies: bindPolicies(set.policies, bound) }))
    }
    return this.#grant
  }
}
