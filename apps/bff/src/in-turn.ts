/** A request that AWS never answers holds nobody else up for longer. */
const LONGEST_TURN_MS = 30_000

/**
 * Work on the same thing one after the other. Where AWS has no version to write with, what is there is read and compared
 * with what a person saw before it is written: of two people at this console who write at the same moment, the second is
 * told of the first.
 */
export class InTurn {
  readonly #last = new Map<string, Promise<void>>()
  readonly #longestMs: number

  /** @param longestMs so long work waits for the one before it, and then begins beside it */
  constructor(longestMs: number = LONGEST_TURN_MS) {
    this.#longestMs = longestMs
  }

  /**
   * @param name of what is worked on
   * @throws what `work` throws; those behind it have their turn all the same
   */
  async do<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
    const mine = this.#turn(this.#last.get(name)).then(work)
    const over = mine.then(
      () => {},
      () => {}, // told to whoever asked for it
    )
    this.#last.set(name, over)
    try {
      return await mine
    } finally {
      if (this.#last.get(name) === over) this.#last.delete(name)
    }
  }

  async #turn(before: Promise<void> | undefined): Promise<void> {
    if (!before) return
    const late = Promise.withResolvers<void>()
    const timer = setTimeout(late.resolve, this.#longestMs)
    await Promise.race([before, late.promise])
    clearTimeout(timer)
  }
}
