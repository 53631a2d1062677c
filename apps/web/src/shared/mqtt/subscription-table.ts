import { matchedFilter, matches, parseSharedSubscription, TopicFilterTrie } from '@thingdeck/topics'
import type { Qos, SubscriptionRequest } from './message.ts'

/** How a filter stands at the broker. `code` is MQTT 5's reason code of the SUBACK. */
export type SubscriptionStatus =
  | { readonly kind: 'pending' }
  | { readonly kind: 'active'; readonly qos: Qos }
  | { readonly kind: 'refused'; readonly code: number; readonly reason: string }

export interface SubscriptionState {
  readonly filter: string
  readonly qos: Qos
  readonly status: SubscriptionStatus
}

interface Entry {
  readonly wishes: Map<string, Qos>
  qos: Qos
  status: SubscriptionStatus
}

const MAX_REMEMBERED_TOPICS = 100_000

/**
 * Who wants which topic filters on one connection. Several consumers may want the same filter: it is wanted until the
 * last of them lets go.
 */
export class SubscriptionTable {
  readonly #entries = new Map<string, Entry>()
  // What the broker sends, some filter asked for: a broker that follows MQTT 5.0 §4.7.1.2 sends `a` for `a/#`.
  readonly #consumers = new TopicFilterTrie<string>({ hashMatchesParent: true })

  readonly #byTopic = new Map<string, readonly string[]>()

  /** Makes `requests` all that `consumer` wants. */
  replace(consumer: string, requests: readonly SubscriptionRequest[]): void {
    this.#byTopic.clear()
    const wanted = new Map(requests.map(({ filter, qos }) => [filter, qos]))

    for (const [filter, entry] of this.#entries) {
      if (wanted.has(filter) || !entry.wishes.delete(consumer)) continue
      this.#consumers.remove(matchedFilter(filter), consumer)
      if (entry.wishes.size === 0) this.#entries.delete(filter)
    }
    for (const [filter, qos] of wanted) {
      const entry: Entry = this.#entries.get(filter) ?? { wishes: new Map(), qos, status: { kind: 'pending' } }
      const known = this.#entries.has(filter)
      this.#entries.set(filter, entry)
      entry.wishes.set(consumer, qos)
      this.#consumers.add(matchedFilter(filter), consumer)
      const highest: Qos = [...entry.wishes.values()].includes(1) ? 1 : 0
      if (known && highest === entry.qos) continue
      entry.qos = highest
      entry.status = { kind: 'pending' }
    }
  }

  /** Every filter, as a connection must be subscribed to it: once, with the highest QoS asked for. */
  all(): readonly SubscriptionRequest[] {
    return Array.from(this.#entries, ([filter, { qos }]) => ({ filter, qos }))
  }

  /** Notes what the broker answered; late answers for filters that nobody wants any more are ignored. */
  answered(filter: string, status: SubscriptionStatus): void {
    const entry = this.#entries.get(filter)
    if (entry) entry.status = status
  }

  /** The connection is gone: no filter is in force. */
  disconnected(): void {
    for (const entry of this.#entries.values()) entry.status = { kind: 'pending' }
  }

  states(): readonly SubscriptionState[] {
    return Array.from(this.#entries, ([filter, { qos, status }]) => ({ filter, qos, status }))
  }

  stateOf(filter: string): SubscriptionState | undefined {
    const entry = this.#entries.get(filter)
    return entry && { filter, qos: entry.qos, status: entry.status }
  }

  /** Whether a message on `topic` comes by shared subscriptions alone, which the broker sends on one connection only. */
  isShared(topic: string): boolean {
    const matching = [...this.#entries.keys()].filter((filter) =>
      matches(matchedFilter(filter), topic, { hashMatchesParent: true }),
    )
    return matching.length > 0 && matching.every((filter) => parseSharedSubscription(filter) !== undefined)
  }

  /** Each consumer that wants a message on `topic`, once. Asked for every message, so answers are remembered. */
  consumersOf(topic: string): readonly string[] {
    const known = this.#byTopic.get(topic)
    if (known) return known
    const consumers = [...new Set(this.#consumers.matching(topic))]
    if (this.#byTopic.size >= MAX_REMEMBERED_TOPICS) this.#byTopic.clear()
    this.#byTopic.set(topic, consumers)
    return consumers
  }
}
