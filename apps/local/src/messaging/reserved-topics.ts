import type { Message } from '@thingdeck/broker'
import { mayPublish, parseReservedTopic, type ReservedTopic } from '@thingdeck/topics'
import type { Logger } from 'pino'
import type { Messages } from '../foundation/messages.ts'
import type { ReservedTopicAnswer, ReservedTopicHandlers } from '../foundation/reserved-topics.ts'
import type { Publisher } from '../foundation/traffic.ts'

/** Hands messages on `$aws` topics to the services that answer them. */
export class ReservedTopics {
  readonly #messages: Pick<Messages, 'publish' | 'deliverTo'>
  readonly #isConnected: (publisher: Publisher) => boolean
  readonly #log: Logger
  #handlers: ReservedTopicHandlers = {}
  /** Kinds that nobody answers, once the log has said so. */
  readonly #told = new Set<string>()

  /** @param isConnected whether the connection that a message came by is there still, and not another of its client id */
  constructor(
    messages: Pick<Messages, 'publish' | 'deliverTo'>,
    isConnected: (publisher: Publisher) => boolean,
    log: Logger,
  ) {
    this.#messages = messages
    this.#isConnected = isConnected
    this.#log = log
  }

  /** Until then there are no services, and no clients either. */
  serve(handlers: ReservedTopicHandlers): void {
    this.#handlers = handlers
  }

  answer(message: Message, publisher: Publisher | undefined): void {
    const topic = parseReservedTopic(message.topic)
    if (!topic) return
    // The table's type says that each kind has the handler of that kind; the compiler cannot see it through the look-up.
    const handler = this.#handlers[topic.kind] as ((request: object) => void) | undefined
    if (handler) handler({ topic, message, publisher, answer: this.#answerTo(publisher) })
    else this.#tellUnanswered(topic, message.topic)
  }

  #answerTo(publisher: Publisher | undefined): ReservedTopicAnswer {
    return {
      publish: (topic, payload) => this.#messages.publish(topic, payload),
      isAskerThere: () => publisher?.clientId === undefined || this.#isConnected(publisher),
      toAsker: (topic, payload) => {
        if (publisher?.clientId === undefined) this.#messages.publish(topic, payload)
        // What took a while must not go to whoever connected meanwhile under the same name.
        else if (this.#isConnected(publisher)) this.#messages.deliverTo(publisher.clientId, topic, payload)
      },
    }
  }

  #tellUnanswered(topic: ReservedTopic, name: string): void {
    if (topic.kind === 'rule') {
      // Basic Ingest goes to rules only; one for a rule that does not exist goes nowhere.
      this.#log.warn({ topic: name, ruleName: topic.ruleName }, 'no rule took this message of Basic Ingest')
    } else if (!this.#told.has(topic.kind) && mayPublish(name)) {
      // On what clients may publish to they ask something; the others are answers, or events of the server.
      this.#told.add(topic.kind)
      this.#log.warn(
        { topic: name },
        `the service behind "${topic.kind}" topics is not implemented: nobody will answer`,
      )
    }
  }
}
