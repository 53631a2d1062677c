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
import { ActionFailure, type FailedBatch, InvalidAction } from './action-error.ts'
import { textOf } from './bytes.ts'
import { elementTemplate } from './element-template.ts'
import type { ActionOptions, MatchedMessage } from './execution.ts'
import { checkInfluxDb } from './influxdb-check.ts'
import { formatPoint } from './line-protocol.ts'
import type { InfluxDbSettings } from './settings.ts'

/** A document has no numbers that versions read differently. */
const NUMBERS = Numbers.of('2016-03-23')

/** Of each unit so many are a second. */
const PER_SECOND = { s: 1n, ms: 1_000n, us: 1_000_000n, ns: 1_000_000_000n } as const
export type InfluxUnit = keyof typeof PER_SECOND

/** Points as lines, of a database. */
export interface InfluxRequest {
  readonly databaseName: string
  readonly unit: InfluxUnit
  /** In InfluxDB's line protocol. */
  readonly lines: string
}

/**
 * Writes the result, or each element of it, as a point. @see AWS IoT developer guide, "InfluxDB"
 * @throws {InvalidAction} that names the member
 */
export function influxRequest(settings: InfluxDbSettings, options: ActionOptions) {
  checkInfluxDb(settings, options)
  const { destinationArn, databaseName, tableName, tags: tagsByName = {} } = settings
  const unit = (settings.timestampUnit ?? 'ms') as InfluxUnit // one of them, which was checked
  const template = (member: string, text: string) => elementTemplate(options, member, text, destinationArn)
  const table = template('tableName', tableName)
  const tags = Object.entries(tagsByName).map(([name, value]) => {
    if (name.includes('@{')) throw new InvalidAction(`${options.place}.tags: a name of a tag cannot have @{…}.`)
    return [template(`tags.${name}`, name), template(`tags.${name}`, value)] as const
  })
  /** Members that the table and the tags are made of. */
  const used = new Set([table, ...tags.flat()].flatMap(({ fields }) => [...fields]))
  const failure = (why: string, topic?: string, batch?: FailedBatch) => {
    const arrived = topic === undefined ? '' : `Message arrived on: ${topic}, `
    return new ActionFailure(
      destinationArn,
      `Failed to write to InfluxDB. The error received was ${why}. ${arrived}Action: influxDB, Database: ${databaseName}`,
      undefined,
      batch,
    )
  }
  const timestampOf = (members: readonly (readonly [string, Value])[], { input }: MatchedMessage): string => {
    if (options.isErrorAction) return String((BigInt(input.message.timestampMs) * PER_SECOND[unit]) / 1_000n)
    const timestamp = members.find(([name]) => name === 'timestamp')?.[1]
    const text = timestamp !== undefined && isNumber(timestamp) ? formatNumber(timestamp) : ''
    if (/^-?\d+$/.test(text)) return text
    throw new Error(`a point needs the member timestamp, a whole number of ${unit}`)
  }
  return {
    label: 'InfluxDBAction',
    failure,
    /** @throws {ActionFailure} */
    request: async (message: MatchedMessage): Promise<InfluxRequest> => {
      const tableOf = await table.forMessage(message)
      const tagsOf: (readonly [(element: Value) => string, (element: Value) => string])[] = []
      for (const [name, value] of tags) tagsOf.push([await name.forMessage(message), await value.forMessage(message)])
      const { result } = message
      const elements = isArray(result) ? result : [options.isErrorAction ? documentOf(message) : result]
      if (elements.length === 0) throw failure('that the result has no elements')
      try {
        const lines = elements.map((element) => {
          if (!isObject(element)) throw new Error('a point is made of an object, which the result is not')
          const members = [...membersOf(element)]
          return formatPoint({
            table: tableOf(element),
            tags: tagsOf.map(([name, value]) => [name(element), value(element)] as const),
            fields: members.filter(([name]) => name !== 'timestamp' && !used.has(name)),
            timestamp: timestampOf(members, message),
          })
        })
        return { databaseName, unit, lines: lines.join('\n') }
      } catch (error) {
        throw error instanceof ActionFailure || !(error instanceof Error) ? error : failure(error.message)
      }
    },
  }
}

/** The document of an error action comes as JavaScript has it. */
const documentOf = ({ output }: MatchedMessage): Value => parseJsonValue(textOf(output), NUMBERS)
