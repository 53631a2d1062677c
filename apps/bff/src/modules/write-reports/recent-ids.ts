/** As many as a page could send again at all: it gives up long before. */
const MOST = 20_000

/** Ids that were there lately. The oldest are forgotten. */
export class RecentIds {
  readonly #ids = new Set<string>()
  readonly #most: number

  constructor(most = MOST) {
    this.#most = most
  }

  /** Whether it was not there lately; it is now. */
  isNew(id: string): boolean {
    if (this.#ids.has(id)) return false
    this.#ids.add(id)
    const [oldest] = this.#ids
    if (this.#ids.size > this.#most && oldest !== undefined) this.#ids.delete(oldest)
    return true
  }
}
