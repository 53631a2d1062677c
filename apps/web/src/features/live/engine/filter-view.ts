import type { MessageRing } from './message-ring.ts'
import type { RowPredicate } from './row-filter.ts'

/** Rows looked at in one go, so that a connection's messages need not wait for a long search. */
const ROWS_PER_TURN = 20_000
const COMPACT_AT = 65_536

/**
 * The rows of a ring that a predicate admits, as a list that grows at the end and loses its beginning with the ring.
 * A row's position in it is counted from the first match ever, so it stays when older ones age out. Gaps always pass.
 */
export class FilterView {
  readonly #ring: MessageRing
  readonly #predicate: RowPredicate
  #matches: number[] = []
  /** Index in `#matches` of the oldest that is still kept; what stands before it was dropped but not yet cut off. */
  #start = 0
  #droppedBefore = 0
  #scannedTo: number

  constructor(ring: MessageRing, predicate: RowPredicate) {
    this.#ring = ring
    this.#predicate = predicate
    this.#scannedTo = ring.first
  }

  /** Position of the oldest match kept. */
  get first(): number {
    return this.#droppedBefore + this.#start
  }

  /** One behind the position of the newest match. */
  get next(): number {
    return this.#droppedBefore + this.#matches.length
  }

  /** Whether every row has been looked at. */
  get isComplete(): boolean {
    return this.#scannedTo >= this.#ring.next
  }

  /** Looks at some of the rows not looked at yet; whether that was all of them. */
  scan(rows = ROWS_PER_TURN): boolean {
    this.#dropAged()
    const ring = this.#ring
    const from = Math.max(this.#scannedTo, ring.first)
    const to = Math.min(from + rows, ring.next)
    for (let sequence = from; sequence < to; sequence++) {
      const row = ring.get(sequence)
      if (row && (row.kind === 'gap' || this.#predicate(row))) this.#matches.push(sequence)
    }
    this.#scannedTo = to
    return this.isComplete
  }

  /** Sequence of the row at `position`; undefined outside. */
  at(position: number): number | undefined {
    const index = position - this.#droppedBefore
    return index < this.#start ? undefined : this.#matches[index]
  }

  /** One behind the position of the last match whose sequence is below `sequence`. */
  endBefore(sequence: number): number {
    let low = this.#start
    let high = this.#matches.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#matches[middle] ?? 0) < sequence) low = middle + 1
      else high = middle
    }
    return this.#droppedBefore + low
  }

  #dropAged(): void {
    const oldest = this.#ring.first
    while (this.#start < this.#matches.length && (this.#matches[this.#start] ?? 0) < oldest) this.#start += 1
    if (this.#start < COMPACT_AT) return
    this.#matches = this.#matches.slice(this.#start)
    this.#droppedBefore += this.#start
    this.#start = 0
  }
}
