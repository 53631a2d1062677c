/** Things that arrive, for a test to wait for in any order. */
export class Inbox<Item> {
  readonly #items: Item[] = []
  #waiting: { matches: (item: Item) => boolean; resolve: (item: Item) => void }[] = []

  put(item: Item): void {
    const index = this.#waiting.findIndex(({ matches }) => matches(item))
    const [waiter] = index < 0 ? [] : this.#waiting.splice(index, 1)
    if (waiter) waiter.resolve(item)
    else this.#items.push(item)
  }

  /** The first item that fits, taken out; waits for it as long as the test may last. */
  take(matches: (item: Item) => boolean = () => true): Promise<Item> {
    const index = this.#items.findIndex(matches)
    const [found] = index < 0 ? [] : this.#items.splice(index, 1)
    if (found !== undefined) return Promise.resolve(found)
    return new Promise((resolve) => this.#waiting.push({ matches, resolve }))
  }

  /** What has arrived and was not taken. */
  get rest(): readonly Item[] {
    return this.#items
  }
}
