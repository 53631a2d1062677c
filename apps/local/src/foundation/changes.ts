/** Tells what changed, or what happened, to whoever keeps something that follows from it. */
export class Changes<Change> {
  readonly #listeners = new Set<(change: Change) => void>()

  /** Whether anybody listens: where a change costs something to describe, nobody need. */
  get isHeard(): boolean {
    return this.#listeners.size > 0
  }

  /**
   * Calls every listener, in the order in which they came, before it returns.
   * @throws what a listener throws: it is a fault of the server, and those behind it do not hear
   */
  tell(change: Change): void {
    for (const listener of this.#listeners) listener(change)
  }

  /** @returns a function that ends the subscription */
  subscribe(listener: (change: Change) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }
}
