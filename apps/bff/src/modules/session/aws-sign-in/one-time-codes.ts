import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Clock } from '../../../clock.ts'

/** Long enough to switch to the browser and back. */
const CODE_LIFE_MS = 5 * 60_000

const hash = (code: string): Buffer => createHash('sha256').update(code).digest()

/**
 * Codes by which the person at the terminal becomes the person in the browser: every user and program of the machine
 * reaches the console's port, and only this person reads what it prints. There is one at a time, and each opens once.
 */
export class OneTimeCodes {
  readonly #clock: Clock
  #current: { readonly hash: Buffer; readonly endsAtMs: number } | undefined

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** A new one; the one before is good no more. */
  make(): string {
    const code = randomBytes(24).toString('base64url')
    this.#current = { hash: hash(code), endsAtMs: this.#clock.nowMs() + CODE_LIFE_MS }
    return code
  }

  /** Whether it opens the console: once. */
  take(code: string): boolean {
    const current = this.#current
    if (!current || this.#clock.nowMs() >= current.endsAtMs) return false
    if (!timingSafeEqual(hash(code), current.hash)) return false
    this.#current = undefined
    return true
  }
}
