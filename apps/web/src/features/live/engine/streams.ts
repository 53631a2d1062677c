import type { Clock } from '../../../shared/mqtt/clock.ts'
import type { MqttMessage, SubscriptionRequest } from '../../../shared/mqtt/message.ts'
import type { Gap } from './message-ring.ts'
import type { LiveProcedures, StreamBudget } from './protocol.ts'
import { LiveStream, type StateOfFilter } from './stream.ts'

/** What the streams need of the MQTT session. */
export interface StreamSource {
  setSubscriptions(consumer: string, requests: readonly SubscriptionRequest[]): void
  readonly stateOf: StateOfFilter
}

/** What there is so far; the port answers the others with `UNKNOWN_CALL`. */
type Built = 'live.configure' | 'live.window' | 'live.message' | 'live.clear' | 'live.close' | 'live.configuration'

const PREFIX = 'live:'
/** A list of half a million rows is as tall as every browser can scroll. */
const BUDGET: StreamBudget = { maxBytes: 192 * 1024 * 1024, maxRows: 500_000 }

/** All streams of this tab, by name. They go on whichever page is open, until the page closes them. */
export class LiveStreams {
  readonly #streams = new Map<string, LiveStream>()
  readonly #clock: Clock
  readonly #source: StreamSource

  constructor(clock: Clock, source: StreamSource) {
    this.#clock = clock
    this.#source = source
  }

  onMessage(message: MqttMessage, consumers: readonly string[]): void {
    for (const consumer of consumers) {
      if (consumer.startsWith(PREFIX)) this.#streams.get(consumer.slice(PREFIX.length))?.push(message)
    }
  }

  onGap(gap: Gap): void {
    for (const stream of this.#streams.values()) stream.pushGap(gap)
  }

  /** The session's state changed, and with it perhaps that of subscriptions. */
  onStatus(): void {
    for (const stream of this.#streams.values()) stream.changed()
  }

  procedures(): Pick<LiveProcedures, Built> {
    return {
      'live.configure': ({ stream: name, ...configuration }) => {
        const stream = this.#streams.get(name) ?? new LiveStream(BUDGET, this.#clock, this.#source.stateOf)
        this.#streams.set(name, stream)
        stream.configure(configuration)
        this.#source.setSubscriptions(PREFIX + name, configuration.subscriptions)
      },
      'live.window': async (request) => this.#streams.get(request.stream)?.window(request),
      'live.message': ({ stream, sequence }) => this.#streams.get(stream)?.message(sequence),
      'live.clear': ({ stream }) => this.#streams.get(stream)?.clear(),
      'live.close': ({ stream }) => {
        this.#streams.get(stream)?.close()
        this.#streams.delete(stream)
        this.#source.setSubscriptions(PREFIX + stream, [])
      },
      'live.configuration': ({ stream }) => {
        const configuration = this.#streams.get(stream)?.configuration()
        return configuration && { stream, ...configuration }
      },
    }
  }
}
