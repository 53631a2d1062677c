import type { Clock } from '../../../../shared/mqtt/clock.ts'
import type { RingCounters } from '../../protocol/ring-counters.ts'
import { type StreamBudget, UNDO_CLEAR_MS } from '../../protocol/stream.ts'
import type { StreamContents } from './stream-contents.ts'

/** What came since takes no more than this part of the budget while clearing can be undone: both are in memory. */
const UNDO_SHARE = 0.25

/** What was cleared last, for as long as that can be undone. */
export class LastCleared {
  readonly #clock: Clock
  #contents: StreamContents | undefined

  constructor(clock: Clock) {
    this.#clock = clock
  }

  keep(contents: StreamContents): void {
    this.#contents = contents
    this.#clock.after(UNDO_CLEAR_MS, () => {
      if (this.#contents === contents) this.#contents = undefined
    })
  }

  /** @param counters of what came since */
  makeRoom({ kept, keptBytes }: RingCounters, { maxRows, maxBytes }: StreamBudget): void {
    if (kept > maxRows * UNDO_SHARE || keptBytes > maxBytes * UNDO_SHARE) this.#contents = undefined
  }

  get isThere(): boolean {
    return this.#contents !== undefined
  }

  take(): StreamContents | undefined {
    const contents = this.#contents
    this.#contents = undefined
    return contents
  }
}
