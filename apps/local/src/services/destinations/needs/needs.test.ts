import { expect, test } from 'vitest'
import type { ForwardedRequest } from '../../../foundation/forwarded-api.ts'
import { dynamodbNeeds } from './dynamodb-needs.ts'
import { kinesisNeeds } from './kinesis-needs.ts'
import { s3Needs } from './s3-needs.ts'
import { snsNeeds } from './sns-needs.ts'
import { sqsNeeds } from './sqs-needs.ts'

const account = { id: '123456789012', region: 'eu-west-1' }

const json = (target: string, members: object): ForwardedRequest => ({
  method: 'POST',
  url: '/',
  headers: { 'x-amz-target': target },
  body: Buffer.from(JSON.stringify(members)),
})

const s3 = (method: string, url: string, headers = {}): readonly string[] =>
  s3Needs({ method, url, headers, body: Buffer.alloc(0) }).map(({ action, resources }) => `${action} ${resources}`)

test('DynamoDB: the table, its index, all tables of a batch; what is not named is everything', () => {
  const needs = (operation: string, members: object) =>
    dynamodbNeeds(account, json(`DynamoDB_20120810.${operation}`, members))
  const arn = 'arn:aws:dynamodb:eu-west-1:123456789012:table/readings'
  expect(needs('PutItem', { TableName: 'readings' })).toEqual([{ action: 'dynamodb:PutItem', resources: [arn] }])
  expect(needs('Query', { TableName: arn, IndexName: 'by-day' })).toEqual([
    { action: 'dynamodb:Query', resources: [`${arn}/index/by-day`] },
  ])
  expect(needs('PutItem', { TableName: 'readings', IndexName: 'by-day' })[0]?.resources).toEqual([arn])
  expect(needs('BatchWriteItem', { RequestItems: { readings: [], other: [] } })[0]?.resources).toEqual([
    arn,
    'arn:aws:dynamodb:eu-west-1:123456789012:table/other',
  ])
  expect(needs('ListTables', {})).toEqual([{ action: 'dynamodb:ListTables', resources: ['*'] }])
  expect(needs('BatchGetItem', { RequestItems: {} })[0]?.resources).toEqual(['*'])
})

test('Kinesis: the stream by name or ARN; a body that is no JSON is everything', () => {
  const arn = 'arn:aws:kinesis:eu-west-1:123456789012:stream/telemetry'
  const put = (members: object) => kinesisNeeds(account, json('Kinesis_20131202.PutRecord', members))
  expect(put({ StreamName: 'telemetry' })).toEqual([{ action: 'kinesis:PutRecord', resources: [arn] }])
  expect(put({ StreamARN: arn })[0]?.resources).toEqual([arn])
  const cbor = { ...json('Kinesis_20131202.PutRecord', {}), body: Buffer.from([0xbf, 0xff]) }
  expect(kinesisNeeds(account, cbor)[0]?.resources).toEqual(['*'])
})

test('SQS and SNS: a batch needs what each entry needs', () => {
  const sqs = json('AmazonSQS.SendMessageBatch', { QueueUrl: 'http://localhost:7400/123456789012/alarms' })
  expect(sqsNeeds(account, sqs)).toEqual([
    { action: 'sqs:SendMessage', resources: ['arn:aws:sqs:eu-west-1:123456789012:alarms'] },
  ])
  const topic = 'arn:aws:sns:eu-west-1:123456789012:news'
  const sns = (query: string) => snsNeeds(account, { method: 'POST', url: '/', headers: {}, body: Buffer.from(query) })
  expect(sns(`Action=PublishBatch&TopicArn=${topic}`)).toEqual([{ action: 'sns:Publish', resources: [topic] }])
  expect(sns(`Action=Unsubscribe&SubscriptionArn=${topic}:8a21d249`)[0]?.resources).toEqual([topic])
  expect(sns('Action=CreateTopic&Name=news')[0]?.resources).toEqual([topic])
})

test('what names two resources needs both: a member that an operation does not have hides none', () => {
  const batch = json('DynamoDB_20120810.BatchGetItem', { TableName: 'open', RequestItems: { closed: {} } })
  expect(dynamodbNeeds(account, batch)[0]?.resources).toHaveLength(2)
  const record = { StreamName: 'closed', StreamARN: 'arn:aws:kinesis:eu-west-1:123456789012:stream/open' }
  expect(kinesisNeeds(account, json('Kinesis_20131202.PutRecord', record))[0]?.resources).toHaveLength(2)
  const queue = { QueueName: 'closed', QueueUrl: 'http://localhost/123456789012/open' }
  expect(sqsNeeds(account, json('AmazonSQS.CreateQueue', queue))[0]?.resources).toHaveLength(2)
  const body = Buffer.from('Action=Publish&TopicArn=a&TargetArn=b')
  expect(snsNeeds(account, { method: 'POST', url: '/', headers: {}, body })[0]?.resources).toEqual(['a', 'b'])
})

test('S3: bucket and key as the server behind reads them', () => {
  expect(s3('GET', '/')).toEqual(['s3:ListAllMyBuckets *'])
  expect(s3('GET', '/raw?list-type=2&prefix=a/')).toEqual(['s3:ListBucket arn:aws:s3:::raw'])
  expect(s3('PUT', '/raw/')).toEqual(['s3:CreateBucket arn:aws:s3:::raw'])
  expect(s3('PUT', '/raw/../other/key')).toEqual(['s3:PutObject arn:aws:s3:::raw/../other/key'])
  expect(s3('GET', '/raw//a%20b%2Fc?response-content-type=x')).toEqual(['s3:GetObject arn:aws:s3:::raw//a b/c'])
  expect(s3('POST', '/raw?delete')).toEqual(['s3:DeleteObject arn:aws:s3:::raw/*'])
  expect(s3('POST', '/raw/key?uploads')).toEqual(['s3:PutObject arn:aws:s3:::raw/key'])
  expect(s3('DELETE', '/raw/key?uploadId=1')).toEqual(['s3:AbortMultipartUpload arn:aws:s3:::raw/key'])
  expect(s3('PUT', '/raw/copy', { 'x-amz-copy-source': '/other/a%20b' })).toEqual([
    's3:PutObject arn:aws:s3:::raw/copy',
    's3:GetObject arn:aws:s3:::other/a b',
  ])
})

test.each([
  ['PUT', '/raw/key?tagging'],
  ['PUT', '/raw/key?acl='],
  ['GET', '/raw/key?uploadId=1'],
  ['DELETE', '/raw/key?versionId=1'],
  ['PUT', '/raw?versioning'],
  ['DELETE', '/raw?policy'],
  ['POST', '/raw'],
  ['POST', '/raw/key'],
  ['PATCH', '/raw/key'],
  ['POST', '/'],
  ['GET', '/?policy'],
  ['PUT', '/raw/key', 'if-none-match'],
  ['PUT', '/raw/key?partNumber=1&uploadId=1', 'x-amz-copy-source-if-match'],
  ['POST', '/raw/key?uploads', 'x-amz-tagging'],
  ['DELETE', '/raw/key', 'if-match'],
])('S3: %s %s would be taken for something else, and is refused', (method, url, header = 'user-agent') => {
  expect(() => s3(method, url, { [header]: '*' })).toThrow(
    "This server's S3 has buckets, objects and multipart uploads",
  )
})

test('S3: an object is read on conditions', () => {
  expect(s3('GET', '/raw/key', { 'if-none-match': '"1"' })).toEqual(['s3:GetObject arn:aws:s3:::raw/key'])
})

test.each(['/_fauxqs/queues/alarms', '/Raw/key', '//key', '/%5Ffauxqs/queues'])('S3: %s is in no bucket', (url) => {
  expect(() => s3('GET', url)).toThrow('The specified bucket is not valid')
})

test('S3: a path that would be cut off, or is no text, is refused', () => {
  expect(() => s3('GET', '/raw/secret#.png')).toThrow('# is written %23')
  for (const key of ['a%', 'a%zz', 'a%00b', 'a%1Fb', '%E0%A4']) {
    expect(() => s3('PUT', `/raw/${key}`)).toThrow(`Couldn't parse the specified URI: ${key}`)
  }
})

test('an operation is one word: what could be read in two ways is everything', () => {
  for (const target of ['AmazonSQS.SendMessage.x', 'ReceiveAmazonSQS.Message, x', 'SendMessage', '']) {
    expect(sqsNeeds(account, json(target, {}))[0]?.action).toBe('sqs:*')
  }
})
