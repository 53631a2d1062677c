import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import type { ObjectCannedACL } from '@aws-sdk/client-s3'
import {
  actionPermissions,
  formatNumber,
  isArray,
  isNumber,
  isObject,
  membersOf,
  type Value,
} from '@thingdeck/rules-sql'
import { homeOf } from '../../../foundation/account.ts'
import type { ActionSettings } from '../rule-table.ts'
import { ActionFailure, type ActionOptions, render } from './action.ts'
import type { AwsActionShape } from './aws-action.ts'
import type { AwsTarget } from './aws-clients.ts'
import { membersOfResult } from './elements.ts'

export const S3: AwsTarget = {
  title: 'Amazon S3',
  variable: 'AWS_ENDPOINT_URL_S3',
  isOurs: true,
  // Beside AWS a bucket is no host name.
  connect: async (settings) => new (await import('@aws-sdk/client-s3')).S3Client({ ...settings, forcePathStyle: true }),
}

export const DYNAMODB: AwsTarget = {
  title: 'Amazon DynamoDB',
  variable: 'AWS_ENDPOINT_URL_DYNAMODB',
  isOurs: true,
  connect: async (settings) => new (await import('@aws-sdk/client-dynamodb')).DynamoDBClient(settings),
}

/** @see AWS IoT developer guide, "S3" */
export function s3Action(
  { bucketName, key, cannedAcl, roleArn }: ActionSettings<'s3'>,
  options: ActionOptions,
): AwsActionShape {
  const bucket = options.template('bucketName', bucketName)
  const object = options.template('key', key)
  return {
    label: 'S3Action',
    failure: 'Failed to put S3 object',
    target: S3,
    roleArn,
    call: async (execution) => {
      const Bucket = await render(bucket, execution)
      const Key = await render(object, execution)
      return {
        resource: Bucket,
        permissions: actionPermissions('s3', { bucketName: Bucket, key: Key, cannedAcl }, homeOf(options.account)),
        resources: { Bucket, Key },
        words: `Action: s3, Bucket: ${Bucket}, Key: "${Key}"`,
        send: async (client) => {
          const { PutObjectCommand } = await import('@aws-sdk/client-s3')
          const object = { Bucket, Key, Body: execution.output, ContentType: 'application/octet-stream' }
          // What IoT calls a canned ACL is what S3 calls it.
          await client.send(
            new PutObjectCommand(cannedAcl === undefined ? object : { ...object, ACL: cannedAcl as ObjectCannedACL }),
          )
        },
      }
    },
  }
}

/** Each operation's own name in its log entry. What AWS makes of others is not documented. */
const OPERATIONS = { INSERT: 'Insert', UPDATE: 'Update', DELETE: 'Delete' } as const

/** The whole result in one column. @see AWS IoT developer guide, "DynamoDB" */
export function dynamoDbAction(settings: ActionSettings<'dynamoDB'>, options: ActionOptions): AwsActionShape {
  const template = (member: string, text: string | undefined) =>
    text === undefined ? undefined : options.template(member, text)
  const { hashKeyType, rangeKeyType } = settings
  const table = options.template('tableName', settings.tableName)
  const hash = {
    field: options.template('hashKeyField', settings.hashKeyField),
    value: options.template('hashKeyValue', settings.hashKeyValue),
  }
  const range = {
    field: template('rangeKeyField', settings.rangeKeyField),
    value: template('rangeKeyValue', settings.rangeKeyValue),
  }
  const payloadField = template('payloadField', settings.payloadField)
  const operation = template('operation', settings.operation)
  return {
    label: 'DynamoAction',
    failure: 'Dynamo Insert record failed',
    target: DYNAMODB,
    roleArn: settings.roleArn,
    call: async (execution) => {
      const TableName = await render(table, execution)
      const [hashField, hashValue] = [await render(hash.field, execution), await render(hash.value, execution)]
      const [rangeField, rangeValue] = [await render(range.field, execution), await render(range.value, execution)]
      const column = (await render(payloadField, execution)) || 'payload'
      const name = ((await render(operation, execution)) || 'INSERT').toUpperCase()
      const known = name === 'INSERT' || name === 'UPDATE' || name === 'DELETE' ? OPERATIONS[name] : undefined
      if (!known) throw new ActionFailure(TableName, `operation must be INSERT, UPDATE or DELETE, not ${name}.`)
      const Key: Record<string, AttributeValue> = {
        [hashField]: keyOf(hashValue, hashKeyType, TableName),
        ...(rangeField && { [rangeField]: keyOf(rangeValue ?? '', rangeKeyType, TableName) }),
      }
      const isJson = !(execution.result instanceof Uint8Array)
      const payload: AttributeValue = isJson ? attributeOf(execution.result) : { B: execution.output }
      return {
        resource: TableName,
        permissions: actionPermissions('dynamoDB', { tableName: TableName, operation: name }, homeOf(options.account)),
        resources: {
          Table: TableName,
          Operation: known,
          ItemHashKeyField: hashField,
          ItemHashKeyValue: hashValue,
          IsPayloadJSON: String(isJson),
        },
        words: `Action: dynamo, Table: ${TableName}, HashKeyField: ${hashField}, HashKeyValue: ${hashValue}, RangeKeyField: ${rangeField || 'None'}, RangeKeyValue: ${rangeValue || 'None'}`,
        send: async (client) => {
          const sdk = await import('@aws-sdk/client-dynamodb')
          if (name === 'INSERT') {
            await client.send(new sdk.PutItemCommand({ TableName, Item: { ...Key, [column]: payload } }))
          } else if (name === 'DELETE') await client.send(new sdk.DeleteItemCommand({ TableName, Key }))
          else {
            await client.send(
              new sdk.UpdateItemCommand({
                TableName,
                Key,
                UpdateExpression: 'SET #payload = :payload',
                ExpressionAttributeNames: { '#payload': column },
                ExpressionAttributeValues: { ':payload': payload },
              }),
            )
          }
        },
      }
    },
  }
}

/** A column for each member of the result. @see AWS IoT developer guide, "DynamoDBv2" */
export function dynamoDbV2Action(
  { putItem, roleArn }: ActionSettings<'dynamoDBv2'>,
  options: ActionOptions,
): AwsActionShape {
  const table = options.template('putItem.tableName', putItem?.tableName ?? '')
  return {
    label: 'DynamoDBv2Action',
    failure: 'Failed to put DynamoDB item',
    target: DYNAMODB,
    roleArn: roleArn ?? '',
    call: async (execution) => {
      const TableName = await render(table, execution)
      const Item = Object.fromEntries(
        membersOfResult(execution, TableName).map(([name, value]) => [name, attributeOf(value)]),
      )
      return {
        resource: TableName,
        permissions: actionPermissions('dynamoDBv2', { putItem: { tableName: TableName } }, homeOf(options.account)),
        resources: { Table: TableName },
        words: `Action: dynamoDBv2, Table: ${TableName}`,
        send: async (client) => {
          const { PutItemCommand } = await import('@aws-sdk/client-dynamodb')
          await client.send(new PutItemCommand({ TableName, Item }))
        },
      }
    },
  }
}

function keyOf(text: string, type: string | undefined, table: string): AttributeValue {
  if (type !== 'NUMBER') return { S: text }
  if (!/^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(text)) throw new ActionFailure(table, `The key ${text} is no number.`)
  return { N: text }
}

/** A value as DynamoDB has it, with every digit. */
function attributeOf(value: Value): AttributeValue {
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
