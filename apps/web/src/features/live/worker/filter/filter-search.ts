import type { FilterReport } from '../../protocol/filter.ts'
import type { MessageRing } from '../ring/message-ring.ts'
import { TURN_MS, type Turns } from '../turns.ts'
import { FilterView } from './filter-view.ts'
import { compileRowFilter, perTopic, type RowFilter } from './row-filter.ts'

export interface FilterSearchParts {
  readonly ring: MessageRing
  readonly turns: Turns
  /** Something more was found, or it is over. */
  readonly onProgress: () => void
}

/** The present filter of a stream and the search that it makes: turn by turn, with what was found so far on show. */
export class FilterSearch {
  readonly #parts: FilterSearchParts
  #text = ''
  #readableText = ''
  /** The filter last given that could be read; undefined when that was none. */
  #readable: RowFilter | undefined
  #isMuting = false
  #view: FilterView | undefined
  #report: Pick<FilterReport, 'problem' | 'terms' | 'highlights' | 'rule'> = { terms: [], highlights: [] }
  #startedMs = 0
  #tookMs: number | undefined
  /** Once it is through. What comes later may still be found: then it counts no more. */
  #whyNothing: readonly string[] = []
  /** Counts the filters: a turn of an older one does nothing. */
  #generation = 0
  #isSearching = false

  constructor(parts: FilterSearchParts) {
    this.#parts = parts
  }

  /** Undefined while everything is shown. */
  get view(): FilterView | undefined {
    return this.#view
  }

  get text(): string {
    return this.#text
  }

  /** The text last given that could be read: what is shown follows from it. */
  get readableText(): string {
    return this.#readableText
  }

  /**
   * Searches anew. A text that cannot be read, as while it is typed, leaves what the filter before it shows. `isMuted` is
   * given when any subscription is.
   */
  begin(text: string, nowMs: number, isMuted?: (topic: string) => boolean): void {
    const { ring, turns } = this.#parts
    const compiled = compileRowFilter(text, ring, nowMs)
    const problem = compiled && 'problem' in compiled ? compiled.problem : undefined
    const isHalfTyped = problem !== undefined && text !== this.#text && !isMuted && !this.#isMuting
    this.#isMuting = isMuted !== undefined
    this.#text = text
    if (!problem) {
      this.#readable = compiled && 'admits' in compiled ? compiled : undefined
      this.#readableText = text
    }
    const filter = this.#readable
    const rule = problem ? undefined : filter?.rule
    this.#report = {
      terms: filter?.terms ?? [],
      highlights: filter?.highlights ?? [],
      ...(problem ? { problem } : {}),
      ...(rule ? { rule } : {}),
    }
    if (isHalfTyped) {
      this.#parts.onProgress()
      return
    }
    this.#generation += 1
    const shown = isMuted && perTopic(ring.topics, (topic) => !isMuted(topic))
    this.#view =
      filter || shown
        ? new FilterView(ring, { ...(filter ? { filter } : {}), ...(shown ? { also: shown } : {}) })
        : undefined
    this.#startedMs = turns.nowMs()
    this.#tookMs = undefined
    this.#turn(this.#generation)
  }

  /** A row was added. While a search is under way, it will come to it. */
  added(): void {
    if (!this.#isSearching) this.#view?.scan()
  }

  cancel(): void {
    this.#view?.cancel()
    this.#generation += 1
    this.#over()
  }

  report(rows: number): FilterReport | undefined {
    if (this.#text.trim() === '') return undefined
    const view = this.#view
    return {
      text: this.#text,
      ...this.#report,
      state: this.#report.problem
        ? 'problem'
        : this.#isSearching
          ? 'searching'
          : view?.isCancelled
            ? 'cancelled'
            : 'complete',
      scanned: Math.min(rows, view?.scanned ?? rows),
      total: rows,
      elapsedMs: this.#tookMs ?? this.#parts.turns.nowMs() - this.#startedMs,
      notes: this.#notes(),
    }
  }

  #notes(): readonly string[] {
    const notes: string[] = []
    if (this.#report.terms.some(({ language }) => language === 'path')) {
      notes.push('Only JSON in UTF-8, CBOR, MessagePack, Sparkplug B and Protobuf of a given type have paths.')
    }
    if (this.#view?.isComplete && this.#view.messages === 0) notes.push(...this.#whyNothing)
    if (this.#view?.isCancelled) notes.push('The search was cancelled: older messages were not all looked at.')
    return notes
  }

  #turn(generation: number): void {
    if (generation !== this.#generation) return
    const { turns, onProgress } = this.#parts
    const startedMs = turns.nowMs()
    const complete = this.#view?.scan(() => turns.nowMs() - startedMs >= TURN_MS) ?? true
    this.#isSearching = !complete
    if (complete) {
      this.#over()
      this.#whyNothing = this.#view?.messages === 0 ? (this.#readable?.whyNothing() ?? []) : []
    } else turns.next(() => this.#turn(generation))
    onProgress()
  }

  #over(): void {
    this.#isSearching = false
    this.#tookMs ??= this.#parts.turns.nowMs() - this.#startedMs
  }
}
