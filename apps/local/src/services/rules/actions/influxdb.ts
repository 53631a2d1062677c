import {
  formatNumber,
  isArray,
  isNumber,
  isObject,
  membersOf,
  Numbers,
  parseJsonValue,
  type Value,
} from '@thingdeck/rules-sql'
import { invalidRequest } from '../../../foundation/errors.ts'
import type { Destinations } from '../destinations.ts'
import { type InfluxDbDestination, readToken, writeRequest } from '../influxdb-api.ts'
import type { RoleChecks, RuleRoles } from '../rule-roles.ts'
import type { ActionSettings } from '../rule-table.ts'
import type { Secrets } from '../secrets.ts'
import { ActionFailure, type ActionOptions, type CompiledAction, type Execution } from './action.ts'
import { Batches, joinItems } from './batches.ts'
import { type ElementTemplate, elementTemplate } from './element-template.ts'
import { sendWithRetries } from './http-sender.ts'
import { checkInfluxDb } from './influxdb-check.ts'
import { formatPoint } from './line-protocol.ts'

type InfluxDbSettings = ActionSettings<'influxDB'>

export interface InfluxDbParts {
  readonly destinations: Pick<Destinations, 'find' | 'statusOf'>
  readonly secrets: Pick<Secrets, 'read' | 'forget'>
  readonly roles: RuleRoles
}

/** A document has no numbers that versions read differently. */
const NUMBERS = Numbers.of('2016-03-23')

/** Of each unit so many are a second. */
const PER_SECOND = { s: 1n, ms: 1_000n, us: 1_000_000n, ns: 1_000_000_000n } as const

/** Writes the result, or each element of it, as a point. @see AWS IoT developer guide, "InfluxDB" */
export class InfluxDb implements CompiledAction {
  readonly label = 'InfluxDBAction'
  readonly #parts: InfluxDbParts
  readonly #settings: InfluxDbSettings
  readonly #roles: RoleChecks
  readonly #unit: keyof typeof PER_SECOND
  readonly #isErrorAction: boolean
  readonly #table: ElementTemplate
  readonly #tags: readonly (readonly [name: ElementTemplate, value: ElementTemplate])[]
  /** Members that the table and the tags are made of. */
  readonly #used: ReadonlySet<string>
  readonly #batches: Batches | undefined

  constructor(parts: InfluxDbParts, settings: InfluxDbSettings, options: ActionOptions) {
    checkInfluxDb(settings, options)
    const { destinationArn, tableName, tags = {}, timestampUnit = 'ms', batchConfig } = settings
    const template = (member: string, text: string) => elementTemplate(options, member, text, destinationArn)
    this.#parts = parts
    this.#settings = settings
    this.#roles = parts.roles.forRule(options.ruleName)
    this.#unit = timestampUnit
    this.#isErrorAction = options.isErrorAction
    this.#table = template('tableName', tableName)
    this.#tags = Object.entries(tags).map(([name, value]) => {
      if (name.includes('@{')) throw invalidRequest(`${options.place}.tags: a name of a tag cannot have @{…}.`)
      return [template(`tags.${name}`, name), template(`tags.${name}`, value)] as const
    })
    this.#used = new Set([this.#table, ...this.#tags.flat()].flatMap(({ fields }) => [...fields]))
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
    const lines = Buffer.from(await this.#linesOf(execution))
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
    if (!destination || !configuration) throw this.#failure('that there is no such destination of InfluxDB')
    const { status, reason } = this.#parts.destinations.statusOf(destination)
    if (status !== 'ENABLED') throw this.#failure(`that the destination is ${status}. ${reason}`)
    if (configuration.influxDBVersion === 'V2' && this.#settings.organization === undefined) {
      throw this.#failure('that InfluxDB V2 needs the organization')
    }
    return configuration
  }

  async #linesOf(execution: Execution): Promise<string> {
    const table = await this.#table.forMessage(execution)
    const tags: (readonly [(element: Value) => string, (element: Value) => string])[] = []
    for (const [name, value] of this.#tags) {
      tags.push([await name.forMessage(execution), await value.forMessage(execution)])
    }
    const { result } = execution
    const elements = isArray(result) ? result : [this.#isErrorAction ? this.#documentOf(execution) : result]
    if (elements.length === 0) throw this.#failure('that the result has no elements')
    try {
      return elements
        .map((element) => {
          if (!isObject(element)) throw new Error('a point is made of an object, which the result is not')
          const members = [...membersOf(element)]
          return formatPoint({
            table: table(element),
            tags: tags.map(([name, value]) => [name(element), value(element)] as const),
            fields: members.filter(([name]) => name !== 'timestamp' && !this.#used.has(name)),
            timestamp: this.#timestampOf(members, execution),
          })
        })
        .join('\n')
    } catch (error) {
      throw error instanceof ActionFailure || !(error instanceof Error) ? error : this.#failure(error.message)
    }
  }

  /** The document of an error action comes as JavaScript has it. */
  #documentOf({ output }: Execution): Value {
    return parseJsonValue(Buffer.from(output).toString(), NUMBERS)
  }

  #timestampOf(members: readonly (readonly [string, Value])[], { input }: Execution): string {
    if (this.#isErrorAction) {
      return String((BigInt(input.message.timestampMs) * PER_SECOND[this.#unit]) / 1_000n)
    }
    const timestamp = members.find(([name]) => name === 'timestamp')?.[1]
    const text = timestamp !== undefined && isNumber(timestamp) ? formatNumber(timestamp) : ''
    if (/^-?\d+$/.test(text)) return text
    throw new Error(`a point needs the member timestamp, a whole number of ${this.#unit}`)
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
        throw this.#failure(why, topic, batch)
      }
      const request = writeRequest(destination, this.#settings, this.#unit, token, lines)
      const sent = await sendWithRetries(async () => request)
      if (sent.isDone) return
      if (sent.status !== 401 || isAgain) {
        throw this.#failure(`${sent.words}${sent.body ? ` ${sent.body}` : ''}`, topic, batch)
      }
      this.#parts.secrets.forget(destination.secretId, roleArn)
    }
  }

  #failure(why: string, topic?: string, batch?: ActionFailure['batch']): ActionFailure {
    const { destinationArn, databaseName } = this.#settings
    const arrived = topic === undefined ? '' : `Message arrived on: ${topic}, `
    return new ActionFailure(
      destinationArn,
      `Failed to write to InfluxDB. The error received was ${why}. ${arrived}Action: influxDB, Database: ${databaseName}`,
      undefined,
      batch,
    )
  }
}
