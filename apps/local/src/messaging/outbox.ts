import type { Broker, Message, OutgoingMessage } from '@thingdeck/broker'
import type { Logger } from 'pino'
import type { Database } from '../foundation/database.ts'
import type { Messages } from '../foundation/messages.ts'

/**
 * How messages of the server itself get out: made before the broker, whose own hooks publish events, and opened with it.
 */
export class Outbox implements Pick<Messages, 'publish' | 'deliverTo'> {
  readonly #database: Pick<Database, 'tell'>
  readonly #log: Logger
  /** The message that is being answered. */
  #cause: Pick<Message, 'traceId'> | undefined
  #broker: Pick<Broker<never>, 'publish' | 'deliverTo'> | undefined

  constructor({ database, log }: { readonly database: Pick<Database, 'tell'>; readonly log: Logger }) {
    this.#database = database
    this.#log = log
  }

  open(broker: Pick<Broker<never>, 'publish' | 'deliverTo'>): void {
    this.#broker = broker
  }

  publish(topic: string, payload: Uint8Array, traceId?: string): void {
    this.publishMessage({ topic, payload, qos: 1, traceId })
  }

  publishMessage(message: OutgoingMessage): void {
    this.send({ ...message, traceId: message.traceId ?? this.#cause?.traceId }).catch((error: unknown) =>
      this.#log.error({ err: error, topic: message.topic }, 'publish failed'),
    )
  }

  deliverTo(clientId: string, topic: string, payload: Uint8Array, traceId?: string): boolean {
    this.#database.tell()
    return this.#opened.deliverTo(clientId, { topic, payload, qos: 1, traceId: traceId ?? this.#cause?.traceId })
  }

  /** Whatever is published meanwhile has the trace id of the message that caused it, if that has one by then. */
  causedBy(cause: Pick<Message, 'traceId'>, work: () => void): void {
    const earlier = this.#cause
    this.#cause = cause
    try {
      work()
    } finally {
      this.#cause = earlier
    }
  }

  /** @throws {RangeError} for what is no topic name */
  send(message: OutgoingMessage): Promise<void> {
    this.#database.tell()
    return this.#opened.publish(message)
  }

  get #opened() {
    if (!this.#broker) throw new Error('nothing can be published before there is a broker')
    return this.#broker
  }
}
