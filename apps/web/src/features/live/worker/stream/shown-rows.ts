import type { Gap } from '../../../../shared/recording/gap.ts'
import type { RowPlace, WindowRequest } from '../../protocol/stream.ts'
import type { FilterSearch } from '../filter/filter-search.ts'
import type { FilterView } from '../filter/filter-view.ts'
import { type MessageRing, RowCursor, type StoredRow } from '../ring/message-ring.ts'

export interface ShownRowsParts {
  readonly ring: MessageRing
  readonly search: Pick<FilterSearch, 'view'>
  readonly nowMs: () => number
}

/** A part of the list, with where it stands in the whole. */
export interface ListPart {
  /** Positions of the list's first row and behind its last. */
  readonly first: number
  readonly end: number
  /** Messages in the whole list. */
  readonly shown: number
  /** Position of `rows[0]`. */
  readonly from: number
  readonly rows: readonly StoredRow[]
}

/**
 * The list that a reader sees: the rows kept, or those of them that pass the filter, each at its position. Once
 * something aged out, it begins with a row that says so, one position before the oldest that is kept.
 */
export class ShownRows {
  readonly #parts: ShownRowsParts
  readonly #cursor = new RowCursor()

  constructor(parts: ShownRowsParts) {
    this.#parts = parts
  }

  part({ from, count, untilSequence = Number.POSITIVE_INFINITY }: WindowRequest): ListPart {
    const { ring } = this.#parts
    const view = this.#freshView()
    const until = Math.min(untilSequence, ring.next)
    const oldest = this.#bounds().first
    const end = Math.max(oldest, view ? view.positionOf(until) : until)
    const hole = agedOutGap(ring)
    const first = hole ? oldest - 1 : oldest
    const start = Math.min(Math.max(from === 'end' ? end - count : from, first), end)
    const rows: StoredRow[] = []
    for (let position = start; position < Math.min(start + count, end); position++) {
      const row: StoredRow | undefined =
        position < oldest
          ? hole && { kind: 'gap', sequence: ring.first - 1, gap: hole }
          : ring.get(this.#sequenceAt(position) ?? -1)
      if (row) rows.push(row)
    }
    return { first, end, shown: view ? view.messages : ring.counters().kept, from: start, rows }
  }

  /** The place of a row, or of the nearest one after or before it. Undefined when there is none. */
  locate(sequence: number, direction?: 'next' | 'previous'): RowPlace | undefined {
    const view = this.#freshView()
    const { first, end } = this.#bounds()
    let position = view ? view.positionOf(sequence) : Math.max(sequence, first)
    const found = this.#sequenceAt(position)
    if (direction === undefined && found !== sequence) return undefined
    if (direction === 'previous' && found !== sequence) position = Math.min(position, end) - 1
    const place = position >= first && position < end ? this.#sequenceAt(position) : undefined
    return place === undefined ? undefined : { position, sequence: place }
  }

  /** The place of the nearest gap after or before a row; beyond the last one it begins again at the other end. */
  locateGap(sequence: number, direction: 'next' | 'previous'): RowPlace | undefined {
    const { ring } = this.#parts
    const otherEnd = direction === 'next' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
    const gap = ring.gapBeside(sequence, direction) ?? ring.gapBeside(otherEnd, direction)
    return gap === undefined ? undefined : this.locate(gap)
  }

  /** Sequences of the rows meant, oldest first, as they are now. */
  *sequences(scope: 'kept' | 'shown'): Generator<number> {
    const { ring } = this.#parts
    const view = scope === 'shown' ? this.#freshView() : undefined
    const end = view ? view.next : ring.next
    for (let position = view ? view.first : ring.first; position < end; position++) {
      const sequence = view ? view.at(position) : position
      if (sequence !== undefined) yield sequence
    }
  }

  /** Sequences of the messages from one row to another, these two with them, in whichever order. */
  messagesBetween(one: number, other: number): number[] {
    const { ring } = this.#parts
    const view = this.#freshView()
    const { first, end } = this.#bounds()
    const [from, to] = one < other ? [one, other] : [other, one]
    const sequences: number[] = []
    for (let position = Math.max(first, view ? view.positionOf(from) : from); position < end; position++) {
      const sequence = this.#sequenceAt(position)
      if (sequence === undefined || sequence > to) break
      if (ring.read(sequence, this.#cursor) && !this.#cursor.isGap) sequences.push(sequence)
    }
    return sequences
  }

  /** What the row of a hole says; undefined for a message, and once the row is gone. */
  gap(sequence: number): Gap | undefined {
    const { ring } = this.#parts
    if (sequence === ring.first - 1) return agedOutGap(ring)
    const row = ring.get(sequence)
    return row?.kind === 'gap' ? row.gap : undefined
  }

  #freshView(): FilterView | undefined {
    const { search, nowMs } = this.#parts
    search.view?.drop(nowMs())
    return search.view
  }

  #bounds(): { first: number; end: number } {
    const { ring, search } = this.#parts
    const { view } = search
    return view ? { first: view.first, end: view.next } : { first: ring.first, end: ring.next }
  }

  #sequenceAt(position: number): number | undefined {
    const { view } = this.#parts.search
    return view ? view.at(position) : position
  }
}

/** The hole that the budget made at the beginning of what is kept. */
function agedOutGap({ agedOut }: MessageRing): Gap | undefined {
  if (!agedOut) return undefined
  const { messages, fromMs, toMs } = agedOut
  const what = messages === 1 ? 'one message' : `${messages} messages`
  return { fromMs, toMs, reason: `${what} aged out to make room for newer ones`, cause: 'ring-full' }
}
