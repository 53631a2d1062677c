import { randomUUID } from 'node:crypto'
import type { Message, OutgoingMessage } from '@thingdeck/broker'
import { BASIC_INGEST_PREFIX, isReservedTopic } from '@thingdeck/topics'
import type { Clock } from '../foundation/clock.ts'
import type { LocalContext } from '../foundation/context.ts'
import type { IotLog } from '../foundation/iot-log.ts'
import { SUCCESS } from '../foundation/outcome.ts'
import type { Principal } from '../foundation/peer.ts'
import type { Publisher, Refusal, Traffic } from '../foundation/traffic.ts'
import type { LiveSession } from './live-sessions.ts'
import type { Outbox } from './outbox.ts'
import type { ReservedTopics } from './reserved-topics.ts'

export interface MessageSeamParts {
  readonly context: Pick<LocalContext, 'clock' | 'iotLog'>
  readonly traffic: Traffic
  readonly reserved: ReservedTopics
  readonly outbox: Pick<Outbox, 'causedBy'>
}

/** Where every message passes once it was distributed, and every refusal: from here on services hear of them. */
export class MessageSeam {
  readonly #traffic: Traffic
  readonly #reserved: ReservedTopics
  readonly #outbox: Pick<Outbox, 'causedBy'>
  readonly #clock: Clock
  readonly #iotLog: IotLog
  /** Who sent a message over HTTP, until it is accepted: by the view of its bytes that {@link announced} made. */
  readonly #httpPublishers = new WeakMap<Uint8Array, Publisher>()

  constructor({ context, traffic, reserved, outbox }: MessageSeamParts) {
    this.#iotLog = context.iotLog
    this.#traffic = traffic
    this.#reserved = reserved
    this.#outbox = outbox
    this.#clock = context.clock
  }

  /** Whether a message goes to subscribers at all: Basic Ingest does not. */
  verdict(message: Message): 'deliver' | 'consume' {
    if (this.#iotLog.isTracing) message.traceId ??= randomUUID() // before it is copied for anybody
    const { topic } = message
    return topic.startsWith(BASIC_INGEST_PREFIX) ? 'consume' : 'deliver'
  }

  /**
   * A message of this publisher, as it is to be handed to the broker.
   * @returns it with a view of its bytes that nobody else has: the broker hands that on as it is
   */
  announced(publisher: Publisher, message: OutgoingMessage): OutgoingMessage {
    const payload = message.payload.subarray()
    this.#httpPublishers.set(payload, publisher)
    return { ...message, payload, traceId: publisher.traceId }
  }

  /** @param session of the client that sent the message, or whose will it is */
  accepted(message: Message, session: LiveSession | undefined): void {
    // Before anybody hears of it, who may publish the same bytes again: that message is the server's own.
    const httpPublisher = session ? undefined : this.#takePublisher(message)
    const isReserved = isReservedTopic(message.topic)
    const actor = session ?? httpPublisher
    if (!isReserved && !this.#traffic.accepted.isHeard) {
      // Most messages: nothing is made for them.
      if (actor) this.#traffic.publishesIn.tell(message, actor, SUCCESS)
      return
    }
    const publisher = session ? new ClientPublisher(session, message) : httpPublisher
    // "The Device Shadow service ignores a last will on its reserved topics"; subscribers and rules see it.
    const isWill = session !== undefined && session.willPayload === message.payload
    this.#outbox.causedBy(message, () => {
      if (isReserved && !isWill) this.#reserved.answer(message, publisher)
      if (actor) this.#traffic.publishesIn.tell(message, actor, SUCCESS)
      this.#traffic.accepted.tell({ message, publisher })
    })
  }

  refused(refusal: Refusal, session: LiveSession): void {
    const publisher = new ClientPublisher(session, { receivedAtMs: this.#clock() })
    session.refusal = publisher
    this.#traffic.refused.tell({ refusal, publisher })
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
  readonly #session: LiveSession
  readonly #about: Pick<Message, 'receivedAtMs' | 'traceId'>

  /** @param about the message, which knows its trace id from the first time that it is asked for */
  constructor(session: LiveSession, about: Pick<Message, 'receivedAtMs' | 'traceId'>) {
    this.#session = session
    this.#about = about
  }

  get receivedAtMs(): number {
    return this.#about.receivedAtMs
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
    this.#about.traceId ??= randomUUID()
    return this.#about.traceId
  }
}
