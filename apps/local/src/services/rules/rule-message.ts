import type { Message } from '@thingdeck/broker'
import { type MqttProperties, RuleInput, type RuleMessage } from '@thingdeck/rules-sql'
import type { Publisher } from '../../foundation/traffic.ts'

/**
 * A message as rules read it.
 * @param topic its own, or of Basic Ingest what is behind the rule's name
 */
export function ruleInput(message: Message, topic: string, publisher: Publisher | undefined): RuleInput {
  return new RuleInput(new PublishedMessage(message, topic, publisher))
}

/** One is made for each message: what few rules ask for (a trace id is made when it is first read) is read when asked. */
class PublishedMessage implements RuleMessage {
  readonly topic: string
  readonly payload: Uint8Array
  readonly timestampMs: number
  readonly #message: Message
  readonly #publisher: Publisher | undefined

  constructor(message: Message, topic: string, publisher: Publisher | undefined) {
    this.topic = topic
    this.payload = message.payload
    this.timestampMs = message.receivedAtMs
    this.#message = message
    this.#publisher = publisher
  }

  get clientId(): string | undefined {
    return this.#publisher?.clientId
  }

  get principal(): string | undefined {
    return this.#publisher?.principal.principalId
  }

  get sourceIp(): string | undefined {
    return this.#publisher?.sourceIp
  }

  get traceId(): string | undefined {
    return this.#publisher?.traceId
  }

  get mqtt(): MqttProperties {
    const { contentType, responseTopic, correlationData, payloadFormatIndicator, userProperties } =
      this.#message.properties
    return { payloadIsUtf8: payloadFormatIndicator === 1, contentType, responseTopic, correlationData, userProperties }
  }
}
