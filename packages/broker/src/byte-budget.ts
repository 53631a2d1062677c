/** What a waiting packet or message costs beside its bytes, about: the objects that hold it. */
export const ENTRY_BYTES = 128

/** Something that several clients can wait with; it counts once for all of them together. */
export interface Shareable {
  readonly sizeBytes: number
  /** How many wait with it. */
  holders: number
}

/** Bytes that wait for clients, over all of them: in memory for connected ones, or in the store. */
export class ByteBudget {
  readonly #limitBytes: number
  #usedBytes = 0

  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes
  }

  get usedBytes(): number {
    return this.#usedBytes
  }

  get freeBytes(): number {
    return this.#limitBytes - this.#usedBytes
  }

  add(bytes: number): void {
    this.#usedBytes += bytes
  }
}

/**
 * What one client holds of a {@link ByteBudget}.
 *
 * It has room as long as it holds less than what is free. So those that hold the most are the first to be refused, n
 * greedy ones share all but an (n + 1)th of the budget, and that rest is there for those that were not slow so far.
 * @see A. K. Choudhury, E. L. Hahne, "Dynamic Queue Length Thresholds for Shared-Memory Packet Switches", 1998
 */
export class BudgetShare {
  readonly #budget: ByteBudget
  #heldBytes = 0

  constructor(budget: ByteBudget) {
    this.#budget = budget
  }

  /** What it would hold if nothing were shared. */
  get bytes(): number {
    return this.#heldBytes
  }

  get hasRoom(): boolean {
    return this.#heldBytes < this.#budget.freeBytes
  }

  /** Counts bytes that are this client's alone; negative ones are given back. */
  add(bytes: number): void {
    this.#heldBytes += bytes
    this.#budget.add(bytes)
  }

  take(item: Shareable): void {
    this.#heldBytes += item.sizeBytes + ENTRY_BYTES
    this.#budget.add(item.holders === 0 ? item.sizeBytes + ENTRY_BYTES : ENTRY_BYTES)
    item.holders++
  }

  /** To be called as often as {@link take} was. */
  release(item: Shareable): void {
    this.#heldBytes -= item.sizeBytes + ENTRY_BYTES
    item.holders--
    this.#budget.add(-(item.holders === 0 ? item.sizeBytes + ENTRY_BYTES : ENTRY_BYTES))
  }
}
