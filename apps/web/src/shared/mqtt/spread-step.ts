import { AWS_CONNECTION_LIMITS, type SpreadPlan, whyNotShare } from './spread-plan.ts'

/** What spreading further would do. */
export interface SpreadStep {
  readonly shares: readonly (readonly [filter: string, connections: number])[]
  readonly apart: readonly string[]
  readonly connections: number
  /** A sentence. */
  readonly reason: string
}

export interface SpreadSituation {
  readonly filters: readonly string[]
  readonly plan: SpreadPlan
  readonly shares: ReadonlyMap<string, number>
  readonly apart: ReadonlySet<string>
  /** Filters that the broker refused to share. */
  readonly notShared: ReadonlyMap<string, string>
  /** Messages in the last second, by filter. */
  readonly rates: ReadonlyMap<string, number>
  readonly maxConnections: number
}

/** A filter with less than this part of the limit is not what fills a connection. */
const NOTABLE = 0.1

/**
 * What would help the connection of number `full`, which stands at the broker's limit: its second filter on a connection
 * of its own; or, when one filter fills it alone, twice as many connections that share that filter. Undefined when
 * nothing would.
 */
export function nextStep(full: number, situation: SpreadSituation): SpreadStep | undefined {
  const { filters, plan, shares, apart, notShared, rates, maxConnections } = situation
  const limit = AWS_CONNECTION_LIMITS.messagesPerSecond
  const [hottest, next] = filters
    .filter((filter) => plan.places.get(filter) === full || plan.shared.has(filter))
    .map((filter) => ({ filter, rate: rates.get(filter) ?? 0 }))
    .sort((a, b) => b.rate - a.rate)
  if (!hottest || maxConnections < 2) return undefined
  if (next && next.rate > limit * NOTABLE && !apart.has(next.filter) && !plan.shared.has(next.filter)) {
    return {
      shares: [],
      apart: [next.filter],
      connections: Math.min(maxConnections, plan.connections.length + 1),
      reason: `${next.filter} would have a connection of its own.`,
    }
  }
  if ((notShared.get(hottest.filter) ?? whyNotShare(hottest.filter, filters)) !== undefined) return undefined
  const present = shares.get(hottest.filter) ?? 1
  const connections = Math.min(maxConnections, present * 2)
  if (connections <= present) return undefined
  return {
    shares: [[hottest.filter, connections]],
    apart: [],
    connections: Math.max(plan.connections.length, connections),
    reason: `${hottest.filter} alone brings ${limit} messages a second, so ${connections} connections would share it.`,
  }
}
