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

  constructor(options: LineOptions, handlers: LineHandlers, refuses: readonly string[] = ['secret/']) {
    this.clientId = options.clientId
    this.options = options
    this.handlers = handlers
    this.#refuses = refuses
  }

  async subscribe(requests: readonly SubscriptionRequest[]): Promise<readonly SubscriptionStatus[]> {
    return requests.map(({ filter, qos }) => {
      if (this.#refuses.some((prefix) => filter.startsWith(prefix))) {
        return { kind: 'refused', code: 0x87, reason: 'not authorized' }
      }
      this.filters.add(filter)
      return { kind: 'active', qos }
    })
  }

  async unsubscribe(filters: readonly string[]): Promise<void> {
    for (const filter of filters) this.filters.delete(filter)
  }

  async publish(): Promise<PublishReceipt> {
    return { reasonCode: 0 }
  }

  end(): void {
    this.ended = true
  }

  says(topic: string, text = ''): void {
    const payload = new TextEncoder().encode(text)
    this.handlers.onMessage({ topic, payload, qos: 0, retain: false, dup: false, receivedAtMs: 0 })
  }
}
