import type { ConnectionLimits } from './spread-plan.ts'

/** So many seconds in a row at the limit are no chance. */
const SECONDS_AT_LIMIT = 5
const TOLERANCE = 0.04

/**
 * Watches the rate of one connection, second by second. AWS discards what is above its limit without a word; what can
 * be seen is a rate that stands still at the limit. A rate above it shows that this broker has no such limit.
 */
export class RateWatch {
  readonly #limit: number
  #secondsAtLimit = 0
  #sinceMs = 0
  #isUnlimited = false

  constructor({ messagesPerSecond }: ConnectionLimits) {
    this.#limit = messagesPerSecond
  }

  get isAtLimit(): boolean {
    return this.#secondsAtLimit >= SECONDS_AT_LIMIT
  }

  /** Takes the messages of the second that ends at `nowMs`. Answers the span at the limit when it is over. */
  second(messages: number, nowMs: number): { readonly fromMs: number; readonly toMs: number } | undefined {
    if (messages > this.#limit * (1 + TOLERANCE) * 1.5) this.#isUnlimited = true
    const isNear = Math.abs(messages - this.#limit) <= this.#limit * TOLERANCE
    if (isNear && !this.#isUnlimited) {
      if (this.#secondsAtLimit === 0) this.#sinceMs = nowMs - 1_000
      this.#secondsAtLimit += 1
      return undefined
    }
    const span = this.isAtLimit ? { fromMs: this.#sinceMs, toMs: nowMs - 1_000 } : undefined
    this.#secondsAtLimit = 0
    return span
  }

  /** Counts anew, because what the connection reads has changed. */
  reset(): void {
    this.#secondsAtLimit = 0
  }
}
