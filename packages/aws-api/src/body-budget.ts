/** What bodies that are being read may take together: as the broker's memory for its clients, which is another's. */
const LIMIT_BYTES = 268_435_456

/** What one request takes of a budget. */
export interface BodyShare {
  /** Takes more; false where there is no room. */
  hold(bytes: number): boolean
  /** Gives all of it back. */
  letGo(): void
}

/**
 * Bytes of bodies that are being read, over all requests: they come before anybody is known.
 *
 * A request may add to them as long as it holds less than what is free. So the largest are refused first, and what is
 * small finds room beside whoever holds all but a part.
 */
export class BodyBudget {
  readonly #limitBytes: number
  #heldBytes = 0

  constructor(limitBytes = LIMIT_BYTES) {
    this.#limitBytes = limitBytes
  }

  /** Whether a request that holds so many bytes may hold more. */
  hasRoom(heldBytes: number): boolean {
    return heldBytes < this.#limitBytes - this.#heldBytes
  }

  /** @returns what a request takes of it, which is nothing yet */
  share(): BodyShare {
    let mineBytes = 0
    return {
      hold: (bytes) => {
        if (!this.hasRoom(mineBytes)) return false
        mineBytes += bytes
        this.#heldBytes += bytes
        return true
      },
      letGo: () => {
        this.#heldBytes -= mineBytes
        mineBytes = 0
      },
    }
  }
}
