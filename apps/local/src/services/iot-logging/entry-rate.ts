/** After a quiet time so many seconds' entries may come at once. */
const AT_ONCE_SECONDS = 1

/**
 * How many entries are made: "AWS IoT may switch logging off under very high traffic", and so what is too much for the
 * machine is not logged, rather than that the broker waits for its log. A server that is busy and shares the machine makes
 * fewer: as many less as it has less of it.
 */
export class EntryRate {
  readonly #perSecond: number
  readonly #atOnce: number
  readonly #share: () => number
  #tokens: number
  #filledAtMs = Number.NEGATIVE_INFINITY

  /** `perSecond`: `Infinity` for no bound. `share`: how much of the machine there is, 0 to 1 */
  constructor(perSecond: number, share: () => number) {
    this.#share = share
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

  #fill(nowMs: number): void {
    const passedMs = Math.max(0, nowMs - this.#filledAtMs) // the clock may be put back
    this.#filledAtMs = nowMs
    if (passedMs === 0) return
    this.#tokens = Math.min(this.#atOnce, this.#tokens + (passedMs / 1000) * this.#perSecond * this.#share())
  }
}
