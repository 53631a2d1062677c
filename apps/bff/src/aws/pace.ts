import type { Clock } from '../clock.ts'

/** Lets callers pass one after the other, so many a second at most. */
export class Pace {
  readonly #clock: Clock
  readonly #intervalMs: number
  #nextMs = 0

  constructor(clock: Clock, perSecond: number) {
    this.#clock = clock
    this.#intervalMs = 1_000 / perSecond
  }

  /**
   * Resolves when it is one's turn.
   * @throws the reason of the signal, at once, when the caller leaves
   */
  turn(signal?: AbortSignal): Promise<void> {
    const nowMs = this.#clock.nowMs()
    const atMs = Math.max(nowMs, this.#nextMs)
    this.#nextMs = atMs + this.#intervalMs
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason)
      if (atMs <= nowMs) return resolve()
      const leave = () => reject(signal?.reason)
      signal?.addEventListener('abort', leave, { once: true })
      this.#clock.after(atMs - nowMs, () => {
        signal?.removeEventListener('abort', leave)
        resolve()
      })
    })
  }

  /** AWS said that it is too much: nobody passes for a while. */
  holdMs(delayMs: number): void {
    this.#nextMs = Math.max(this.#nextMs, this.#clock.nowMs() + delayMs)
  }
}
