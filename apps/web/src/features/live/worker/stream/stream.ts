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
import { numericPathsOf } from '../charts/pin-board.ts'
import type { FilterSearch } from '../filter/filter-search.ts'
import { News } from '../news.ts'
import { type MessageRing, RowCursor, type StoredMessage } from '../ring/message-ring.ts'
import type { Turns } from '../turns.ts'
import { fullMessage, messagesOfTopic } from './kept-messages.ts'
import { LastCleared } from './last-cleared.ts'
import { ReaderPause } from './reader-pause.ts'
import { rowView } from './row-view.ts'
import type { ShownRows } from './shown-rows.ts'
import { StreamContents } from './stream-contents.ts'
import { type StateOfFilter, StreamSubscriptions } from './stream-subscriptions.ts'

/** A list of a million rows of 24 px is as tall as a browser can scroll. */
export const DEFAULT_BUDGET: StreamBudget = { maxBytes: 256 * 1024 * 1024, maxRows: 1_000_000 }
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
  #contents: StreamContents
  readonly #cleared: LastCleared
  readonly #subscriptions: StreamSubscriptions
  readonly #news = { window: new News(), tree: new News(), series: new News() }
  readonly #cursor = new RowCursor()
  #budget: StreamBudget
  #sequencePath = ''
  readonly #pause = new ReaderPause()
  #listener: StreamListener | undefined
  #origin: StreamOrigin = { kind: 'live' }
  #isFading = false

  constructor(budget: StreamBudget, parts: StreamParts) {
    this.#parts = parts
    this.#budget = budget
    this.#contents = this.#newContents([])
    this.#cleared = new LastCleared(parts.clock)
    this.#subscriptions = new StreamSubscriptions(parts.clock, () => this.changed())
  }

  #newContents(pins: readonly Pin[], before?: MessageRing): StreamContents {
    return new StreamContents({
      budget: this.#budget,
      turns: this.#parts.turns,
      nowMs: () => this.#nowMs(),
      onProgress: () => this.changed(),
      sequencePath: this.#sequencePath,
      pins,
      before,
    })
  }

  get ring(): MessageRing {
    return this.#contents.ring
  }

  /** What the list shows, by position. */
  get shown(): ShownRows {
    return this.#contents.shown
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
      this.#contents.ring.setBudget(budget)
    }
    if (sequencePath !== undefined) {
      this.#sequencePath = sequencePath
      this.#contents.order.setPath(sequencePath)
    }
    const muted = this.#subscriptions.mutedFilters.join('\n')
    const mutingChanged =
      muted !== mutedBefore || (muted !== '' && filtersBefore !== subscriptions.map(({ filter }) => filter).join('\n'))
    if (filterText !== this.#contents.search.text || mutingChanged) this.#beginSearch(filterText)
    this.changed()
  }

  configuration(): Omit<StreamConfiguration, 'stream'> {
    return {
      subscriptions: this.#subscriptions.requests,
      filterText: this.#contents.search.text,
      budget: this.#budget,
      sequencePath: this.#sequencePath,
    }
  }

  push(message: MqttMessage): void {
    this.#keep(message)
    this.#subscriptions.count(message.topic, message.payload.length)
    this.#listener?.message(message)
    if (this.#cleared.isThere) this.#cleared.makeRoom(this.#contents.ring.counters(), this.#budget)
    this.#added()
  }

  #keep(message: MqttMessage): void {
    const { ring, tree, pins, order } = this.#contents
    const { receivedAtMs, retain } = message
    const sequence = ring.push(message, order.observe(message))
    if (receivedAtMs > this.#contents.newestMs) this.#contents.newestMs = receivedAtMs
    if (ring.read(sequence, this.#cursor)) tree.add(this.#cursor, retain)
    if (pins.observe(message, sequence)) this.#news.series.changed()
  }

  /** Marks a hole, if anything was subscribed to or this is a recording. */
  pushGap(gap: Gap): void {
    if (this.#subscriptions.requests.length === 0 && this.#origin.kind === 'live') return
    this.#contents.ring.pushGap(gap)
    this.#listener?.gap(gap)
    this.#added()
  }

  /** Payloads are read otherwise than before: what was found in those that are kept is looked for again. */
  payloadTypesChanged(): void {
    this.#contents.pins.clear()
    this.#beginSearch(this.#contents.search.text)
    this.#news.series.changed()
    this.changed()
  }

  setPaused(isPaused: boolean): void {
    const nowMs = this.#parts.clock.nowMs()
    const { received } = this.#contents.ring.counters()
    if (isPaused) this.#pause.begin(nowMs, received)
    else {
      const gap = this.#pause.end(nowMs, received)
      if (gap) this.pushGap(gap)
    }
    this.changed()
  }

  /** Begins anew without messages. What was kept comes back by {@link undoClear}, see {@link LastCleared}. */
  clear(): void {
    const before = this.#contents
    before.search.cancel()
    this.#contents = this.#newContents(before.pins.pins, before.ring)
    this.#pause.forget()
    this.#cleared.keep(before)
    this.#replaced(before.search)
  }

  /** Puts what was cleared last before what came since. False when it is gone. */
  undoClear(): boolean {
    const before = this.#cleared.take()
    if (!before) return false
    const { ring, search, pins } = this.#contents
    search.cancel()
    this.#contents = before
    before.ring.setBudget(this.#budget)
    before.order.setPath(this.#sequencePath)
    for (let sequence = ring.first; sequence < ring.next; sequence++) {
      const row = ring.get(sequence)
      if (row?.kind === 'gap') before.ring.pushGap(row.gap)
      else if (row) this.#keep(row)
    }
    before.pins.setPins(pins.pins)
    this.#replaced(search)
    return true
  }

  /** @param search of the contents that were there before */
  #replaced({ text, readableText }: FilterSearch): void {
    this.#beginSearch(readableText)
    if (text !== readableText) this.#beginSearch(text)
    this.#news.series.changed()
    this.changed()
  }

  close(): void {
    this.#listener?.abandon()
    this.#contents.search.cancel()
    this.#subscriptions.close()
    for (const news of Object.values(this.#news)) news.close()
  }

  /** Something that a window shows is different: whoever waits is answered. */
  changed(): void {
    this.#news.window.changed()
    this.#news.tree.changed()
  }

  cancelSearch(): void {
    this.#contents.search.cancel()
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
    return this.#contents.treeWindow.view(request, news.revision, this.#nowMs(), this.#contents.sinceMs)
  }

  treeIndex(path: string, request: Omit<TreeRequest, 'from' | 'count' | 'knownRevision'>): number | undefined {
    return this.#contents.treeWindow.indexOf(path, request, this.#nowMs(), this.#contents.sinceMs)
  }

  pin(pins: readonly Pin[]): void {
    this.#contents.pins.setPins(pins)
    this.#news.series.changed()
  }

  async series(request: SeriesRequest): Promise<ChartView | undefined> {
    const news = this.#news.series
    return (await news.newerThan(request.knownRevision))
      ? this.#contents.pins.view(request, news.revision, this.#nowMs())
      : undefined
  }

  numericPaths(topic: string) {
    const { ring } = this.#contents
    const row = ring.get(ring.newestOnTopic(topic) ?? -1)
    return row?.kind === 'message' ? numericPathsOf(row.payload, ring.hintOf(row)) : []
  }

  message(sequence: number): FullMessage | undefined {
    return fullMessage(this.#contents.ring, sequence, (topic) => this.#subscriptions.of(topic))
  }

  topicMessages(topic: string, count: number, before = Number.POSITIVE_INFINITY): readonly MessageRowView[] {
    return messagesOfTopic(this.#contents.ring, topic, before)
      .take(count)
      .map((row) => this.#messageRow(row))
      .toArray()
  }

  /** A recording's present is when its last message came. */
  #nowMs(): number {
    return this.#origin.kind === 'live' ? this.#parts.clock.nowMs() : this.#contents.newestMs
  }

  #added(): void {
    this.#contents.search.added()
    this.changed()
  }

  #beginSearch(filterText: string): void {
    const subscriptions = this.#subscriptions
    const hasMuted = subscriptions.mutedFilters.length > 0
    this.#contents.search.begin(
      filterText,
      this.#nowMs(),
      hasMuted ? (topic) => subscriptions.isMuted(topic) : undefined,
    )
  }

  #fade(): void {
    if (this.#isFading) return
    this.#isFading = true
    this.#parts.clock.after(FADE_MS, () => {
      this.#isFading = false
      if (this.#nowMs() - this.#contents.newestMs < FADED_MS) this.#news.tree.changed()
      if (this.#news.tree.isAwaited) this.#fade()
    })
  }

  #windowView(request: WindowRequest): WindowView {
    const ring = this.#contents.ring
    const part = this.#contents.shown.part(request)
    const counters = ring.counters()
    const filter = this.#contents.search.report(ring.next - ring.first)
    return {
      revision: this.#news.window.revision,
      counters,
      delivery: this.#contents.order.counters(),
      subscriptions: this.#subscriptions.view(this.#parts.stateOf),
      ...part,
      rows: part.rows.map((row) => (row.kind === 'gap' ? row : this.#messageRow(row, request.ownTime))),
      filtered: counters.kept - part.shown,
      isComplete: this.#contents.search.view?.isComplete ?? true,
      ...(filter ? { filter } : {}),
      nextSequence: ring.next,
      sinceMs: this.#contents.sinceMs,
      budget: this.#budget,
      ...(ring.agedOut ? { agedOutBeforeMs: ring.agedOut.toMs } : {}),
      ...(this.#pause.atMs === undefined ? {} : { pausedAtMs: this.#pause.atMs }),
      origin: this.#origin,
      ...(this.#listener ? { recording: this.#listener.status() } : {}),
    }
  }

  #messageRow(row: StoredMessage, ownTime?: string): MessageRowView {
    return rowView(this.#contents.ring, row, this.#subscriptions.showing(row.topic), ownTime)
  }
}
