import { BudgetShare, type ByteBudget } from './byte-budget.ts'
import type { Limits } from './limits.ts'
import { messageBytes } from './own-message.ts'
import type { BrokerStore, DropCause, Message, QueuedMessage } from './types.ts'

/** What a queue needs of its surroundings. */
export interface QueueEnvironment {
  readonly store: BrokerStore
  readonly limits: Readonly<Limits>
  /** Of all queues. */
  readonly storage: ByteBudget
  readonly flushes: { readonly commits: number }
  /** Hears of a message that its receiver does not get. `owner`: as {@link BrokerStore} has it. */
  dropped(owner: string, message: Message, cause: DropCause): void
  /** Hears of a message that was stored for whoever is away, */
  queued(owner: string, message: Message): void
  /** or that the store did not take. */
  notQueued(owner: string, message: Message): void
}

/** The queue of one owner in the store, within the bounds of its own and of all. */
export class StoredQueue {
  readonly #owner: string
  readonly #environment: QueueEnvironment
  readonly #share: BudgetShare
  #length = 0
  #isCounted = false
  /** How many commits there had been when it changed last. */
  #changedAfter = -1

  constructor(owner: string, environment: QueueEnvironment) {
    this.#owner = owner
    this.#environment = environment
    this.#share = new BudgetShare(environment.storage)
  }

  get length(): number {
    this.count()
    return this.#length
  }

  /** Finds out what the store has from before, once: it counts against the budget from then on. */
  count(): void {
    if (this.#isCounted) return
    this.#isCounted = true
    const { store } = this.#environment
    this.#length = store.queueLength(this.#owner)
    if (this.#length > 0) this.#share.add(store.queueBytes(this.#owner))
  }

  /**
   * The key of the stored message; undefined where there is no room for it.
   * `isAway`: its receiver, for whom it would be sent at once otherwise
   */
  enqueue(message: Message, isAway: boolean): number | undefined {
    const cause = this.#limit()
    if (cause) {
      this.#environment.dropped(this.#owner, message, cause)
      return undefined
    }
    const key = this.#store(message, isAway)
    this.#changedAfter = this.#environment.flushes.commits
    this.#length++
    this.#share.add(messageBytes(message))
    return key
  }

  /** `sizeBytes`: {@link messageBytes} of the message. */
  dequeue(key: number, sizeBytes: number): void {
    this.#environment.store.dequeue(this.#owner, key)
    this.#changedAfter = this.#environment.flushes.commits
    if (!this.#isCounted) return
    this.#length--
    this.#share.add(-sizeBytes)
  }

  page(afterKey: number, limit: number): QueuedMessage[] {
    return this.#environment.store.queue(this.#owner, afterKey, limit)
  }

  /** What was stored after that many commits is lost: finds out what is there, where it was concerned. */
  recount(commits: number): void {
    if (this.#changedAfter < commits || !this.#isCounted) return
    this.#share.add(-this.#share.bytes)
    this.#isCounted = false
    this.count()
  }

  /** The store forgets the queue: it counts no more. */
  end(): void {
    this.#length = 0
    this.#isCounted = true
    this.#share.add(-this.#share.bytes)
  }

  #store(message: Message, isAway: boolean): number {
    const environment = this.#environment
    try {
      const key = environment.store.enqueue(this.#owner, message)
      if (isAway) environment.queued(this.#owner, message)
      return key
    } catch (error) {
      if (isAway) environment.notQueued(this.#owner, message)
      throw error
    }
  }

  #limit(): DropCause | undefined {
    const { queuedMessages, storedBytesPerQueue } = this.#environment.limits
    if (this.length >= queuedMessages || this.#share.bytes >= storedBytesPerQueue) return 'QUEUE_FULL'
    return this.#share.hasRoom ? undefined : 'STORE_FULL'
  }
}
