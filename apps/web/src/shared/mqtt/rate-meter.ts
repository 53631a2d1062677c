import type { Clock } from './clock.ts'

const WINDOW_MS = 1_000

/** Counts, and says once a second how many came in that second; silent while there are none. */
export class RateMeter {
  readonly #clock: Clock
  readonly #onChange: () => void
  #total = 0
  #totalBefore = 0
  #perSecond = 0
  #cancel: (() => void) | undefined

  constructor(clock: Clock, onChange: () => void) {
    this.#clock = clock
    this.#onChange = onChange
  }

  get total(): number {
    return this.#total
  }

  get perSecond(): number {
    return this.#perSecond
  }

  count(): void {
    this.#total += 1
    this.#cancel ??= this.#clock.after(WINDOW_MS, () => this.#measure())
  }

  stop(): void {
    this.#cancel?.()
    this.#cancel = undefined
    this.#totalBefore = this.#total
    this.#perSecond = 0
  }

  #measure(): void {
    this.#perSecond = this.#total - this.#totalBefore
    this.#totalBefore = this.#total
    this.#cancel = this.#perSecond === 0 ? undefined : this.#clock.after(WINDOW_MS, () => this.#measure())
    this.#onChange()
  }
}
