/** Above this many values a linear search costs more than a hash. */
const FEW = 16

/**
 * A set built for what a node of the trie holds: most often one value, sometimes a hundred thousand.
 *
 * A visitor may add to and remove from the set it is visiting. The array is replaced, never changed, so a visit goes on
 * over what was there when it began; the `Set` skips what was removed before its turn.
 */
export class SubscriberSet<T> {
  #few: readonly T[] = []
  #many: Set<T> | undefined

  get size(): number {
    return this.#many?.size ?? this.#few.length
  }

  has(value: T): boolean {
    return this.#many?.has(value) ?? this.#few.includes(value)
  }

  /** Whether `value` was not there before. */
  add(value: T): boolean {
    if (this.has(value)) return false
    if (this.#many) this.#many.add(value)
    else if (this.#few.length < FEW) this.#few = [...this.#few, value]
    else {
      this.#many = new Set(this.#few).add(value)
      this.#few = []
    }
    return true
  }

  /** Whether `value` was there. */
  delete(value: T): boolean {
    if (this.#many) return this.#many.delete(value)
    if (!this.#few.includes(value)) return false
    this.#few = this.#few.filter((each) => each !== value)
    return true
  }

  visit(visitor: (value: T) => void): void {
    for (const value of this.#many ?? this.#few) visitor(value)
  }
}
