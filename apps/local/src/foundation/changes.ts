/** Tells what changed, or what happened, to whoever keeps something that follows from it. */
export class Changes<Change> {
  readonly #listeners = new Set<(change: Change) => void>()
  readonly #onFault: ((error: unknown) => void) | undefined

  /** @param onFault where a listener's fault is no other's concern: hears what it throws, and the others hear the change */
  constructor(onFault?: (error: unknown) => void) {
    this.#onFault = onFault
  }

  /** Whether anybody listens: where a change costs something to describe, nobody need. */
  get isHeard(): boolean {
    return this.#listeners.size > 0
  }

  /**
   * Calls every listener, in the order in which they came, before it returns.
   * @throws what a listener throws, where nobody hears of faults: then those behind it do not hear of the change
   */
  tell(change: Change): void {
    for (const listener of this.#listeners) {
      try {
        listener(change)
      } catch (error) {
        if (!this.#onFault) throw error
        this.#onFault(error)
      }
    }
  }

  /** @returns a function that ends the subscription */
  subscribe(listener: (change: Change) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }
}
