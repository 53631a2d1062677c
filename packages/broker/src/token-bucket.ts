/** Allows `ratePerSecond` events a second, and as many at once after a second's rest. */
export class TokenBucket {
  readonly #ratePerSecond: number
  readonly #capacity: number
  #tokens: number
  #filledAtMs: number

  constructor(ratePerSecond: number, nowMs: number) {
    this.#ratePerSecond = ratePerSecond
    this.#capacity = Math.max(1, ratePerSecond)
    this.#tokens = this.#capacity
    this.#filledAtMs = nowMs
  }

  /** Takes `count` tokens if one is there; the debt of a larger count is paid by those who come later. */
  take(nowMs: number, count = 1): boolean {
    if (this.#ratePerSecond === Number.POSITIVE_INFINITY) return true
    this.#fill(nowMs)
    if (this.#tokens < Math.min(1, count)) return false
    this.#tokens -= count
    return true
  }

  /** Milliseconds until {@link take} succeeds. */
  waitMs(nowMs: number): number {
    if (this.#ratePerSecond === Number.POSITIVE_INFINITY) return 0
    this.#fill(nowMs)
    return this.#tokens >= 1 ? 0 : Math.ceil(((1 - this.#tokens) / this.#ratePerSecond) * 1000)
  }

  #fill(nowMs: number): void {
    const passedMs = Math.max(0, nowMs - this.#filledAtMs)
    this.#filledAtMs = nowMs
    this.#tokens = Math.min(this.#capacity, this.#tokens + (passedMs / 1000) * this.#ratePerSecond)
  }
}

/** A bucket, unless the rate is `Infinity`: then nothing is to be counted. */
export function rateLimit(ratePerSecond: number, nowMs: number): TokenBucket | undefined {
  return Number.isFinite(ratePerSecond) ? new TokenBucket(ratePerSecond, nowMs) : undefined
}
