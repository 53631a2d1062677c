const CHUNK = 8_192

/**
 * Ascending numbers that grow at the end and are dropped from the beginning, each at a position that it keeps. A million
 * of them are eight megabytes, not a million objects.
 */
export class SequenceList {
  #chunks: Float64Array[] = []
  /** Position of the first number of `#chunks[0]`. */
  #base = 0
  #first = 0
  #next = 0

  get first(): number {
    return this.#first
  }

  /** One behind the last position. */
  get next(): number {
    return this.#next
  }

  push(value: number): void {
    const index = this.#next - this.#base
    if (index === this.#chunks.length * CHUNK) this.#chunks.push(new Float64Array(CHUNK))
    const chunk = this.#chunks[Math.floor(index / CHUNK)]
    if (chunk) chunk[index % CHUNK] = value
    this.#next += 1
  }

  at(position: number): number | undefined {
    if (position < this.#first || position >= this.#next) return undefined
    const index = position - this.#base
    return this.#chunks[Math.floor(index / CHUNK)]?.[index % CHUNK]
  }

  dropFirst(): void {
    if (this.#first === this.#next) return
    this.#first += 1
    if (this.#first - this.#base < CHUNK) return
    this.#chunks.shift()
    this.#base += CHUNK
  }

  /** The first position whose `keyOf(number)` is not below `key`, of numbers whose keys ascend. */
  lowerBound(key: number, keyOf: (value: number) => number): number {
    let low = this.#first
    let high = this.#next
    while (low < high) {
      const middle = Math.floor((low + high) / 2)
      if (keyOf(this.at(middle) ?? 0) < key) low = middle + 1
      else high = middle
    }
    return low
  }
}
