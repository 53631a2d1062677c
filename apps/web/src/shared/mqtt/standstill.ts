import type { Clock } from './clock.ts'

const BEAT_MS = 1_000
/** A beat later than this is no busy moment: nothing ran here, so that what came bears the time of waking. */
const MOST_LATE_MS = 3_000

/**
 * Notices that nothing ran here for a while: the machine slept, or the browser stopped the page. There is no event for
 * it, so there is a beat, which then comes late. Messages that waited are handed over before the beat or after it,
 * so whoever takes one asks first.
 */
export class StandstillWatch {
  readonly #clock: Clock
  readonly #onStandstill: (fromMs: number, toMs: number) => void
  #lastMs = 0
  #cancel: (() => void) | undefined

  /** @param onStandstill told when it ran last, and when it does again (epoch ms) */
  constructor(clock: Clock, onStandstill: (fromMs: number, toMs: number) => void) {
    this.#clock = clock
    this.#onStandstill = onStandstill
  }

  start(): void {
    if (this.#cancel) return
    this.#lastMs = this.#clock.nowMs()
    this.#beat()
  }

  stop(): void {
    this.#cancel?.()
    this.#cancel = undefined
  }

  /** Something is about to be given the time of now. */
  look(): void {
    if (!this.#cancel) return
    const nowMs = this.#clock.nowMs()
    const lastMs = this.#lastMs
    this.#lastMs = nowMs
    if (nowMs - lastMs > MOST_LATE_MS) this.#onStandstill(lastMs, nowMs)
  }

  #beat(): void {
    this.#cancel = this.#clock.after(BEAT_MS, () => {
      this.look()
      this.#beat()
    })
  }
}
