import type { MqttMessage, SubscriptionRequest } from './message.ts'

/** Messages of some topic filters as far as a page can look at them. The payloads are the page's own copies. */
export interface SampledMessages {
  readonly sample: string
  readonly messages: readonly MqttMessage[]
  /** So many more came meanwhile. */
  readonly dropped: number
}

/** A page is handed so much at once, so often: 2,000 messages a second at most. */
const MOST_MESSAGES = 200
const MOST_BYTES = 1024 * 1024
const EVERY_MS = 100

interface Batch {
  messages: MqttMessage[]
  bytes: number
  dropped: number
}

export interface SamplesParts {
  readonly setSubscriptions: (consumer: string, requests: readonly SubscriptionRequest[]) => void
  readonly after: (ms: number, action: () => void) => unknown
  readonly tell: (batch: SampledMessages, transfer: Transferable[]) => void
}

const PREFIX = 'sample:'

/**
 * Messages for whoever looks at some of them: whole, in batches, and no more than a page can take; the rest is counted.
 * What has to see every message runs in the worker instead.
 */
export class Samples {
  readonly #parts: SamplesParts
  readonly #batches = new Map<string, Batch>()
  #isTicking = false

  constructor(parts: SamplesParts) {
    this.#parts = parts
  }

  open(sample: string, requests: readonly SubscriptionRequest[]): void {
    this.#batches.set(sample, { messages: [], bytes: 0, dropped: 0 })
    this.#parts.setSubscriptions(PREFIX + sample, requests)
  }

  close(sample: string): void {
    this.#batches.delete(sample)
    this.#parts.setSubscriptions(PREFIX + sample, [])
  }

  onMessage(message: MqttMessage, consumers: readonly string[]): void {
    for (const consumer of consumers) {
      const batch = consumer.startsWith(PREFIX) ? this.#batches.get(consumer.slice(PREFIX.length)) : undefined
      if (!batch) continue
      const { payload } = message
      if (batch.messages.length >= MOST_MESSAGES || batch.bytes + payload.length > MOST_BYTES) batch.dropped += 1
      else {
        batch.messages.push({ ...message, payload: Uint8Array.from(payload) })
        batch.bytes += payload.length
      }
      if (!this.#isTicking) {
        this.#isTicking = true
        this.#parts.after(EVERY_MS, () => this.#tell())
      }
    }
  }

  #tell(): void {
    this.#isTicking = false
    for (const [sample, { messages, dropped }] of this.#batches) {
      if (messages.length + dropped === 0) continue
      this.#batches.set(sample, { messages: [], bytes: 0, dropped: 0 })
      this.#parts.tell(
        { sample, messages, dropped },
        messages.map(({ payload }) => payload.buffer),
      )
    }
  }
}
