import type { ConnectionLimits } from './spread-plan.ts'

/** So many seconds in a row at the limit are no chance. */
const SECONDS_AT_LIMIT = 5
/** How far their mean may be off. A single one is off by more where a machine is busy and what was late comes at once. */
const MEAN_TOLERANCE = 0.06
const SECOND_TOLERANCE = 0.5
/** So many seconds in a row far above the limit are no burst: this broker does not hold to it. */
const SECONDS_ABOVE = 3
const FAR_ABOVE = 1.5

/**
 * Watches the rate of one connection, second by second. AWS discards what is above its limit without a word; what can
 * be seen is a rate that stands still at the limit. A rate above it shows that this broker has no such limit.
 */
export class RateWatch {
  readonly #limit: number
  /** Rates of the last seconds, oldest first. */
  #rates: number[] = []
  #atLimitSinceMs: number | undefined
  #secondsAbove = 0

  constructor({ messagesPerSecond }: ConnectionLimits) {
    this.#limit = messagesPerSecond
  }

  get isAtLimit(): boolean {
    return this.#atLimitSinceMs !== undefined
  }

  /** Takes the rate of the second that ends at `nowMs`. Answers the span at the limit when it is over. */
  second(perSecond: number, nowMs: number): { readonly fromMs: number; readonly toMs: number } | undefined {
    const isUnlimited = this.#secondsAbove >= SECONDS_ABOVE
    if (!isUnlimited) this.#secondsAbove = perSecond > this.#limit * FAR_ABOVE ? this.#secondsAbove + 1 : 0
    this.#rates = [...this.#rates, perSecond].slice(-SECONDS_AT_LIMIT)
    if (!isUnlimited && this.#standsAtLimit()) {
      this.#atLimitSinceMs ??= nowMs - SECONDS_AT_LIMIT * 1_000
      return undefined
    }
    return this.#end(nowMs - 1_000)
  }

  /** Counts anew. Answers the span at the limit that ends with it, at `nowMs`, if there was one. */
  reset(nowMs: number): { readonly fromMs: number; readonly toMs: number } | undefined {
    this.#rates = []
    return this.#end(nowMs)
  }

  #standsAtLimit(): boolean {
    const rates = this.#rates
    const mean = rates.reduce((sum, rate) => sum + rate, 0) / rates.length
    const isNear = (rate: number, tolerance: number) => Math.abs(rate - this.#limit) <= this.#limit * tolerance
    return (
      rates.length === SECONDS_AT_LIMIT &&
      isNear(mean, MEAN_TOLERANCE) &&
      rates.every((rate) => isNear(rate, SECOND_TOLERANCE))
    )
  }

  #end(toMs: number): { readonly fromMs: number; readonly toMs: number } | undefined {
    const fromMs = this.#atLimitSinceMs
    this.#atLimitSinceMs = undefined
    return fromMs === undefined ? undefined : { fromMs, toMs }
  }
}
