/** So many entries a second are kept for as long as it may be. */
export const ENTRIES_PER_SECOND = 20_000
/** So many may come at once after a quiet time. */
export const ENTRIES_AT_ONCE = 100_000

/**
 * How many entries are made: "AWS IoT may switch logging off under very high traffic", and so what is too much for the
 * machine is not logged, rather than that the broker waits for its log. What is lost is counted by log group.
 */
export class EntryRate {
  readonly #perSecond: number
  readonly #atOnce: number
  #tokens: number
  #filledAtMs = Number.NEGATIVE_INFINITY
  readonly #lost = new Map<string, number>()

  constructor(perSecond = ENTRIES_PER_SECOND, atOnce = ENTRIES_AT_ONCE) {
    this.#perSecond = perSecond
    this.#atOnce = atOnce
    this.#tokens = atOnce
  }

  /** Whether there is room for an entry, which then counts. */
  take(nowMs: number): boolean {
    if (nowMs !== this.#filledAtMs) this.#fill(nowMs)
    if (this.#tokens < 1) return false
    this.#tokens -= 1
    return true
  }

  /** Counts an entry for which there was no room. */
  lose(logGroupName: string): void {
    this.#lost.set(logGroupName, (this.#lost.get(logGroupName) ?? 0) + 1)
  }

  /** What was lost since it was asked last, by log group. */
  takeLost(): readonly (readonly [logGroupName: string, entries: number])[] {
    if (this.#lost.size === 0) return []
    const lost = [...this.#lost]
    this.#lost.clear()
    return lost
  }

  #fill(nowMs: number): void {
    const passedMs = Math.max(0, nowMs - this.#filledAtMs) // the clock may be put back
    this.#filledAtMs = nowMs
    this.#tokens = Math.min(this.#atOnce, this.#tokens + (passedMs / 1000) * this.#perSecond)
  }
}
