/** So many in each second of the clock, and no more. */
export class RatePerSecond {
  readonly #perSecond: number
  #second = 0
  #count = 0

  /** @param perSecond `Infinity` for no such bound */
  constructor(perSecond: number) {
    this.#perSecond = perSecond
  }

  /** Counts one more. @returns whether it may be */
  take(nowMs: number): boolean {
    const second = Math.floor(nowMs / 1000)
    if (second !== this.#second) {
      this.#second = second
      this.#count = 0
    }
    this.#count += 1
    return this.#count <= this.#perSecond
  }
}
