/** What bodies that are being read may take together: as the broker's memory for its clients, which is another's. */
const LIMIT_BYTES = 268_435_456

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

  /** Negative ones are given back. */
  add(bytes: number): void {
    this.#heldBytes += bytes
  }
}
