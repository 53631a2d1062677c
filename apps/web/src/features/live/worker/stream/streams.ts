import { givenTypesOf } from '../../../../shared/decode/protobuf/stored-types.ts'
import { setGivenTypes } from '../../../../shared/decode/protobuf/topic-types.ts'
import type { Clock } from '../../../../shared/mqtt/clock.ts'
import type { MqttMessage, SubscriptionRequest } from '../../../../shared/mqtt/message.ts'
import type { Gap } from '../../../../shared/recording/gap.ts'
import type { ChartProcedures } from '../../protocol/chart.ts'
import type { PayloadTypeProcedures } from '../../protocol/payload-types.ts'
import type { StreamConfiguration, StreamProcedures } from '../../protocol/stream.ts'
import type { TreeProcedures } from '../../protocol/tree.ts'
import type { Turns } from '../turns.ts'
import { newestOf } from './kept-messages.ts'
import { DEFAULT_BUDGET, LiveStream } from './stream.ts'
import type { StateOfFilter } from './stream-subscriptions.ts'
import { suggestTopics } from './suggest-topics.ts'

/** What the streams need of the MQTT session. */
export interface StreamSource {
  setSubscriptions(consumer: string, requests: readonly SubscriptionRequest[]): void
  readonly stateOf: StateOfFilter
}

const PREFIX = 'live:'
/** All streams of this tab, by name. They go on whichever page is open, until the page closes them. */
export class LiveStreams {
  readonly #streams = new Map<string, LiveStream>()
  readonly #clock: Clock
  readonly #turns: Turns
  readonly #source: StreamSource

  constructor(clock: Clock, turns: Turns, source: StreamSource) {
    this.#clock = clock
    this.#turns = turns
    this.#source = source
  }

  get(name: string): LiveStream | undefined {
    return this.#streams.get(name)
  }

  /** A stream without subscriptions, for a recording; in the place of one that has the name already. */
  create(name: string): LiveStream {
    this.#close(name)
    const stream = this.#newStream()
    this.#streams.set(name, stream)
    return stream
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

  /** The newest messages of a topic filter, of the stream that has most of them; the oldest first. */
  kept(filter: string, count: number): readonly MqttMessage[] {
    const found = Array.from(this.#streams.values(), ({ ring }) => newestOf(ring, filter, count))
    return found.reduce((most, each) => (each.length > most.length ? each : most), [])
  }

  /** Resolves when all that recordings took in so far is where they are kept. */
  async settled(): Promise<void> {
    await Promise.all(Array.from(this.#streams.values(), (stream) => stream.listener?.settled()))
  }

  procedures(): StreamProcedures & TreeProcedures & ChartProcedures & PayloadTypeProcedures {
    return {
      'live.configure': (configuration) => this.#configure(configuration),
      'live.window': async (request) => this.#streams.get(request.stream)?.window(request),
      'live.message': ({ stream, sequence }) => this.#streams.get(stream)?.message(sequence),
      'live.gap': ({ stream, sequence }) => this.#streams.get(stream)?.shown.gap(sequence),
      'live.clear': ({ stream }) => this.#streams.get(stream)?.clear(),
      'live.undoClear': ({ stream }) => this.#streams.get(stream)?.undoClear() ?? false,
      'live.close': ({ stream }) => this.#close(stream),
      'live.configuration': ({ stream }) => {
        const configuration = this.#streams.get(stream)?.configuration()
        return configuration && { stream, ...configuration }
      },
      'live.streams': () => [...this.#streams.keys()],
      'live.setPaused': ({ stream, paused }) => this.#streams.get(stream)?.setPaused(paused),
      'live.cancelSearch': ({ stream }) => this.#streams.get(stream)?.cancelSearch(),
      'live.locate': ({ stream, sequence, direction }) => this.#streams.get(stream)?.shown.locate(sequence, direction),
      'live.locateGap': ({ stream, sequence, direction }) =>
        this.#streams.get(stream)?.shown.locateGap(sequence, direction),
      'live.messagesBetween': ({ stream, from, to }) =>
        this.#streams.get(stream)?.shown.messagesBetween(from, to) ?? [],
      'live.topicMessages': ({ stream, topic, before, count }) =>
        this.#streams.get(stream)?.topicMessages(topic, count, before) ?? [],
      'live.suggestTopics': ({ stream, text, count }) => suggestTopics(this.#topics(stream), text, count),
      'live.tree': async (request) => this.#streams.get(request.stream)?.tree(request),
      'live.treeIndex': ({ path, ...request }) => this.#streams.get(request.stream)?.treeIndex(path, request),
      'live.pin': ({ stream, pins }) => this.#streams.get(stream)?.pin(pins),
      'live.series': async (request) => this.#streams.get(request.stream)?.series(request),
      'live.setPayloadTypes': ({ types }) => {
        setGivenTypes(givenTypesOf(types))
        for (const stream of this.#streams.values()) stream.payloadTypesChanged()
      },
      'live.numericPaths': ({ stream, topic }) => this.#streams.get(stream)?.numericPaths(topic) ?? [],
    }
  }

  #configure({ stream: name, ...configuration }: StreamConfiguration): void {
    const stream = this.#streams.get(name) ?? this.#newStream()
    this.#streams.set(name, stream)
    const isRecording = stream.origin.kind === 'recording' // read-only: it is subscribed to nothing
    const subscriptions = isRecording ? [] : configuration.subscriptions
    stream.configure({ ...configuration, subscriptions })
    this.#source.setSubscriptions(
      PREFIX + name,
      subscriptions.map(({ filter, qos }) => ({ filter, qos })),
    )
  }

  #newStream(): LiveStream {
    return new LiveStream(DEFAULT_BUDGET, { clock: this.#clock, turns: this.#turns, stateOf: this.#source.stateOf })
  }

  #close(name: string): void {
    this.#streams.get(name)?.close()
    this.#streams.delete(name)
    this.#source.setSubscriptions(PREFIX + name, [])
  }

  *#topics(name: string | undefined): Generator<string> {
    for (const [each, stream] of this.#streams)
      if (name === undefined || name === each) yield* stream.ring.topics.topics()
  }
}
