import type { Line, LineHandlers, LineOptions, PublishReceipt } from './line.ts'
import type { SubscriptionRequest } from './message.ts'
import type { SubscriptionStatus } from './subscription-table.ts'

/** A broker's end of a connection, for tests: what it was asked, and the power to speak and to hang up. */
export class TestLine implements Line {
  readonly clientId: string
  readonly options: LineOptions
  readonly handlers: LineHandlers
  readonly filters = new Set<string>()
  /** Filters that begin with one of these are refused. */
  readonly #refuses: readonly string[]
  ended = false
  /** Requests in the order in which they came. */
  readonly asked: string[] = []
  #held: (() => void)[] | undefined

  constructor(options: LineOptions, handlers: LineHandlers, refuses: readonly string[] = ['secret/']) {
    this.clientId = options.clientId
    this.options = options
    this.handlers = handlers
    this.#refuses = refuses
  }

  /** From now on requests arrive, and are done and answered when the broker gets round to it. */
  hold(): void {
    this.#held ??= []
  }

  /** Does and answers what waits; what it leads to is answered at once. */
  release(): void {
    const held = this.#held ?? []
    this.#held = undefined
    for (const go of held) go()
  }

  async #turn(request: string): Promise<void> {
    this.asked.push(request)
    if (this.#held) await new Promise<void>((resolve) => this.#held?.push(resolve))
  }

  async subscribe(requests: readonly SubscriptionRequest[]): Promise<readonly SubscriptionStatus[]> {
    await this.#turn(`SUBSCRIBE ${requests.map(({ filter }) => filter).join(' ')}`)
    return requests.map(({ filter, qos }) => {
      if (this.#refuses.some((prefix) => filter.startsWith(prefix))) {
        return { kind: 'refused', code: 0x87, reason: 'not authorized' }
      }
      this.filters.add(filter)
      return { kind: 'active', qos }
    })
  }

  async unsubscribe(filters: readonly string[]): Promise<void> {
    await this.#turn(`UNSUBSCRIBE ${filters.join(' ')}`)
    for (const filter of filters) this.filters.delete(filter)
  }

  async roundTrip(): Promise<void> {
    await this.#turn('round trip')
  }

  async publish(): Promise<PublishReceipt> {
    return { reasonCode: 0 }
  }

  end(): void {
    this.ended = true
  }

  says(topic: string, text = '', { retain = false } = {}): void {
    const payload = new TextEncoder().encode(text)
    this.handlers.onArrival()
    this.handlers.onMessage({ topic, payload, qos: 0, retain, dup: false, receivedAtMs: 0 })
  }
}
