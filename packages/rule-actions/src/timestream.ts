import { actionPermissions, formatNumber, isNumber, stringifyValue, type Value } from '@thingdeck/rules-sql'
import { ActionFailure } from './action-error.ts'
import { membersOfResult } from './elements.ts'
import { type ActionOptions, type MatchedMessage, render } from './execution.ts'
import type { TimestreamSettings } from './settings.ts'
import { type TimeUnit, timestampOf } from './time-units.ts'

interface TimestreamRecord {
  readonly Dimensions: { Name: string; Value: string }[]
  readonly MeasureName: string
  readonly MeasureValue: string
  readonly MeasureValueType: 'VARCHAR' | 'BOOLEAN' | 'DOUBLE' | 'BIGINT'
  readonly Time: string
  readonly TimeUnit: TimeUnit
}

/** "A maximum of 100 measure values" (AWS IoT developer guide, "Timestream"). */
const MAX_RECORDS = 100

/** A record for each member of the result. @see AWS IoT developer guide, "Timestream" */
export function timestreamRequest(settings: TimestreamSettings, options: ActionOptions) {
  const database = options.template('databaseName', settings.databaseName)
  const table = options.template('tableName', settings.tableName)
  const dimensions = settings.dimensions.map(({ name, value }, index) => ({
    name,
    value: options.template(`dimensions[${index}].value`, value),
  }))
  const time = timestampOf(settings.timestamp, options)
  return {
    label: 'TimestreamAction',
    failure: 'Failed to write Timestream records',
    roleArn: settings.roleArn,
    request: async (message: MatchedMessage) => {
      const DatabaseName = await render(database, message)
      const TableName = await render(table, message)
      const Dimensions: { Name: string; Value: string }[] = []
      for (const { name, value } of dimensions) Dimensions.push({ Name: name, Value: await render(value, message) })
      const { value: at, unit: TimeUnit } = await time(message, TableName)
      const when = { Time: String(at), TimeUnit }
      const Records = membersOfResult(message, TableName).flatMap(([MeasureName, value]): TimestreamRecord[] => {
        const measure = measureOf(value)
        return measure ? [{ Dimensions, MeasureName, ...measure, ...when }] : []
      })
      if (Records.length === 0 || Records.length > MAX_RECORDS) {
        throw new ActionFailure(
          TableName,
          `The result has ${Records.length} members that are not null: it needs 1 to ${MAX_RECORDS}.`,
        )
      }
      return {
        resource: TableName,
        permissions: actionPermissions(
          'timestream',
          { databaseName: DatabaseName, tableName: TableName },
          options.home,
        ),
        resources: { DatabaseName, TableName },
        words: `Action: timestream, Database: ${DatabaseName}, Table: ${TableName}`,
        operation: 'WriteRecords' as const,
        input: { DatabaseName, TableName, Records },
      }
    },
  }
}

/** By the JSON type, as AWS tells them apart: a number with a point is a double. Null is no measure. */
function measureOf(value: Value): Pick<TimestreamRecord, 'MeasureValue' | 'MeasureValueType'> | undefined {
  if (value === undefined || value === null) return undefined
  if (typeof value === 'string') return { MeasureValue: value, MeasureValueType: 'VARCHAR' }
  if (typeof value === 'boolean') return { MeasureValue: String(value), MeasureValueType: 'BOOLEAN' }
  if (!isNumber(value)) return { MeasureValue: stringifyValue(value), MeasureValueType: 'VARCHAR' }
  const text = formatNumber(value)
  return { MeasureValue: text, MeasureValueType: /[.eE]/.test(text) ? 'DOUBLE' : 'BIGINT' }
}
