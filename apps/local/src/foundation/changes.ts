/** Tells what changed, or what happened, to whoever keeps something that follows from it. */
export class Changes<Change> {
  readonly #listeners = new Set<(change: Change) => void>()
  readonly #onFault: ((error: unknown) => void) | undefined
  #held: Change[] | undefined

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
    if (this.#held) this.#held.push(change)
    else this.#deliver(change)
  }

  /**
   * Keeps what is told from listeners until it is known whether it stays: several changes that are all made, or none.
   * @returns what ends that: with `true` they hear of all, in order; with `false` of none. Who holds ends it before
   *   anything else can be told.
   */
  hold(): (stays: boolean) => void {
    if (this.#held) throw new Error('changes are held already')
    const held: Change[] = []
    this.#held = held
    return (stays) => {
      this.#held = undefined
      if (stays) for (const change of held) this.#deliver(change)
    }
  }

  #deliver(change: Change): void {
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
