import { expect, test } from 'vitest'
import { actionPermissions, withPatterns } from './action-permissions.ts'
import { functionPermissions } from './function-permissions.ts'

const HOME = { region: 'eu-central-1', accountId: '123456789012' }
const ARN = 'eu-central-1:123456789012'

const needs = (name: string, settings: Readonly<Record<string, unknown>>) =>
  actionPermissions(name, withPatterns(settings), HOME).map(({ action, resource }) => `${action} ${resource}`)

test.each([
  [
    'sqs',
    { queueUrl: 'https://sqs.us-east-1.amazonaws.com/210987654321/q' },
    ['sqs:SendMessage arn:aws:sqs:us-east-1:210987654321:q'],
  ],
  ['sqs', { queueUrl: 'http://localhost:4566/123456789012/q-${topic(2)}' }, [`sqs:SendMessage arn:aws:sqs:${ARN}:q-*`]],
  ['sns', { targetArn: `arn:aws:sns:${ARN}:t` }, [`sns:Publish arn:aws:sns:${ARN}:t`]],
  ['dynamoDBv2', { putItem: { tableName: 't' } }, [`dynamodb:PutItem arn:aws:dynamodb:${ARN}:table/t`]],
  ['dynamoDB', { tableName: 't', operation: 'delete' }, [`dynamodb:DeleteItem arn:aws:dynamodb:${ARN}:table/t`]],
  [
    'dynamoDB',
    { tableName: 't', operation: '${op}' },
    ['PutItem', 'UpdateItem', 'DeleteItem'].map((name) => `dynamodb:${name} arn:aws:dynamodb:${ARN}:table/t`),
  ],
  [
    's3',
    { bucketName: 'b', key: "${topic()}/${get(*, '}')}.json", cannedAcl: 'private' },
    ['s3:PutObject arn:aws:s3:::b/*/*.json', 's3:PutObjectAcl arn:aws:s3:::b/*/*.json'],
  ],
  [
    'republish',
    { topic: '$$aws/things/x/shadow/update' },
    [`iot:Publish arn:aws:iot:${ARN}:topic/$aws/things/x/shadow/update`],
  ],
  [
    'firehose',
    { deliveryStreamName: 'd', batchMode: true },
    ['PutRecord', 'PutRecordBatch'].map((name) => `firehose:${name} arn:aws:firehose:${ARN}:deliverystream/d`),
  ],
  ['cloudwatchMetric', { metricName: 'm' }, ['cloudwatch:PutMetricData *']],
  [
    'openSearch',
    {
      endpoint: 'https://search-pumps-abc123.eu-central-1.es.amazonaws.com',
      index: 'i',
      type: '_doc',
      id: '${newuuid()}',
    },
    [`es:ESHttpPut arn:aws:es:${ARN}:domain/pumps/i/_doc/*`],
  ],
  [
    'iotSiteWise',
    { putAssetPropertyValueEntries: [{ propertyAlias: 'a' }] },
    ['iotsitewise:BatchPutAssetPropertyValue *'],
  ],
  ['lambda', { functionArn: 'f' }, []],
  ['constructor', {}, []],
])('%s of %j needs', (name, settings, expected) => {
  expect(needs(name, settings)).toEqual(expected)
})

test('a template that is not closed yet may become anything', () => {
  expect(withPatterns('alarms/${topic(')).toBe('alarms/*')
})

test('another partition has its own ARNs', () => {
  const home = { ...HOME, partition: 'aws-cn', region: 'cn-north-1' }
  expect(actionPermissions('kinesis', { streamName: 's' }, home)[0]?.resource).toBe(
    'arn:aws-cn:kinesis:cn-north-1:123456789012:stream/s',
  )
})

test('functions that ask AWS need what they ask for, of the role that they name', () => {
  const role = 'arn:aws:iam::123456789012:role/r'
  const sql = `SELECT get_dynamodb('t', 'k', id, '${role}').x AS x, get_thing_shadow(topic(2), '${role}') AS s FROM 'a' WHERE get_secret('p', 'SecretString', '${role}') = 'x'`
  expect(
    functionPermissions(sql, HOME).map(({ function: name, action, resource }) => [name, action, resource]),
  ).toEqual([
    ['get_dynamodb', 'dynamodb:GetItem', `arn:aws:dynamodb:${ARN}:table/t`],
    ['get_thing_shadow', 'iot:GetThingShadow', `arn:aws:iot:${ARN}:thing/*`],
    ['get_secret', 'secretsmanager:GetSecretValue', `arn:aws:secretsmanager:${ARN}:secret:p*`],
  ])
  expect(functionPermissions('SELECT', HOME)).toEqual([])
})
