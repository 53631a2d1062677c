import type { Pin } from '../../protocol/chart.ts'
import type { StreamBudget } from '../../protocol/stream.ts'
import { PinBoard } from '../charts/pin-board.ts'
import { FilterSearch } from '../filter/filter-search.ts'
import { MessageRing } from '../ring/message-ring.ts'
import { TopicTree } from '../tree/topic-tree.ts'
import { TreeWindow } from '../tree/tree-view.ts'
import type { Turns } from '../turns.ts'
import { OrderTracker } from './order-tracker.ts'
import { ShownRows } from './shown-rows.ts'

const MAX_TOPICS = 250_000

export interface StreamContentsParts {
  readonly budget: StreamBudget
  readonly turns: Turns
  readonly nowMs: () => number
  /** More of a search is done. */
  readonly onProgress: () => void
  readonly sequencePath: string
  readonly pins: readonly Pin[]
  /** The ring of the contents that these take the place of. */
  readonly before: MessageRing | undefined
}

/** The messages that a stream keeps, and all that follows from them: what is cleared, and brought back, as one. */
export class StreamContents {
  readonly ring: MessageRing
  readonly tree: TopicTree
  readonly treeWindow: TreeWindow
  readonly pins: PinBoard
  readonly search: FilterSearch
  readonly shown: ShownRows
  readonly order: OrderTracker
  readonly sinceMs: number
  /** When the newest message came; 0 before any did. */
  newestMs = 0

  constructor({ budget, turns, nowMs, onProgress, sequencePath, pins, before }: StreamContentsParts) {
    this.ring = new MessageRing(budget, (row) => this.tree.beforeEviction(row), before)
    this.tree = new TopicTree(this.ring, MAX_TOPICS)
    this.treeWindow = new TreeWindow(this.tree, this.ring, turns)
    this.pins = new PinBoard(this.ring)
    this.pins.setPins(pins)
    this.search = new FilterSearch({ ring: this.ring, turns, onProgress })
    this.shown = new ShownRows({ ring: this.ring, search: this.search, nowMs })
    this.order = new OrderTracker(this.ring, sequencePath)
    this.sinceMs = nowMs()
  }
}
