import { randomUUID } from 'node:crypto'
import type { Message, OutgoingMessage } from '@thingdeck/broker'
import { BASIC_INGEST_PREFIX, isReservedTopic } from '@thingdeck/topics'
import type { Clock } from '../foundation/clock.ts'
import type { Principal } from '../foundation/peer.ts'
import type { Publisher, Refusal, Traffic } from '../foundation/traffic.ts'
import type { LiveSession } from './live-sessions.ts'
import type { ReservedTopics } from './reserved-topics.ts'

/** Where every message passes once it was distributed, and every refusal: from here on services hear of them. */
export class MessageSeam {
  readonly #traffic: Traffic
  readonly #reserved: ReservedTopics
  readonly #clock: Clock
  /** Who sent a message over HTTP, until it is accepted: by the view of its bytes that {@link announced} made. */
  readonly #httpPublishers = new WeakMap<Uint8Array, Publisher>()

  constructor(traffic: Traffic, reserved: ReservedTopics, clock: Clock) {
    this.#traffic = traffic
    this.#reserved = reserved
    this.#clock = clock
  }

  /** Whether a message goes to subscribers at all: Basic Ingest does not. */
  verdict({ topic }: Message): 'deliver' | 'consume' {
    return topic.startsWith(BASIC_INGEST_PREFIX) ? 'consume' : 'deliver'
  }

  /**
   * A message of this publisher, as it is to be handed to the broker.
   * @returns it with a view of its bytes that nobody else has: the broker hands that on as it is
   */
  announced(publisher: Publisher, message: OutgoingMessage): OutgoingMessage {
    const payload = message.payload.subarray()
    this.#httpPublishers.set(payload, publisher)
    return { ...message, payload }
  }

  /** @param session of the client that sent the message, or whose will it is */
  accepted(message: Message, session: LiveSession | undefined): void {
    // Before anybody hears of it, who may publish the same bytes again: that message is the server's own.
    const httpPublisher = session ? undefined : this.#takePublisher(message)
    const isReserved = isReservedTopic(message.topic)
    if (!isReserved && !this.#traffic.accepted.isHeard) return // most messages: nothing is made for them
    const publisher = session ? new ClientPublisher(session, message.receivedAtMs) : httpPublisher
    // "The Device Shadow service ignores a last will on its reserved topics"; subscribers and rules see it.
    const isWill = session !== undefined && session.willPayload === message.payload
    if (isReserved && !isWill) this.#reserved.answer(message, publisher)
    this.#traffic.accepted.tell({ message, publisher })
  }

  refused(refusal: Refusal, session: LiveSession): void {
    this.#traffic.refused.tell({ refusal, publisher: new ClientPublisher(session, this.#clock()) })
  }

  #takePublisher({ payload }: Message): Publisher | undefined {
    const publisher = this.#httpPublishers.get(payload)
    if (publisher) this.#httpPublishers.delete(payload)
    return publisher
  }
}

/** A connected client, as the source of one message or request. */
class ClientPublisher implements Publisher {
  readonly protocol = 'MQTT'
  readonly receivedAtMs: number
  readonly #session: LiveSession
  #traceId: string | undefined

  constructor(session: LiveSession, receivedAtMs: number) {
    this.#session = session
    this.receivedAtMs = receivedAtMs
  }

  get principal(): Principal {
    return this.#session.principal
  }

  get clientId(): string {
    return this.#session.clientId
  }

  get sessionIdentifier(): string {
    return this.#session.sessionIdentifier
  }

  get thingName(): string | undefined {
    return this.#session.thingName
  }

  get sourceIp(): string | undefined {
    return this.#session.sourceIp
  }

  get sourcePort(): number | undefined {
    return this.#session.sourcePort
  }

  get traceId(): string {
    this.#traceId ??= randomUUID()
    return this.#traceId
  }
}
