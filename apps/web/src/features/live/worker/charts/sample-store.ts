const FIRST_CAPACITY = 256

/** Values over time in typed arrays, oldest out first beyond `maxSamples`. Times ascend: an earlier one is moved up. */
export class SampleStore {
  readonly #maxSamples: number
  #atMs = new Float64Array(FIRST_CAPACITY)
  #values = new Float64Array(FIRST_CAPACITY)
  #start = 0
  #size = 0
  #agedOut = 0
  /** Digits of the few numbers that no double holds, by how many samples came before. */
  readonly #exact = new Map<number, string>()

  constructor(maxSamples: number) {
    this.#maxSamples = Math.max(1, maxSamples)
  }

  get size(): number {
    return this.#size
  }

  get agedOut(): number {
    return this.#agedOut
  }

  /** How many of them are no more than near to what was sent, see {@link exactAt}. */
  get inexact(): number {
    return this.#exact.size
  }

  /** @param exact the number digit for digit, where `value` is another one */
  push(atMs: number, value: number, exact?: string): void {
    const latest = this.#size === 0 ? Number.NEGATIVE_INFINITY : this.atMs(this.#size - 1)
    if (this.#size === this.#atMs.length && this.#size < this.#maxSamples) this.#grow()
    if (this.#size === this.#atMs.length || this.#size === this.#maxSamples) {
      this.#start = (this.#start + 1) % this.#atMs.length
      this.#size -= 1
      this.#exact.delete(this.#agedOut)
      this.#agedOut += 1
    }
    const place = (this.#start + this.#size) % this.#atMs.length
    this.#atMs[place] = Math.max(atMs, latest)
    this.#values[place] = value
    if (exact !== undefined) this.#exact.set(this.#agedOut + this.#size, exact)
    this.#size += 1
  }

  /** `index` from 0, the oldest. */
  atMs(index: number): number {
    return this.#atMs[(this.#start + index) % this.#atMs.length] ?? 0
  }

  value(index: number): number {
    return this.#values[(this.#start + index) % this.#atMs.length] ?? 0
  }

  /** The number digit for digit, where the value is not it. */
  exactAt(index: number): string | undefined {
    return this.#exact.size === 0 ? undefined : this.#exact.get(this.#agedOut + index)
  }

  /** The first index whose time is not before `atMs`. */
  lowerBound(atMs: number): number {
    let low = 0
    let high = this.#size
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.atMs(middle) < atMs) low = middle + 1
      else high = middle
    }
    return low
  }

  #grow(): void {
    const capacity = Math.min(this.#maxSamples, this.#atMs.length * 2)
    const atMs = new Float64Array(capacity)
    const values = new Float64Array(capacity)
    for (let index = 0; index < this.#size; index++) {
      atMs[index] = this.atMs(index)
      values[index] = this.value(index)
    }
    this.#atMs = atMs
    this.#values = values
    this.#start = 0
  }
}
