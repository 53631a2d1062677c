/** As `Changes`, for what happens so often that nothing should be made to tell of it: what is told are three arguments. */
export class Signal<A, B, C> {
  #listeners: readonly ((a: A, b: B, c: C) => void)[] = []
  readonly #onFault: (error: unknown) => void

  /** @param onFault hears what a listener throws; the others hear what is told all the same */
  constructor(onFault: (error: unknown) => void) {
    this.#onFault = onFault
  }

  /** Whether anybody listens. */
  get isHeard(): boolean {
    return this.#listeners.length > 0
  }

  /** Calls every listener, in the order in which they came, before it returns. */
  tell(a: A, b: B, c: C): void {
    const listeners = this.#listeners
    for (let index = 0; index < listeners.length; index++) {
      try {
        listeners[index]?.(a, b, c)
      } catch (error) {
        this.#onFault(error)
      }
    }
  }

  /** @returns a function that ends the subscription */
  subscribe(listener: (a: A, b: B, c: C) => void): () => void {
    this.#listeners = [...this.#listeners, listener]
    return () => {
      this.#listeners = this.#listeners.filter((each) => each !== listener)
    }
  }
}
