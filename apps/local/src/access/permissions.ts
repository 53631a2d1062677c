import {
  bindPolicies,
  type CompiledPolicies,
  type ContextValue,
  evaluate,
  explain,
  fastAllows,
  PolicyContext,
} from '@thingdeck/policies'
import type { ConnectionPermissions, Denial, TopicAction } from '../foundation/access.ts'

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

/** Topics come from clients, so that what is remembered about them is bounded. */
const MAX_REMEMBERED = 2000

/**
 * What one connection may do. Policies are bound to the connection's context when first needed, and decisions about
 * topics are remembered, until something they rest on changes.
 */
export class Permissions implements ConnectionPermissions {
  readonly #load: () => Grant
  /** Idle connections, which are most of a fleet, have neither these nor decisions. */
  #bound: readonly PolicySet[] | undefined
  #decisions: Partial<Record<TopicAction, Map<string, boolean>>> | undefined

  /** @param load reads the principal's policies as they are now */
  constructor(load: () => Grant) {
    this.#load = load
  }

  /** The decision that was made about a topic since the last change; undefined if there was none. */
  recall(action: TopicAction, topic: string): boolean | undefined {
    return this.#decisions?.[action]?.get(topic)
  }

  /** @param resource the topic's ARN */
  decide(action: TopicAction, topic: string, resource: string): boolean {
    this.#bound ??= this.#bind()
    const allowed = this.#bound.every(
      ({ policies, actions }) => (actions && !actions.has(action)) || fastAllows(policies, action, resource),
    )
    this.#decisions ??= {}
    let decisions = this.#decisions[action]
    if (!decisions) {
      decisions = new Map()
      this.#decisions[action] = decisions
    }
    if (decisions.size >= MAX_REMEMBERED) decisions.clear()
    decisions.set(topic, allowed)
    return allowed
  }

  /** The answer with its reason, for one request with values of its own; undefined if it is allowed. */
  denial(action: string, resource: string, extra?: Readonly<Record<string, ContextValue>>): Denial | undefined {
    const { sets, context } = this.#load()
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
    this.#bound = undefined
    this.#decisions = undefined
  }

  #bind(): PolicySet[] {
    const { sets, context } = this.#load()
    const bound = new PolicyContext(context)
    return sets.map((set) => ({ ...set, policies: bindPolicies(set.policies, bound) }))
  }
}
