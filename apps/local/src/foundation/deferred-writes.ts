import { AsyncLocalStorage } from 'node:async_hooks'

/** Somebody who is answered once all that was deferred for them is durable. */
interface Waiting {
  /** Why something of it is lost. */
  lost?: { readonly reason: unknown }
}

/**
 * What was written and is not durable yet: for whom, and what of it was lost. Whoever commits it may be somebody whom it
 * does not concern, and so may whoever hears that it failed.
 */
export class DeferredWrites {
  readonly #waiting = new AsyncLocalStorage<Waiting>()
  /** For whom something was deferred since the last commit. */
  readonly #concerned = new Set<Waiting>()
  /** How many there were since the start, and the last of them that is among the losses. */
  #count = 0
  #lostThrough = 0
  #losses = 0
  #lastLoss: unknown

  /** How often some were lost since the start. */
  get losses(): number {
    return this.#losses
  }

  /** Why the last of the {@link losses} happened. */
  get lastLoss(): unknown {
    return this.#lastLoss
  }

  /** How many there were since the start. */
  get count(): number {
    return this.#count
  }

  /** Whether any is lost that came when there were more than so many. */
  areLostAfter(count: number): boolean {
    return this.#lostThrough > count
  }

  /** One more, for who waits for what is being done. */
  add(): void {
    this.#count += 1
    const waiting = this.#waiting.getStore()
    if (waiting) this.#concerned.add(waiting)
  }

  /** All are durable. */
  keep(): void {
    this.#concerned.clear()
  }

  /** All that are not durable yet are lost. */
  lose(reason: unknown): void {
    this.#losses += 1
    this.#lastLoss = reason
    this.#lostThrough = this.#count
    for (const waiting of this.#concerned) waiting.lost ??= { reason }
    this.#concerned.clear()
  }

  /**
   * Does `work`, which may wait meanwhile, and `commit`, which does not throw.
   * @throws what `work` throws, or why something that it deferred was lost, whoever committed it
   */
  async waitFor<T>(work: () => T | Promise<T>, commit: () => void): Promise<T> {
    const waiting: Waiting = {}
    const result = await this.#waiting.run(waiting, work)
    commit()
    if (waiting.lost) throw waiting.lost.reason
    return result
  }
}
