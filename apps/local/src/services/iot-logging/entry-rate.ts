/** After a quiet time so many seconds' entries may come at once. */
const AT_ONCE_SECONDS = 1

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

  /** `perSecond`: `Infinity` for no bound */
  constructor(perSecond: number) {
    this.#perSecond = perSecond
    this.#atOnce = perSecond * AT_ONCE_SECONDS
    this.#tokens = this.#atOnce
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
    if (passedMs > 0) this.#tokens = Math.min(this.#atOnce, this.#tokens + (passedMs / 1000) * this.#perSecond)
  }
}
