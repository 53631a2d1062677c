import { formatSharedSubscription, matchedFilter, overlaps, parseSharedSubscription } from '@thingdeck/topics'
import type { SubscriptionRequest } from './message.ts'
import type { SpreadSettings } from './status.ts'

/** AWS IoT quotas: subscriptions per connection, and messages per second to one connection. */
export interface ConnectionLimits {
  readonly subscriptions: number
  readonly messagesPerSecond: number
}

export const AWS_CONNECTION_LIMITS: ConnectionLimits = { subscriptions: 50, messagesPerSecond: 100 }

export interface SpreadWish {
  readonly requests: readonly SubscriptionRequest[]
  readonly settings: SpreadSettings
  /** Filters read by so many connections through a shared subscription. */
  readonly shares: ReadonlyMap<string, number>
  /** Filters that are to be on a connection of their own, as far as there are enough. */
  readonly apart: ReadonlySet<string>
  /** Where each filter is at present: it stays there if it can, because moving it makes a hole in the stream. */
  readonly present: ReadonlyMap<string, number>
}

export interface SpreadPlan {
  /** What each connection is subscribed to; the first is the main one. */
  readonly connections: readonly (readonly SubscriptionRequest[])[]
  /** Connection of each filter that is on one only. */
  readonly places: ReadonlyMap<string, number>
  /** Filters that are read through a shared subscription, with its filter. */
  readonly shared: ReadonlyMap<string, string>
  readonly unplaced: readonly string[]
}

/** Decides which connection is subscribed to what. Pure: the session group holds the connections to the answer. */
export interface SpreadStrategy {
  plan(wish: SpreadWish): SpreadPlan
}

/**
 * Fills connections in order, as few as can be: each filter stays where it is, else goes to the first connection with
 * room. Those that are to be apart go where the fewest such are, and shared ones to several connections at once.
 */
export function fewestConnections(shareName: string, limits = AWS_CONNECTION_LIMITS): SpreadStrategy {
  return {
    plan({ requests, settings, shares, apart, present }) {
      const most = settings.mode === 'off' ? 1 : settings.maxConnections
      const connections: SubscriptionRequest[][] = [[]]
      const places = new Map<string, number>()
      const shared = new Map<string, string>()
      const unplaced: string[] = []
      const at = (index: number): SubscriptionRequest[] => {
        while (connections.length <= index) connections.push([])
        return connections[index] ?? []
      }
      const hasRoom = (index: number) => index < most && (connections[index]?.length ?? 0) < limits.subscriptions
      const place = (request: SubscriptionRequest, index: number) => {
        at(index).push(request)
        places.set(request.filter, index)
      }

      const rest: SubscriptionRequest[] = []
      for (const request of requests) {
        const count = Math.min(most, shares.get(request.filter) ?? 1)
        if (count < 2) {
          rest.push(request)
          continue
        }
        const filter = formatSharedSubscription({ shareName, topicFilter: request.filter })
        shared.set(request.filter, filter)
        for (let index = 0; index < count; index++) at(index).push({ filter, qos: request.qos })
      }
      const stays = rest.filter(({ filter }) => !apart.has(filter) || most === 1)
      const moves = most === 1 ? [] : rest.filter(({ filter }) => apart.has(filter))
      for (const [number, request] of moves.entries()) place(request, 1 + (number % (most - 1)))
      const homeless = stays.filter((request) => {
        const index = present.get(request.filter)
        if (index === undefined || !hasRoom(index)) return true
        place(request, index)
        return false
      })
      for (const request of homeless) {
        let index = 0
        while (index < most && !hasRoom(index) && index < connections.length) index += 1
        if (hasRoom(index)) place(request, index)
        else unplaced.push(request.filter)
      }
      return { connections, places, shared, unplaced }
    },
  }
}

/**
 * Why a filter cannot be read through a shared subscription without messages being taken twice or left out; undefined
 * when it can. A message that another filter wants too would come once for each.
 */
export function whyNotShare(filter: string, others: readonly string[]): string | undefined {
  if (parseSharedSubscription(filter)) return `${filter} is a shared subscription already`
  const other = others.find((each) => each !== filter && overlaps(matchedFilter(each), filter))
  return other === undefined ? undefined : `${filter} has topics in common with ${other}`
}
