import {
  actionPermissions,
  formatNumber,
  isArray,
  isNumber,
  isObject,
  membersOf,
  type Value,
} from '@thingdeck/rules-sql'
import { ActionFailure } from './action-error.ts'
import { membersOfResult } from './elements.ts'
import { type ActionOptions, type MatchedMessage, optionalTemplate, render } from './execution.ts'
import type { DynamoDBSettings, DynamoDBv2Settings, S3Settings } from './settings.ts'

/** @see AWS IoT developer guide, "S3" */
export function s3Request({ bucketName, key, cannedAcl, roleArn }: S3Settings, options: ActionOptions) {
  const bucket = options.template('bucketName', bucketName)
  const object = options.template('key', key)
  return {
    label: 'S3Action',
    failure: 'Failed to put S3 object',
    roleArn,
    request: async (message: MatchedMessage) => {
      const Bucket = await render(bucket, message)
      const Key = await render(object, message)
      return {
        resource: Bucket,
        permissions: actionPermissions('s3', { bucketName: Bucket, key: Key, cannedAcl }, options.home),
        resources: { Bucket, Key },
        words: `Action: s3, Bucket: ${Bucket}, Key: "${Key}"`,
        operation: 'PutObject' as const,
        input: {
          Bucket,
          Key,
          Body: message.output,
          ContentType: 'application/octet-stream',
          // What IoT calls a canned ACL is what S3 calls it.
          ...(cannedAcl !== undefined && { ACL: cannedAcl }),
        },
      }
    },
  }
}

/** Each operation's own name in its log entry. What AWS makes of others is not documented. */
const OPERATIONS = { INSERT: 'Insert', UPDATE: 'Update', DELETE: 'Delete' } as const

/** `AttributeValue` of DynamoDB's API. */
export type DynamoAttribute =
  | { NULL: true }
  | { S: string }
  | { BOOL: boolean }
  | { N: string }
  | { B: Uint8Array }
  | { L: DynamoAttribute[] }
  | { M: Record<string, DynamoAttribute> }

/** The whole result in one column. @see AWS IoT developer guide, "DynamoDB" */
export function dynamoDbRequest(settings: DynamoDBSettings, options: ActionOptions) {
  const { hashKeyType, rangeKeyType } = settings
  const table = options.template('tableName', settings.tableName)
  const hash = {
    field: options.template('hashKeyField', settings.hashKeyField),
    value: options.template('hashKeyValue', settings.hashKeyValue),
  }
  const range = {
    field: optionalTemplate(options, 'rangeKeyField', settings.rangeKeyField),
    value: optionalTemplate(options, 'rangeKeyValue', settings.rangeKeyValue),
  }
  const payloadField = optionalTemplate(options, 'payloadField', settings.payloadField)
  const operation = optionalTemplate(options, 'operation', settings.operation)
  return {
    label: 'DynamoAction',
    failure: 'Dynamo Insert record failed',
    roleArn: settings.roleArn,
    request: async (message: MatchedMessage) => {
      const TableName = await render(table, message)
      const [hashField, hashValue] = [await render(hash.field, message), await render(hash.value, message)]
      const [rangeField, rangeValue] = [await render(range.field, message), await render(range.value, message)]
      const column = (await render(payloadField, message)) || 'payload'
      const name = ((await render(operation, message)) || 'INSERT').toUpperCase()
      if (name !== 'INSERT' && name !== 'UPDATE' && name !== 'DELETE') {
        throw new ActionFailure(TableName, `operation must be INSERT, UPDATE or DELETE, not ${name}.`)
      }
      const Key: Record<string, DynamoAttribute> = {
        [hashField]: keyOf(hashValue, hashKeyType, TableName),
        ...(rangeField && { [rangeField]: keyOf(rangeValue ?? '', rangeKeyType, TableName) }),
      }
      const isJson = !(message.result instanceof Uint8Array)
      const payload: DynamoAttribute = isJson ? attributeOf(message.result) : { B: message.output }
      return {
        resource: TableName,
        permissions: actionPermissions('dynamoDB', { tableName: TableName, operation: name }, options.home),
        resources: {
          Table: TableName,
          Operation: OPERATIONS[name],
          ItemHashKeyField: hashField,
          ItemHashKeyValue: hashValue,
          IsPayloadJSON: String(isJson),
        },
        words: `Action: dynamo, Table: ${TableName}, HashKeyField: ${hashField}, HashKeyValue: ${hashValue}, RangeKeyField: ${rangeField || 'None'}, RangeKeyValue: ${rangeValue || 'None'}`,
        ...dynamoCall(name, TableName, Key, column, payload),
      }
    },
  }
}

/** A column for each member of the result. @see AWS IoT developer guide, "DynamoDBv2" */
export function dynamoDbV2Request({ putItem, roleArn }: DynamoDBv2Settings, options: ActionOptions) {
  const table = options.template('putItem.tableName', putItem?.tableName ?? '')
  return {
    label: 'DynamoDBv2Action',
    failure: 'Failed to put DynamoDB item',
    roleArn: roleArn ?? '',
    request: async (message: MatchedMessage) => {
      const TableName = await render(table, message)
      const Item = Object.fromEntries(
        membersOfResult(message, TableName).map(([name, value]) => [name, attributeOf(value)]),
      )
      return {
        resource: TableName,
        permissions: actionPermissions('dynamoDBv2', { putItem: { tableName: TableName } }, options.home),
        resources: { Table: TableName },
        words: `Action: dynamoDBv2, Table: ${TableName}`,
        operation: 'PutItem' as const,
        input: { TableName, Item },
      }
    },
  }
}

function dynamoCall(
  name: 'INSERT' | 'UPDATE' | 'DELETE',
  TableName: string,
  Key: Record<string, DynamoAttribute>,
  column: string,
  payload: DynamoAttribute,
) {
  if (name === 'INSERT')
    return { operation: 'PutItem' as const, input: { TableName, Item: { ...Key, [column]: payload } } }
  if (name === 'DELETE') return { operation: 'DeleteItem' as const, input: { TableName, Key } }
  return {
    operation: 'UpdateItem' as const,
    input: {
      TableName,
      Key,
      UpdateExpression: 'SET #payload = :payload',
      ExpressionAttributeNames: { '#payload': column },
      ExpressionAttributeValues: { ':payload': payload },
    },
  }
}

function keyOf(text: string, type: string | undefined, table: string): DynamoAttribute {
  if (type !== 'NUMBER') return { S: text }
  if (!/^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(text)) throw new ActionFailure(table, `The key ${text} is no number.`)
  return { N: text }
}

/** A value as DynamoDB has it, with every digit. */
function attributeOf(value: Value): DynamoAttribute {
  if (value === undefined || value === null) return { NULL: true }
  if (typeof value === 'string') return { S: value }
  if (typeof value === 'boolean') return { BOOL: value }
  if (isNumber(value)) return { N: formatNumber(value) }
  if (isArray(value)) return { L: value.map(attributeOf) }
  if (isObject(value)) {
    return { M: Object.fromEntries([...membersOf(value)].map(([name, member]) => [name, attributeOf(member)])) }
  }
  return { B: value }
}
