import type { Template } from '@thingdeck/rules-sql'
import type { Destinations } from '../destinations.ts'
import type { ActionSettings } from '../rule-table.ts'
import {
  ActionFailure,
  type ActionOptions,
  type CompiledAction,
  type Execution,
  optionalTemplate,
  render,
} from './action.ts'
import { KafkaProducers } from './kafka-producers.ts'
import { checkKafkaProperties } from './kafka-properties.ts'

export interface KafkaParts {
  readonly destinations: Pick<Destinations, 'find' | 'statusOf'>
}

/** Sends the result to a topic of Apache Kafka. @see AWS IoT developer guide, "Apache Kafka" */
export class Kafka implements CompiledAction {
  readonly label = 'KafkaAction'
  readonly #parts: KafkaParts
  readonly #destinationArn: string
  readonly #topic: Template
  readonly #key: Template | undefined
  readonly #partition: Template | undefined
  readonly #headers: readonly (readonly [key: Template, value: Template])[]
  readonly #properties: readonly (readonly [name: string, value: Template])[]
  readonly #producers = new KafkaProducers()

  constructor(parts: KafkaParts, settings: ActionSettings<'kafka'>, options: ActionOptions) {
    const { destinationArn, topic, key, partition, headers = [], clientProperties } = settings
    checkKafkaProperties(clientProperties, options.place)
    this.#parts = parts
    this.#destinationArn = destinationArn
    this.#topic = options.template('topic', topic)
    this.#key = optionalTemplate(options, 'key', key)
    this.#partition = optionalTemplate(options, 'partition', partition)
    this.#headers = headers.map(
      (header, index) =>
        [
          options.template(`headers[${index}].key`, header.key),
          options.template(`headers[${index}].value`, header.value),
        ] as const,
    )
    this.#properties = Object.entries(clientProperties).map(
      ([name, value]) => [name, options.template(`clientProperties.${name}`, value)] as const,
    )
  }

  async resources(execution: Execution) {
    return { Topic: await render(this.#topic, execution), DestinationArn: this.#destinationArn }
  }

  async run(execution: Execution): Promise<void> {
    const topic = await render(this.#topic, execution)
    const fail = (why: string, cause?: unknown) =>
      new ActionFailure(
        topic,
        `Failed to send Kafka record. The error received was ${why}. Message arrived on: ${execution.input.message.topic}, Action: kafka, Topic: ${topic}`,
        cause,
      )
    const destination = this.#parts.destinations.find(this.#destinationArn)
    if (destination?.kind !== 'vpc') throw fail(`that there is no VPC destination ${this.#destinationArn}`)
    const { status, reason } = this.#parts.destinations.statusOf(destination)
    if (status !== 'ENABLED') throw fail(`that the destination is ${status}. ${reason}`)
    const partition = await render(this.#partition, execution)
    if (partition !== undefined && !/^\d{1,9}$/.test(partition)) {
      throw fail(`that the partition is a whole number, and not ${partition}`)
    }
    const key = await render(this.#key, execution)
    const headers = new Map<Buffer, Buffer>()
    for (const [name, value] of this.#headers) {
      headers.set(Buffer.from(await render(name, execution)), Buffer.from(await render(value, execution)))
    }
    const properties: Record<string, string> = {}
    for (const [name, value] of this.#properties) properties[name] = await render(value, execution)
    const message = {
      topic,
      value: Buffer.from(execution.output),
      headers,
      ...(key !== undefined && { key: Buffer.from(key) }),
      ...(partition !== undefined && { partition: Number(partition) }),
    }
    try {
      await this.#producers.send(properties, message)
    } catch (error) {
      throw fail(error instanceof Error ? error.message : String(error), error)
    }
  }

  close(): void {
    this.#producers.close()
  }
}
