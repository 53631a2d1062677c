import { ActionFailure } from './action-error.ts'
import { type ActionOptions, type MatchedMessage, optionalTemplate, render } from './execution.ts'
import type { KafkaSettings } from './settings.ts'

/** A record of Apache Kafka; the properties of the client are the sender's. */
export interface KafkaRequest {
  readonly topic: string
  readonly key: string | undefined
  readonly partition: number | undefined
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly value: Uint8Array
}

/** Sends the result to a topic of Apache Kafka. @see AWS IoT developer guide, "Apache Kafka" */
export function kafkaRequest({ topic, key, partition, headers = [] }: KafkaSettings, options: ActionOptions) {
  const topicTemplate = options.template('topic', topic)
  const keyTemplate = optionalTemplate(options, 'key', key)
  const partitionTemplate = optionalTemplate(options, 'partition', partition)
  const headerTemplates = headers.map(
    (header, index) =>
      [
        options.template(`headers[${index}].key`, header.key),
        options.template(`headers[${index}].value`, header.value),
      ] as const,
  )
  const topicOf = (message: MatchedMessage) => render(topicTemplate, message)
  const failure = (name: string, message: MatchedMessage, why: string, cause?: unknown) =>
    new ActionFailure(
      name,
      `Failed to send Kafka record. The error received was ${why}. Message arrived on: ${message.input.message.topic}, Action: kafka, Topic: ${name}`,
      cause,
    )
  return {
    label: 'KafkaAction',
    topicOf,
    failure,
    /** @throws {ActionFailure} */
    request: async (message: MatchedMessage): Promise<KafkaRequest> => {
      const name = await topicOf(message)
      const number = await render(partitionTemplate, message)
      if (number !== undefined && !/^\d{1,9}$/.test(number)) {
        throw failure(name, message, `that the partition is a whole number, and not ${number}`)
      }
      const made: [string, string][] = []
      for (const [header, value] of headerTemplates) {
        made.push([await render(header, message), await render(value, message)])
      }
      return {
        topic: name,
        key: await render(keyTemplate, message),
        partition: number === undefined ? undefined : Number(number),
        headers: made,
        value: message.output,
      }
    },
  }
}
