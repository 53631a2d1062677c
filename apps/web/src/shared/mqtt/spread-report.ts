import { AWS_CONNECTION_LIMITS, type SpreadPlan } from './spread-plan.ts'
import type { SpreadStep } from './spread-step.ts'
import type { SpreadReport, SpreadSettings } from './status.ts'

export interface SpreadFacts {
  readonly plan: SpreadPlan
  readonly settings: SpreadSettings
  /** Topic filters in all. */
  readonly filters: number
  readonly apart: ReadonlySet<string>
  /** Why filters could not be shared, a clause each. */
  readonly notShared: readonly string[]
  readonly offer: SpreadStep | undefined
}

/** What spreading does and what it costs, in sentences for a person. */
export function spreadReport({ plan, settings, filters, apart, notShared, offer }: SpreadFacts): SpreadReport {
  const { shared, unplaced, connections } = plan
  const { subscriptions, messagesPerSecond } = AWS_CONNECTION_LIMITS
  const isMany = filters > subscriptions && connections.length > 1
  const reasons = [
    isMany && `${filters} topic filters are more than the ${subscriptions} that one connection holds.`,
    shared.size > 0 &&
      `${[...shared.keys()].join(', ')}: more messages than the ${messagesPerSecond} a second that AWS passes on one connection.`,
    apart.size > 0 && `${[...apart].join(', ')}: apart from the others, because together they were at the limit.`,
    ...notShared.map((why) => `${why}.`),
  ].filter((reason) => typeof reason === 'string')
  return {
    settings,
    connections: connections.length,
    reasons,
    costs: costsOf(connections.length, shared.size > 0),
    shared: [...shared.keys()],
    ...(offer
      ? {
          offer: {
            connections: offer.connections,
            reason: offer.reason,
            costs: costsOf(offer.connections, shared.size > 0 || offer.shares.length > 0),
          },
        }
      : {}),
    unplaced,
  }
}

/** AWS IoT Core pricing: connection minutes; developer guide, "Shared subscriptions". */
function costsOf(connections: number, isShared: boolean): readonly string[] {
  if (connections < 2) return []
  return [
    `${connections} connections are billed by the minute, and count as ${connections} of the account's.`,
    'Messages of different connections may come in another order than they were published.',
    ...(isShared
      ? [
          'A shared subscription brings no retained messages, and at QoS 0 what is sent to a member that is away is lost.',
        ]
      : []),
  ]
}
