import { type ActionFailure, influxRequest } from '@thingdeck/rule-actions'
import type { Destinations } from '../destinations.ts'
import { type InfluxDbDestination, readToken, writeRequest } from '../influxdb-api.ts'
import type { RoleChecks, RuleRoles } from '../rule-roles.ts'
import type { ActionSettings } from '../rule-table.ts'
import type { Secrets } from '../secrets.ts'
import type { ActionOptions, CompiledAction, Execution } from './action.ts'
import { Batches, joinItems } from './batches.ts'
import { sendWithRetries } from './http-sender.ts'

type InfluxDbSettings = ActionSettings<'influxDB'>

export interface InfluxDbParts {
  readonly destinations: Pick<Destinations, 'find' | 'statusOf'>
  readonly secrets: Pick<Secrets, 'read' | 'forget'>
  readonly roles: RuleRoles
}

/** Writes the result, or each element of it, as a point. @see AWS IoT developer guide, "InfluxDB" */
export class InfluxDb implements CompiledAction {
  readonly label: string
  readonly #parts: InfluxDbParts
  readonly #settings: InfluxDbSettings
  readonly #roles: RoleChecks
  readonly #request: ReturnType<typeof influxRequest>
  readonly #batches: Batches | undefined

  constructor(parts: InfluxDbParts, settings: InfluxDbSettings, options: ActionOptions) {
    const { batchConfig } = settings
    this.#parts = parts
    this.#settings = settings
    this.#roles = parts.roles.forRule(options.ruleName)
    this.#request = influxRequest(settings, options)
    this.label = this.#request.label
    if (batchConfig) {
      const { maxBatchOpenMs = 20, maxBatchSize = 10, maxBatchSizeBytes = 5120 } = batchConfig
      this.#batches = new Batches({ openMs: maxBatchOpenMs, size: maxBatchSize, bytes: maxBatchSizeBytes })
    }
  }

  async resources() {
    const { destinationArn, databaseName, tableName } = this.#settings
    return { DestinationArn: destinationArn, DatabaseName: databaseName, TableName: tableName }
  }

  async run(execution: Execution): Promise<void> {
    const destination = this.#destination()
    const lines = Buffer.from((await this.#request.request(execution)).lines)
    const { topic } = execution.input.message
    if (!this.#batches) return this.#write(destination, lines, topic)
    const isAcrossTopics = this.#settings.batchConfig?.batchAcrossTopics === true
    return this.#batches.add(isAcrossTopics ? '' : topic, lines, (items) =>
      this.#write(destination, joinItems(items, '\n'), topic, { size: items.length, isAcrossTopics }),
    )
  }

  #destination(): InfluxDbDestination {
    const { destinationArn } = this.#settings
    const destination = this.#parts.destinations.find(destinationArn)
    const configuration = destination?.configuration.influxDBConfiguration
    if (!destination || !configuration) throw this.#request.failure('that there is no such destination of InfluxDB')
    const { status, reason } = this.#parts.destinations.statusOf(destination)
    if (status !== 'ENABLED') throw this.#request.failure(`that the destination is ${status}. ${reason}`)
    if (configuration.influxDBVersion === 'V2' && this.#settings.organization === undefined) {
      throw this.#request.failure('that InfluxDB V2 needs the organization')
    }
    return configuration
  }

  /** A token that is refused may be an old one: it is read anew, once. */
  async #write(
    destination: InfluxDbDestination,
    lines: Uint8Array,
    topic: string,
    batch?: ActionFailure['batch'],
  ): Promise<void> {
    const { roleArn } = this.#settings
    for (let isAgain = false; ; isAgain = true) {
      let token: string
      try {
        token = readToken(
          destination,
          await this.#parts.secrets.read(destination.secretId, {
            roleArn,
            roles: this.#roles,
          }),
        )
      } catch (error) {
        const why = `of the secret ${destination.secretId}: ${error instanceof Error ? error.message : String(error)}`
        throw this.#request.failure(why, topic, batch)
      }
      const request = writeRequest(destination, this.#settings, this.#settings.timestampUnit ?? 'ms', token, lines)
      const sent = await sendWithRetries(async () => request)
      if (sent.isDone) return
      if (sent.status !== 401 || isAgain) {
        throw this.#request.failure(`${sent.words}${sent.body ? ` ${sent.body}` : ''}`, topic, batch)
      }
      this.#parts.secrets.forget(destination.secretId, roleArn)
    }
  }
}
