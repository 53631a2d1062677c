/** Digits that a value keeps: percentiles are right to half a percent, whole numbers below a thousand exactly. */
const DIGITS = 3

/** How often which value occurred, each to three digits, so that there are never many. */
export class Distribution {
  readonly #times = new Map<number, number>()

  /** @param values `[value, times]` */
  constructor(values: Iterable<readonly [value: number, times: number]> = []) {
    for (const [value, times] of values) this.add(value, times)
  }

  add(value: number, times: number): void {
    const rounded = Number(value.toPrecision(DIGITS))
    this.#times.set(rounded, (this.#times.get(rounded) ?? 0) + times)
  }

  /** `[value, times]`, the smallest value first. */
  get values(): (readonly [value: number, times: number])[] {
    return [...this.#times].sort(([a], [b]) => a - b)
  }
}
