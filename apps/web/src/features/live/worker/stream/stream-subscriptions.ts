import { matchedFilter, matches } from '@thingdeck/topics'
import type { Clock } from '../../../../shared/mqtt/clock.ts'
import { RateMeter } from '../../../../shared/mqtt/rate-meter.ts'
import type { SubscriptionState } from '../../../../shared/mqtt/subscription-table.ts'
import type { StreamSubscription, StreamSubscriptionRequest } from '../../protocol/stream.ts'

/** How a filter stands at the broker: the session's table knows. */
export type StateOfFilter = (filter: string) => SubscriptionState | undefined

interface Entry {
  readonly request: StreamSubscriptionRequest
  readonly meter: RateMeter
  receivedBytes: number
}

const MAX_REMEMBERED_TOPICS = 250_000

/** The topic filters of one stream, what each of them received, and which of them a topic is of. */
export class StreamSubscriptions {
  readonly #clock: Clock
  readonly #onRate: () => void
  #entries: readonly Entry[] = []
  readonly #matching = new Map<string, readonly number[]>()

  constructor(clock: Clock, onRate: () => void) {
    this.#clock = clock
    this.#onRate = onRate
  }

  get requests(): readonly StreamSubscriptionRequest[] {
    return this.#entries.map(({ request }) => request)
  }

  /** What a stream looks like from outside changes with these: muting is a filter. */
  get mutedFilters(): readonly string[] {
    return this.#entries.flatMap(({ request }) => (request.muted ? [request.filter] : []))
  }

  replace(requests: readonly StreamSubscriptionRequest[]): void {
    const before = new Map(this.#entries.map((entry) => [entry.request.filter, entry]))
    this.#entries = requests.map((request) => {
      const known = before.get(request.filter)
      before.delete(request.filter)
      if (!known) return { request, meter: new RateMeter(this.#clock, this.#onRate), receivedBytes: 0 }
      return { request, meter: known.meter, receivedBytes: known.receivedBytes }
    })
    for (const { meter } of before.values()) meter.stop()
    this.#matching.clear()
  }

  count(topic: string, sizeBytes: number): void {
    for (const index of this.of(topic)) {
      const entry = this.#entries[index]
      if (!entry) continue
      entry.meter.count()
      entry.receivedBytes += sizeBytes
    }
  }

  /** Indexes of the subscriptions that a topic matches. */
  of(topic: string): readonly number[] {
    const known = this.#matching.get(topic)
    if (known) return known
    const indexes = this.#entries.flatMap(({ request: { filter } }, index) =>
      matches(matchedFilter(filter), topic, { hashMatchesParent: true }) ? [index] : [],
    )
    if (this.#matching.size >= MAX_REMEMBERED_TOPICS) this.#matching.clear()
    this.#matching.set(topic, indexes)
    return indexes
  }

  /** Index of the subscription that shows a topic: the first that it matches and that is not muted. -1: none. */
  showing(topic: string): number {
    const indexes = this.of(topic)
    return indexes.find((index) => this.#entries[index]?.request.muted !== true) ?? indexes[0] ?? -1
  }

  /** Whether all that a topic matches is muted. */
  isMuted(topic: string): boolean {
    const indexes = this.of(topic)
    return indexes.length > 0 && indexes.every((index) => this.#entries[index]?.request.muted === true)
  }

  view(stateOf: StateOfFilter): readonly StreamSubscription[] {
    return this.#entries.map(({ request, meter, receivedBytes }) => ({
      ...request,
      status: stateOf(request.filter)?.status ?? { kind: 'pending' },
      messagesPerSecond: meter.perSecond,
      received: meter.total,
      receivedBytes,
    }))
  }

  close(): void {
    for (const { meter } of this.#entries) meter.stop()
  }
}
