import { hasWildcard } from './topic-filter.ts'

/** The longest that a topic's answer stays unused is until this many other topics were asked for. */
const MOST_TOPICS = 10_000

/**
 * What was found out about topics, as of which filters match each: most of a fleet publishes to the same topics again.
 * Whoever asks for it forgets it all when that may have become another.
 */
export class KeptByTopic<Found> {
  readonly #found = new Map<string, Found>()
  readonly #find: (topic: string) => Found

  constructor(find: (topic: string) => Found) {
    this.#find = find
  }

  get(topic: string): Found {
    let found = this.#found.get(topic)
    if (found === undefined) {
      found = this.#find(topic)
      if (this.#found.size >= MOST_TOPICS) this.#found.clear()
      this.#found.set(topic, found)
    }
    return found
  }

  /** `filter`: what was found about topics that it does not match may stay; left out, nothing may. */
  forget(filter?: string): void {
    if (filter === undefined || hasWildcard(filter)) this.#found.clear()
    else this.#found.delete(filter)
  }
}
