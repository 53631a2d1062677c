import { matches, parseSharedSubscription } from '@thingdeck/topics'
import type { Clock } from '../../../shared/mqtt/clock.ts'
import type { MqttMessage, SubscriptionRequest } from '../../../shared/mqtt/message.ts'
import { RateMeter } from '../../../shared/mqtt/rate-meter.ts'
import type { SubscriptionState } from '../../../shared/mqtt/subscription-table.ts'
import { FilterView } from './filter-view.ts'
import { type Gap, MessageRing, type StoredRow } from './message-ring.ts'
import { previewOf } from './preview.ts'
import type { FullMessage, RowView, StreamBudget, StreamConfiguration, WindowRequest, WindowView } from './protocol.ts'
import { compileRowFilter } from './row-filter.ts'

interface Subscription extends SubscriptionRequest {
  readonly meter: RateMeter
}

/** How a filter stands at the broker: the session's table knows. */
export type StateOfFilter = (filter: string) => SubscriptionState | undefined

/** One stream of messages: what it keeps, which rows pass its filter, and what the page sees of it. */
export class LiveStream {
  readonly #budget: StreamBudget
  readonly #ring: MessageRing
  readonly #clock: Clock
  readonly #stateOf: StateOfFilter
  #subscriptions: readonly Subscription[] = []
  /** Which subscriptions a topic matches, by index. */
  readonly #matching = new Map<string, readonly number[]>()
  #filterText = ''
  #filter: FilterView | undefined
  #revision = 0
  #sinceMs: number
  /** The one window request that waits for news. */
  #waiting: (() => void) | undefined
  #scanning = false

  constructor(budget: StreamBudget, clock: Clock, stateOf: StateOfFilter) {
    this.#budget = budget
    this.#ring = new MessageRing(budget)
    this.#clock = clock
    this.#stateOf = stateOf
    this.#sinceMs = clock.nowMs()
  }

  configure({ subscriptions, filterText }: Omit<StreamConfiguration, 'stream'>): void {
    const before = new Map(this.#subscriptions.map((each) => [each.filter, each]))
    this.#subscriptions = subscriptions.map(({ filter, qos }) => ({
      filter,
      qos,
      meter: before.get(filter)?.meter ?? new RateMeter(this.#clock, () => this.changed()),
    }))
    for (const { filter, meter } of before.values()) {
      if (!subscriptions.some((each) => each.filter === filter)) meter.stop()
    }
    this.#matching.clear()
    if (filterText !== this.#filterText) {
      this.#filterText = filterText
      const predicate = compileRowFilter(filterText)
      this.#filter = predicate && new FilterView(this.#ring, predicate)
      this.#scan()
    }
    this.changed()
  }

  configuration(): Omit<StreamConfiguration, 'stream'> {
    const subscriptions = this.#subscriptions.map(({ filter, qos }) => ({ filter, qos }))
    return { subscriptions, filterText: this.#filterText }
  }

  push(message: MqttMessage): void {
    this.#ring.push(message)
    for (const index of this.#subscriptionsOf(message.topic)) this.#subscriptions[index]?.meter.count()
    this.#added()
  }

  /** Marks a hole, if anything was subscribed to. */
  pushGap(gap: Gap): void {
    if (this.#subscriptions.length === 0) return
    this.#ring.pushGap(gap)
    this.#added()
  }

  clear(): void {
    this.#ring.clear()
    const predicate = compileRowFilter(this.#filterText)
    this.#filter = predicate && new FilterView(this.#ring, predicate)
    this.#sinceMs = this.#clock.nowMs()
    this.changed()
  }

  close(): void {
    for (const { meter } of this.#subscriptions) meter.stop()
    this.#waiting?.()
  }

  /** Something that a window shows is different: whoever waits is answered. */
  changed(): void {
    this.#revision += 1
    this.#waiting?.()
  }

  /** Waits until there is news. Undefined when a later request came instead. */
  async window(request: WindowRequest): Promise<WindowView | undefined> {
    this.#waiting?.()
    if (request.knownRevision === this.#revision) {
      const revision = this.#revision
      const { promise, resolve } = Promise.withResolvers<void>()
      this.#waiting = resolve
      await promise
      if (this.#waiting === resolve) this.#waiting = undefined
      if (revision === this.#revision) return undefined
    }
    return this.#view(request)
  }

  message(sequence: number): FullMessage | undefined {
    const row = this.#ring.get(sequence)
    if (row?.kind !== 'message') return undefined
    const { kind: _, ...message } = row
    return { ...message, payload: message.payload.slice() }
  }

  #added(): void {
    if (this.#filter && !this.#scanning) this.#filter.scan()
    this.changed()
  }

  /** Looks at the rows that a new filter has not seen, a turn at a time. */
  #scan(): void {
    if (this.#scanning) return
    this.#scanning = true
    const turn = () => {
      const complete = this.#filter?.scan() ?? true
      this.changed()
      if (complete) this.#scanning = false
      else this.#clock.after(0, turn)
    }
    turn()
  }

  #view(request: WindowRequest): WindowView {
    const ring = this.#ring
    const untilSequence = Math.min(request.untilSequence ?? ring.next, ring.next)
    const filter = this.#filter
    const first = filter ? filter.first : ring.first
    const end = Math.max(first, filter ? filter.endBefore(untilSequence) : untilSequence)
    const wanted = request.from === 'end' ? end - request.count : request.from
    const from = Math.min(Math.max(wanted, first), end)
    const rows: RowView[] = []
    for (let position = from; position < Math.min(from + request.count, end); position++) {
      const row = ring.get(filter ? (filter.at(position) ?? -1) : position)
      if (row) rows.push(this.#row(row))
    }
    const counters = ring.counters()
    const shown = filter ? filter.next - filter.first - counters.gaps : counters.kept
    return {
      revision: this.#revision,
      counters,
      subscriptions: this.#subscriptions.map(({ filter, qos, meter }) => ({
        filter,
        qos,
        status: this.#stateOf(filter)?.status ?? { kind: 'pending' },
        messagesPerSecond: meter.perSecond,
        received: meter.total,
        receivedBytes: 0,
      })),
      first,
      end,
      shown,
      filtered: counters.kept - shown,
      delivery: { dup: 0, skipped: 0, repeated: 0, late: 0, missing: 0 },
      budget: this.#budget,
      origin: { kind: 'live' },
      isComplete: filter?.isComplete ?? true,
      from,
      rows,
      nextSequence: ring.next,
      sinceMs: this.#sinceMs,
    }
  }

  #row(row: StoredRow): RowView {
    if (row.kind === 'gap') return row
    const { kind, sequence, receivedAtMs, topic, payload, qos, retain, dup } = row
    const subscription = this.#subscriptionsOf(topic)[0] ?? -1
    const sizeBytes = payload.length
    return { kind, sequence, receivedAtMs, topic, sizeBytes, qos, retain, dup, subscription, ...previewOf(payload) }
  }

  #subscriptionsOf(topic: string): readonly number[] {
    const known = this.#matching.get(topic)
    if (known) return known
    const indexes = this.#subscriptions.flatMap(({ filter }, index) =>
      matches(parseSharedSubscription(filter)?.topicFilter ?? filter, topic, { hashMatchesParent: true })
        ? [index]
        : [],
    )
    if (this.#matching.size > 100_000) this.#matching.clear()
    this.#matching.set(topic, indexes)
    return indexes
  }
}
