import type { _Record as TimestreamRecord } from '@aws-sdk/client-timestream-write'
import { actionPermissions, formatNumber, isNumber, stringifyValue, type Value } from '@thingdeck/rules-sql'
import { homeOf } from '../../../foundation/account.ts'
import type { ActionSettings } from '../rule-table.ts'
import { ActionFailure, type ActionOptions, optionalTemplate, render } from './action.ts'
import type { AwsActionShape } from './aws-action.ts'
import type { AwsTarget } from './aws-clients.ts'
import { membersOfResult } from './elements.ts'
import { readTimeUnit, readWholeTime } from './time-units.ts'

const TIMESTREAM: AwsTarget = {
  title: 'Amazon Timestream',
  variable: 'AWS_ENDPOINT_URL_TIMESTREAM_WRITE',
  connect: async (settings) => new (await import('@aws-sdk/client-timestream-write')).TimestreamWriteClient(settings),
}

/** "A maximum of 100 measure values" (AWS IoT developer guide, "Timestream"). */
const MAX_RECORDS = 100

/** A record for each member of the result. @see AWS IoT developer guide, "Timestream" */
export function timestreamAction(settings: ActionSettings<'timestream'>, options: ActionOptions): AwsActionShape {
  const { account } = options
  const database = options.template('databaseName', settings.databaseName)
  const table = options.template('tableName', settings.tableName)
  const dimensions = settings.dimensions.map(({ name, value }, index) => ({
    name,
    value: options.template(`dimensions[${index}].value`, value),
  }))
  const time = optionalTemplate(options, 'timestamp.value', settings.timestamp?.value)
  const unit = optionalTemplate(options, 'timestamp.unit', settings.timestamp?.unit)
  return {
    label: 'TimestreamAction',
    failure: 'Failed to write Timestream records',
    target: TIMESTREAM,
    roleArn: settings.roleArn,
    call: async (execution) => {
      const DatabaseName = await render(database, execution)
      const TableName = await render(table, execution)
      const Dimensions: { Name: string; Value: string }[] = []
      for (const { name, value } of dimensions) Dimensions.push({ Name: name, Value: await render(value, execution) })
      const given = await render(time, execution)
      const when =
        given === undefined
          ? { Time: String(execution.input.message.timestampMs), TimeUnit: 'MILLISECONDS' as const }
          : {
              Time: String(readWholeTime(given, 'timestamp.value', TableName)),
              TimeUnit: readTimeUnit((await render(unit, execution)) ?? '', 'timestamp.unit', TableName),
            }
      const Records = membersOfResult(execution, TableName).flatMap(([MeasureName, value]): TimestreamRecord[] => {
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
          homeOf(account),
        ),
        resources: { DatabaseName, TableName },
        words: `Action: timestream, Database: ${DatabaseName}, Table: ${TableName}`,
        send: async (client) => {
          const { RejectedRecordsException, WriteRecordsCommand } = await import('@aws-sdk/client-timestream-write')
          try {
            await client.send(new WriteRecordsCommand({ DatabaseName, TableName, Records }))
          } catch (error) {
            if (error instanceof RejectedRecordsException) {
              const reasons = (error.RejectedRecords ?? []).map(
                ({ RecordIndex, Reason }) => `${RecordIndex}: ${Reason}`,
              )
              if (reasons.length > 0) error.message += ` (${reasons.join('; ')})`
            }
            throw error
          }
        },
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
