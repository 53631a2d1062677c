import { type BudgetShare, ENTRY_BYTES } from './byte-budget.ts'
import type { Delivery, KeptDelivery } from './delivery.ts'
import type { Limits } from './limits.ts'
import { messageBytes } from './own-message.ts'
import type { DropCause } from './types.ts'

/** The messages that wait in memory for one client, first come first served. */
export class HeldMessages {
  readonly #limits: Pick<Limits, 'queuedBytes' | 'queuedMessages'>
  #held: KeptDelivery[] = []
  #head = 0
  #bytes = 0

  constructor(limits: Pick<Limits, 'queuedBytes' | 'queuedMessages'>) {
    this.#limits = limits
  }

  get isEmpty(): boolean {
    return this.#head === this.#held.length
  }

  /** Why there is no room for another one; undefined where it was taken. `memory`: where it is counted, too */
  add(memory: BudgetShare, delivery: Delivery, retain: boolean): DropCause | undefined {
    const { queuedBytes, queuedMessages } = this.#limits
    const sizeBytes = messageBytes(delivery.message) + ENTRY_BYTES
    if (this.#bytes + sizeBytes > queuedBytes || this.#held.length - this.#head >= queuedMessages) return 'QUEUE_FULL'
    if (!memory.hasRoom) return 'MEMORY_FULL'
    const kept = delivery.kept(retain)
    memory.take(kept)
    this.#bytes += sizeBytes
    this.#held.push(kept)
    return undefined
  }

  /** Hands out one after the other, until one of them is not taken. */
  drain(memory: BudgetShare, take: (kept: KeptDelivery) => boolean): void {
    while (this.#head < this.#held.length) {
      const next = this.#held[this.#head]
      if (!next || !take(next)) return
      this.#head++
      this.#bytes -= next.sizeBytes + ENTRY_BYTES
      memory.release(next)
      if (this.#head > 1024 && this.#head * 2 > this.#held.length) {
        this.#held = this.#held.slice(this.#head)
        this.#head = 0
      }
    }
    this.#held = []
    this.#head = 0
  }

  /** Forgets them all. */
  drop(memory: BudgetShare): void {
    for (const kept of this.#held.slice(this.#head)) memory.release(kept)
    this.#held = []
    this.#head = 0
    this.#bytes = 0
  }
}
