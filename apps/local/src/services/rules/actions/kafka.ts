import { kafkaRequest, render } from '@thingdeck/rule-actions'
import type { Template } from '@thingdeck/rules-sql'
import type { Destinations } from '../destinations.ts'
import type { ActionSettings } from '../rule-table.ts'
import type { ActionOptions, CompiledAction, Execution } from './action.ts'
import { KafkaProducers } from './kafka-producers.ts'
import { checkKafkaProperties } from './kafka-properties.ts'

export interface KafkaParts {
  readonly destinations: Pick<Destinations, 'find' | 'statusOf'>
}

/** Sends the result to a topic of Apache Kafka. @see AWS IoT developer guide, "Apache Kafka" */
export class Kafka implements CompiledAction {
  readonly label: string
  readonly #parts: KafkaParts
  readonly #destinationArn: string
  readonly #request: ReturnType<typeof kafkaRequest>
  readonly #properties: readonly (readonly [name: string, value: Template])[]
  readonly #producers = new KafkaProducers()

  constructor(parts: KafkaParts, settings: ActionSettings<'kafka'>, options: ActionOptions) {
    const { destinationArn, clientProperties } = settings
    checkKafkaProperties(clientProperties, options.place)
    this.#parts = parts
    this.#destinationArn = destinationArn
    this.#request = kafkaRequest(settings, options)
    this.label = this.#request.label
    this.#properties = Object.entries(clientProperties).map(
      ([name, value]) => [name, options.template(`clientProperties.${name}`, value)] as const,
    )
  }

  async resources(execution: Execution) {
    return { Topic: await this.#request.topicOf(execution), DestinationArn: this.#destinationArn }
  }

  async run(execution: Execution): Promise<void> {
    const topic = await this.#request.topicOf(execution)
    const fail = (why: string, cause?: unknown) => this.#request.failure(topic, execution, why, cause)
    const destination = this.#parts.destinations.find(this.#destinationArn)
    if (destination?.kind !== 'vpc') throw fail(`that there is no VPC destination ${this.#destinationArn}`)
    const { status, reason } = this.#parts.destinations.statusOf(destination)
    if (status !== 'ENABLED') throw fail(`that the destination is ${status}. ${reason}`)
    const { key, partition, headers, value } = await this.#request.request(execution)
    const properties: Record<string, string> = {}
    for (const [name, value] of this.#properties) properties[name] = await render(value, execution)
    const message = {
      topic,
      value: Buffer.from(value),
      headers: new Map(headers.map(([name, text]) => [Buffer.from(name), Buffer.from(text)])),
      ...(key !== undefined && { key: Buffer.from(key) }),
      ...(partition !== undefined && { partition }),
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
