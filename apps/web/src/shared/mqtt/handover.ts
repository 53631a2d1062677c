/**
 * Two connections with the same subscriptions, for the moment in which one replaces the other: each message comes
 * twice, once on each, in no common order. Emitting what either line has shown more often than was emitted so far
 * passes each message on once, and does not mistake two equal messages for one.
 *
 *     old: a b b c       emitted after each arrival, whichever line it came on:
 *     new:   b b c d     a, b, b, c, d
 */
export class Handover {
  readonly #emitted = new Map<string, number>()
  readonly #seen = { old: new Map<string, number>(), new: new Map<string, number>() }

  /** Whether this arrival is to be passed on. `key` tells equal messages: topic, QoS and payload. */
  admits(line: 'old' | 'new', key: string): boolean {
    const count = (this.#seen[line].get(key) ?? 0) + 1
    this.#seen[line].set(key, count)
    if (count <= (this.#emitted.get(key) ?? 0)) return false
    this.#emitted.set(key, count)
    return true
  }
}
