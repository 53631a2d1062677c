/** What one of the lines of a bulk change has for itself until it is done. */
export interface Hold {
  /** Waits until nobody else has any of these; once it has some, asking again for the same does not wait. */
  readonly hold: (what: readonly string[]) => Promise<void>
  readonly letGo: () => void
}

/**
 * Who has what at present, in one run. All that somebody wants is taken in the order of the names, so that no two wait
 * for each other, as long as each asks for all of it at once.
 */
export class Holds {
  readonly #held = new Map<string, Promise<void>>()

  forOne(): Hold {
    const own = new Map<string, () => void>()
    return {
      hold: async (what) => {
        for (const name of [...new Set(what)].sort()) {
          if (own.has(name)) continue
          for (let other = this.#held.get(name); other; other = this.#held.get(name)) await other
          const { promise, resolve } = Promise.withResolvers<void>()
          this.#held.set(name, promise)
          own.set(name, resolve)
        }
      },
      letGo: () => {
        for (const [name, resolve] of own) {
          this.#held.delete(name)
          resolve()
        }
        own.clear()
      },
    }
  }
}
