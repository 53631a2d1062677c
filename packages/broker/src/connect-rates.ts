import type { Limits } from './limits.ts'
import { TokenBucket } from './token-bucket.ts'
import type { Clock } from './types.ts'

/** Client ids whose last CONNECT is remembered, where there is a limit to their rate. */
const REMEMBERED = 100_000

/** How often each client id may connect. */
export class ConnectRates {
  readonly #ratePerSecond: number
  readonly #clock: Clock
  readonly #rates = new Map<string, TokenBucket>()

  constructor({ connectsPerSecondPerClientId }: Limits, clock: Clock) {
    this.#ratePerSecond = connectsPerSecondPerClientId
    this.#clock = clock
  }

  /** Whether the rate allows another CONNECT of that client id, which counts from now on. */
  take(clientId: string): boolean {
    if (!Number.isFinite(this.#ratePerSecond)) return true
    const nowMs = this.#clock.now()
    let rate = this.#rates.get(clientId)
    if (!rate) {
      if (this.#rates.size >= REMEMBERED) this.#rates.clear()
      rate = new TokenBucket(this.#ratePerSecond, nowMs)
      this.#rates.set(clientId, rate)
    }
    return rate.take(nowMs)
  }
}
