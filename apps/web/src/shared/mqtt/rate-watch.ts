import type { ConnectionLimits } from './spread-plan.ts'

/** So many seconds in a row at the limit are no chance. */
const SECONDS_AT_LIMIT = 5
const TOLERANCE = 0.06
/** So many seconds in a row far above the limit are no burst: this broker does not hold to it. */
const SECONDS_ABOVE = 3
const FAR_ABOVE = 1.5

/**
 * Watches the rate of one connection, second by second. AWS discards what is above its limit without a word; what can
 * be seen is a rate that stands still at the limit. A rate above it shows that this broker has no such limit.
 */
export class RateWatch {
  readonly #limit: number
  #secondsAtLimit = 0
  #secondsAbove = 0
  #sinceMs = 0

  constructor({ messagesPerSecond }: ConnectionLimits) {
    this.#limit = messagesPerSecond
  }

  get isAtLimit(): boolean {
    return this.#secondsAtLimit >= SECONDS_AT_LIMIT
  }

  /** Takes the rate of the second that ends at `nowMs`. Answers the span at the limit when it is over. */
  second(perSecond: number, nowMs: number): { readonly fromMs: number; readonly toMs: number } | undefined {
    const isUnlimited = this.#secondsAbove >= SECONDS_ABOVE
    if (!isUnlimited) this.#secondsAbove = perSecond > this.#limit * FAR_ABOVE ? this.#secondsAbove + 1 : 0
    const isNear = Math.abs(perSecond - this.#limit) <= this.#limit * TOLERANCE
    if (isNear && !isUnlimited) {
      if (this.#secondsAtLimit === 0) this.#sinceMs = nowMs - 1_000
      this.#secondsAtLimit += 1
      return undefined
    }
    return this.reset(nowMs - 1_000)
  }

  /** Counts anew. Answers the span at the limit that ends with it, at `nowMs`, if there was one. */
  reset(nowMs: number): { readonly fromMs: number; readonly toMs: number } | undefined {
    const span = this.isAtLimit ? { fromMs: this.#sinceMs, toMs: nowMs } : undefined
    this.#secondsAtLimit = 0
    return span
  }
}
