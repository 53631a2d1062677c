import type { Clock } from '../../../../shared/mqtt/clock.ts'
import type { MqttMessage } from '../../../../shared/mqtt/message.ts'
import type { Gap } from '../../../../shared/recording/gap.ts'
import type { ChartView, Pin, SeriesRequest } from '../../protocol/chart.ts'
import type { Recording, RecordingStatus, StreamOrigin } from '../../protocol/record.ts'
import type {
  FullMessage,
  MessageRowView,
  StreamBudget,
  StreamConfiguration,
  WindowRequest,
  WindowView,
} from '../../protocol/stream.ts'
import type { TreeRequest, TreeView } from '../../protocol/tree.ts'
import { numericPathsOf, PinBoard } from '../charts/pin-board.ts'
import { FilterSearch } from '../filter/filter-search.ts'
import { News } from '../news.ts'
import { MessageRing, RowCursor, type StoredMessage } from '../ring/message-ring.ts'
import { TopicTree } from '../tree/topic-tree.ts'
import { TreeWindow } from '../tree/tree-view.ts'
import type { Turns } from '../turns.ts'
import { fullMessage, messagesOfTopic } from './kept-messages.ts'
import { OrderTracker } from './order-tracker.ts'
import { ReaderPause } from './reader-pause.ts'
import { hintOf, rowView } from './row-view.ts'
import { ShownRows } from './shown-rows.ts'
import { type StateOfFilter, StreamSubscriptions } from './stream-subscriptions.ts'

/** A list of a million rows of 24 px is as tall as a browser can scroll. */
export const DEFAULT_BUDGET: StreamBudget = { maxBytes: 256 * 1024 * 1024, maxRows: 1_000_000 }
const MAX_TOPICS = 250_000
/** Rates and histories fade without messages: who looks at them is told once a second, until they are empty. */
const FADE_MS = 1_000
const FADED_MS = 62_000

export interface StreamParts {
  readonly clock: Clock
  readonly turns: Turns
  readonly stateOf: StateOfFilter
}

/** Hears what a stream takes in, as it does: a recording. */
export interface StreamListener {
  message(message: MqttMessage): void
  gap(gap: Gap): void
  status(): RecordingStatus
  finish(): Promise<Recording>
  discard(): Promise<void>
  /** The stream ends with nobody there to say what becomes of it. */
  abandon(): void
  /** Resolves when all that it took in so far is where it is kept. */
  settled(): Promise<void>
}

/** One stream of messages: what it keeps, which rows pass its filter, its topics and charts, and what the page sees. */
export class LiveStream {
  readonly #parts: StreamParts
  readonly #ring: MessageRing
  readonly #subscriptions: StreamSubscriptions
  readonly #search: FilterSearch
  readonly #shown: ShownRows
  readonly #order = new OrderTracker()
  readonly #tree: TopicTree
  readonly #treeWindow: TreeWindow
  readonly #pins: PinBoard
  readonly #news = { window: new News(), tree: new News(), series: new News() }
  readonly #cursor = new RowCursor()
  #budget: StreamBudget
  #sequencePath = ''
  #sinceMs: number
  #newestMs = 0
  readonly #pause = new ReaderPause()
  #listener: StreamListener | undefined
  #origin: StreamOrigin = { kind: 'live' }
  #isFading = false

  constructor(budget: StreamBudget, parts: StreamParts) {
    this.#parts = parts
    this.#budget = budget
    this.#ring = new MessageRing(budget, (row) => this.#tree.beforeEviction(row))
    this.#tree = new TopicTree(this.#ring, MAX_TOPICS)
    this.#treeWindow = new TreeWindow(this.#tree, this.#ring, parts.turns)
    this.#pins = new PinBoard(this.#ring)
    this.#subscriptions = new StreamSubscriptions(parts.clock, () => this.changed())
    this.#search = new FilterSearch({ ring: this.#ring, turns: parts.turns, onProgress: () => this.changed() })
    this.#shown = new ShownRows({ ring: this.#ring, search: this.#search, nowMs: () => this.#nowMs() })
    this.#sinceMs = parts.clock.nowMs()
  }

  get ring(): MessageRing {
    return this.#ring
  }

  /** What the list shows, by position. */
  get shown(): ShownRows {
    return this.#shown
  }

  get origin(): StreamOrigin {
    return this.#origin
  }

  setOrigin(origin: StreamOrigin): void {
    this.#origin = origin
    this.changed()
  }

  get listener(): StreamListener | undefined {
    return this.#listener
  }

  setListener(listener: StreamListener | undefined): void {
    this.#listener = listener
    this.changed()
  }

  configure({ subscriptions, filterText, budget, sequencePath }: Omit<StreamConfiguration, 'stream'>): void {
    const mutedBefore = this.#subscriptions.mutedFilters.join('\n')
    const filtersBefore = this.#subscriptions.requests.map(({ filter }) => filter).join('\n')
    this.#subscriptions.replace(subscriptions)
    if (budget) {
      this.#budget = budget
      this.#ring.setBudget(budget)
    }
    if (sequencePath !== undefined && sequencePath !== this.#sequencePath) {
      this.#sequencePath = sequencePath
      this.#order.setPath(sequencePath)
    }
    const muted = this.#subscriptions.mutedFilters.join('\n')
    const mutingChanged =
      muted !== mutedBefore || (muted !== '' && filtersBefore !== subscriptions.map(({ filter }) => filter).join('\n'))
    if (filterText !== this.#search.text || mutingChanged) this.#beginSearch(filterText)
    this.changed()
  }

  configuration(): Omit<StreamConfiguration, 'stream'> {
    return {
      subscriptions: this.#subscriptions.requests,
      filterText: this.#search.text,
      budget: this.#budget,
      sequencePath: this.#sequencePath,
    }
  }

  push(message: MqttMessage): void {
    const { topic, payload, receivedAtMs, retain, dup, properties } = message
    const order = this.#order.observe(topic, payload, dup, properties?.contentType)
    const sequence = this.#ring.push(message, order)
    if (receivedAtMs > this.#newestMs) this.#newestMs = receivedAtMs
    if (this.#ring.read(sequence, this.#cursor)) this.#tree.add(this.#cursor, retain)
    this.#subscriptions.count(topic, payload.length)
    if (this.#pins.observe(topic, payload, receivedAtMs, properties?.contentType)) this.#news.series.changed()
    this.#listener?.message(message)
    this.#added()
  }

  /** Marks a hole, if anything was subscribed to or this is a recording. */
  pushGap(gap: Gap): void {
    if (this.#subscriptions.requests.length === 0 && this.#origin.kind === 'live') return
    this.#ring.pushGap(gap)
    this.#listener?.gap(gap)
    this.#added()
  }

  /** Payloads are read otherwise than before: what was found in those that are kept is looked for again. */
  payloadTypesChanged(): void {
    this.#pins.clear()
    this.#beginSearch(this.#search.text)
    this.#news.series.changed()
    this.changed()
  }

  setPaused(isPaused: boolean): void {
    const nowMs = this.#parts.clock.nowMs()
    const { received } = this.#ring.counters()
    if (isPaused) this.#pause.begin(nowMs, received)
    else {
      const gap = this.#pause.end(nowMs, received)
      if (gap) this.pushGap(gap)
    }
    this.changed()
  }

  clear(): void {
    this.#ring.clear()
    this.#tree.clear()
    this.#treeWindow.forget()
    this.#order.clear()
    this.#pins.clear()
    this.#pause.forget()
    this.#sinceMs = this.#parts.clock.nowMs()
    this.#beginSearch(this.#search.text)
    this.#news.series.changed()
    this.changed()
  }

  close(): void {
    this.#listener?.abandon()
    this.#search.cancel()
    this.#subscriptions.close()
    for (const news of Object.values(this.#news)) news.close()
  }

  /** Something that a window shows is different: whoever waits is answered. */
  changed(): void {
    this.#news.window.changed()
    this.#news.tree.changed()
  }

  cancelSearch(): void {
    this.#search.cancel()
    this.changed()
  }

  /** Waits until there is news. Undefined when a later request came instead. */
  async window(request: WindowRequest): Promise<WindowView | undefined> {
    return (await this.#news.window.newerThan(request.knownRevision)) ? this.#windowView(request) : undefined
  }

  async tree(request: TreeRequest): Promise<TreeView | undefined> {
    const news = this.#news.tree
    const answer = news.newerThan(request.knownRevision)
    if (news.isAwaited) this.#fade()
    if (!(await answer)) return undefined
    return this.#treeWindow.view(request, news.revision, this.#nowMs(), this.#sinceMs)
  }

  treeIndex(path: string, request: Omit<TreeRequest, 'from' | 'count' | 'knownRevision'>): number | undefined {
    return this.#treeWindow.indexOf(path, request, this.#nowMs(), this.#sinceMs)
  }

  pin(pins: readonly Pin[]): void {
    this.#pins.setPins(pins)
    this.#news.series.changed()
  }

  async series(request: SeriesRequest): Promise<ChartView | undefined> {
    const news = this.#news.series
    return (await news.newerThan(request.knownRevision))
      ? this.#pins.view(request, news.revision, this.#nowMs())
      : undefined
  }

  numericPaths(topic: string) {
    const row = this.#ring.get(this.#ring.newestOnTopic(topic) ?? -1)
    return row?.kind === 'message' ? numericPathsOf(row.payload, hintOf(row, this.#ring.births)) : []
  }

  message(sequence: number): FullMessage | undefined {
    return fullMessage(this.#ring, sequence, (topic) => this.#subscriptions.of(topic))
  }

  topicMessages(topic: string, count: number, before = Number.POSITIVE_INFINITY): readonly MessageRowView[] {
    return messagesOfTopic(this.#ring, topic, before)
      .take(count)
      .map((row) => this.#messageRow(row))
      .toArray()
  }

  /** A recording's present is when its last message came. */
  #nowMs(): number {
    return this.#origin.kind === 'live' ? this.#parts.clock.nowMs() : this.#newestMs
  }

  #added(): void {
    this.#search.added()
    this.changed()
  }

  #beginSearch(filterText: string): void {
    const subscriptions = this.#subscriptions
    const hasMuted = subscriptions.mutedFilters.length > 0
    this.#search.begin(filterText, this.#nowMs(), hasMuted ? (topic) => subscriptions.isMuted(topic) : undefined)
  }

  #fade(): void {
    if (this.#isFading) return
    this.#isFading = true
    this.#parts.clock.after(FADE_MS, () => {
      this.#isFading = false
      if (this.#nowMs() - this.#newestMs < FADED_MS) this.#news.tree.changed()
      if (this.#news.tree.isAwaited) this.#fade()
    })
  }

  #windowView(request: WindowRequest): WindowView {
    const ring = this.#ring
    const part = this.#shown.part(request)
    const counters = ring.counters()
    const filter = this.#search.report(ring.next - ring.first)
    return {
      revision: this.#news.window.revision,
      counters,
      delivery: this.#order.counters(),
      subscriptions: this.#subscriptions.view(this.#parts.stateOf),
      ...part,
      rows: part.rows.map((row) => (row.kind === 'gap' ? row : this.#messageRow(row, request.ownTime))),
      filtered: counters.kept - part.shown,
      isComplete: this.#search.view?.isComplete ?? true,
      ...(filter ? { filter } : {}),
      nextSequence: ring.next,
      sinceMs: this.#sinceMs,
      budget: this.#budget,
      ...(ring.agedOut ? { agedOutBeforeMs: ring.agedOut.toMs } : {}),
      ...(this.#pause.atMs === undefined ? {} : { pausedAtMs: this.#pause.atMs }),
      origin: this.#origin,
      ...(this.#listener ? { recording: this.#listener.status() } : {}),
    }
  }

  #messageRow(row: StoredMessage, ownTime?: string): MessageRowView {
    return rowView(row, this.#subscriptions.showing(row.topic), this.#ring.births, ownTime)
  }
}
