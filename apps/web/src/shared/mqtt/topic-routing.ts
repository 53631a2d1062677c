import { matchedFilter, matches } from '@thingdeck/topics'
import type { SubscriptionRequest } from './message.ts'

const MAX_REMEMBERED = 100_000

/** Whichever connection a message comes on: a shared subscription sends it on one only. */
export const ANY_CONNECTION = -1

export interface Routes {
  readonly wishes: ReadonlyMap<string, readonly SubscriptionRequest[]>
  /** Connection of each filter that is on one only. */
  readonly places: ReadonlyMap<string, number>
}

/**
 * Which of several connections each consumer takes a topic from, and which filters a topic is of. Asked for every
 * message, so answers are remembered.
 */
export class TopicRouting {
  #routes: Routes = { wishes: new Map(), places: new Map() }
  #filters: readonly string[] = []
  readonly #filtersOf = new Map<string, readonly string[]>()
  readonly #ownerOf = new Map<string, number>()

  replace(routes: Routes, filters: readonly string[]): void {
    this.#routes = routes
    this.#filters = filters
    this.#filtersOf.clear()
    this.#ownerOf.clear()
  }

  /** Which connections are there has changed, and with it perhaps the owners. */
  connectionsChanged(): void {
    this.#ownerOf.clear()
  }

  filtersOf(topic: string): readonly string[] {
    const known = this.#filtersOf.get(topic)
    if (known) return known
    const filters = this.#filters.filter((filter) => isOf(topic, filter))
    if (this.#filtersOf.size >= MAX_REMEMBERED) this.#filtersOf.clear()
    this.#filtersOf.set(topic, filters)
    return filters
  }

  /** The first connection that is there and is subscribed to the topic for this consumer. */
  ownerOf(topic: string, consumer: string, isConnected: (connection: number) => boolean): number {
    const key = `${consumer}\n${topic}`
    const known = this.#ownerOf.get(key)
    if (known !== undefined) return known
    const { wishes, places } = this.#routes
    const candidates = (wishes.get(consumer) ?? []).flatMap(({ filter }) =>
      isOf(topic, filter) ? (places.get(filter) ?? []) : [],
    )
    const connected = candidates.filter(isConnected)
    const owner =
      candidates.length === 0 ? ANY_CONNECTION : Math.min(...(connected.length > 0 ? connected : candidates))
    if (this.#ownerOf.size >= MAX_REMEMBERED) this.#ownerOf.clear()
    this.#ownerOf.set(key, owner)
    return owner
  }
}

const isOf = (topic: string, filter: string) => matches(matchedFilter(filter), topic, { hashMatchesParent: true })
