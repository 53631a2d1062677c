/**
 * Lets one reader at a time wait until there is something newer than what it knows. However many changes come
 * meanwhile, it is answered once, so that its cost follows how often it asks and not how often something changes.
 */
export class News {
  #revision = 0
  #waiting: ((outcome: 'news' | 'superseded') => void) | undefined

  get revision(): number {
    return this.#revision
  }

  get isAwaited(): boolean {
    return this.#waiting !== undefined
  }

  changed(): void {
    this.#revision += 1
    this.#settle('news')
  }

  /** False when a later reader came instead, or there will be no news any more. */
  async newerThan(known: number | undefined): Promise<boolean> {
    this.#settle('superseded')
    if (known !== this.#revision) return true
    const { promise, resolve } = Promise.withResolvers<'news' | 'superseded'>()
    this.#waiting = resolve
    return (await promise) === 'news'
  }

  close(): void {
    this.#settle('superseded')
  }

  #settle(outcome: 'news' | 'superseded'): void {
    const waiting = this.#waiting
    this.#waiting = undefined
    waiting?.(outcome)
  }
}

/** News for any number of readers, each of which asks for the same: none takes another's place. */
export class SharedNews {
  #revision = 0
  #next = Promise.withResolvers<void>()

  get revision(): number {
    return this.#revision
  }

  changed(): void {
    this.#revision += 1
    this.#next.resolve()
    this.#next = Promise.withResolvers()
  }

  async newerThan(known: number | undefined): Promise<void> {
    if (known === this.#revision) await this.#next.promise
  }
}
