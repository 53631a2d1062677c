import { type MessageRing, RowCursor } from '../ring/message-ring.ts'
import type { RowFilter, RowPredicate } from './row-filter.ts'
import { SequenceList } from './sequence-list.ts'

/** Rows looked at between two looks at the clock. */
const ROWS_PER_LOOK = 512

/** A gap's sequence stands in the list as -1 - sequence, so that messages can be counted without asking the ring. */
const gapEntry = (sequence: number) => -1 - sequence
const sequenceOf = (entry: number) => (entry < 0 ? -1 - entry : entry)

export interface FilterViewOptions {
  readonly filter?: Pick<RowFilter, 'admits' | 'lastMs'>
  /** Asked too, after the filter. */
  readonly also?: RowPredicate
}

/**
 * The rows of a ring that a filter admits, as a list that grows at the end and loses its beginning with the ring. A
 * row's position in it is counted from the first match ever, so it stays when older ones age out. Gaps always pass.
 */
export class FilterView {
  readonly #ring: MessageRing
  readonly #admits: readonly RowPredicate[]
  readonly #lastMs: number | undefined
  readonly #entries = new SequenceList()
  readonly #cursor = new RowCursor()
  #messages = 0
  #scannedTo: number
  #isCancelled = false

  constructor(ring: MessageRing, { filter, also }: FilterViewOptions) {
    this.#ring = ring
    this.#admits = [filter?.admits, also].filter((each) => each !== undefined)
    this.#lastMs = filter?.lastMs
    this.#scannedTo = ring.first
  }

  /** Position of the oldest match kept. */
  get first(): number {
    return this.#entries.first
  }

  /** One behind the position of the newest match. */
  get next(): number {
    return this.#entries.next
  }

  /** Messages among the matches kept. */
  get messages(): number {
    return this.#messages
  }

  /** Whether every row has been looked at. */
  get isComplete(): boolean {
    return this.#scannedTo >= this.#ring.next
  }

  get isCancelled(): boolean {
    return this.#isCancelled
  }

  /** Rows kept that have been looked at. */
  get scanned(): number {
    return Math.max(0, this.#scannedTo - this.#ring.first)
  }

  /** Looks at the rows not looked at yet, until `isOver` says that it was enough; whether that was all of them. */
  scan(isOver: () => boolean = () => false): boolean {
    const ring = this.#ring
    const cursor = this.#cursor
    let sequence = Math.max(this.#scannedTo, ring.first)
    while (sequence < ring.next) {
      const until = Math.min(sequence + ROWS_PER_LOOK, ring.next)
      for (; sequence < until; sequence++) {
        if (!ring.read(sequence, cursor)) continue
        if (cursor.isGap) this.#entries.push(gapEntry(sequence))
        else if (this.#passes(cursor)) {
          this.#entries.push(sequence)
          this.#messages += 1
        }
      }
      this.#scannedTo = sequence
      if (isOver()) break
    }
    return this.isComplete
  }

  /** What was not looked at so far is not: only what comes from now on. */
  cancel(): void {
    if (this.isComplete) return
    this.#isCancelled = true
    this.#scannedTo = Math.max(this.#scannedTo, this.#ring.next)
  }

  /** Drops what aged out of the ring, and what is too old by `nowMs`. To be called before anything is counted. */
  drop(nowMs: number): void {
    const oldestMs = this.#lastMs === undefined ? Number.NEGATIVE_INFINITY : nowMs - this.#lastMs
    for (let entry = this.#entries.at(this.first); entry !== undefined; entry = this.#entries.at(this.first)) {
      const isKept = this.#ring.read(sequenceOf(entry), this.#cursor)
      if (isKept && this.#cursor.receivedAtMs >= oldestMs) return
      this.#entries.dropFirst()
      if (entry >= 0) this.#messages -= 1
    }
  }

  /** Sequence of the row at `position`; undefined outside. */
  at(position: number): number | undefined {
    const entry = this.#entries.at(position)
    return entry === undefined ? undefined : sequenceOf(entry)
  }

  /** The first position whose sequence is not below `sequence`. */
  positionOf(sequence: number): number {
    return this.#entries.lowerBound(sequence, sequenceOf)
  }

  #passes(row: RowCursor): boolean {
    for (const admits of this.#admits) if (!admits(row)) return false
    return true
  }
}
