import { createRequire } from 'node:module'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { CloudWatchLogsClient, CreateLogGroupCommand, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import { CreateTableCommand, DynamoDBClient, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb'
import { type Action, IoTClient } from '@aws-sdk/client-iot'
import { CreateBucketCommand, GetObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns'
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { startFauxqs } from 'fauxqs'
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { type Local, startLocal } from '../src/index.ts'
import { makeDevice } from './support/device.ts'
import { connectDevice, type TestClient } from './support/mqtt-client.ts'
import { ANY_ROLE, errorDocumentOf, republish, ruleMaker } from './support/rules.ts'
import { until } from './support/until.ts'

// Each action against a server of its service that is not ours, told by the environment as it is to every SDK.

const ACCESS = { region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } }
const require = createRequire(import.meta.url)

const cleanups: (() => unknown)[] = []
let local: Local
let iot: IoTClient
let device: TestClient
let messaging: string
let tables: string

beforeAll(async () => {
  const fauxqs = await startFauxqs({ port: 0, logger: false })
  cleanups.push(() => fauxqs.stop())
  messaging = fauxqs.address
  const dynalite = require('dynalite')({ createTableMs: 0 })
  await new Promise<void>((resolve) => dynalite.listen(0, '127.0.0.1', resolve))
  cleanups.push(() => dynalite.close())
  tables = `http://127.0.0.1:${(dynalite.address() as AddressInfo).port}`
  for (const service of ['SQS', 'SNS', 'S3']) vi.stubEnv(`AWS_ENDPOINT_URL_${service}`, messaging)
  vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', tables)
  vi.stubEnv('AWS_ENDPOINT_URL_LAMBDA', await silentServer())
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test')
  local = await startLocal()
  iot = new IoTClient(local.sdk)
  device = await connectDevice(local, await makeDevice(local), { clientId: 'pump-7' })
  await device.mqtt.subscribeAsync('failed', { qos: 1 })
})
afterAll(async () => {
  await device[Symbol.asyncDispose]()
  iot.destroy()
  await local[Symbol.asyncDispose]()
  for (const clean of cleanups.reverse()) await clean()
  vi.unstubAllEnvs()
})

/** Takes connections, and never answers. */
async function silentServer(): Promise<string> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => sockets.add(socket.on('error', () => undefined)))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  cleanups.push(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const make = ruleMaker(() => iot)
const makeRule = (sql: string, action: Action) => make(sql, [action], { errorAction: republish('failed') })

const publish = (topic: string, payload: string | Buffer) => device.mqtt.publishAsync(topic, payload, { qos: 1 })

test('SQS: the message is in the queue, as text or as Base64', async () => {
  const sqs = new SQSClient({ ...ACCESS, endpoint: messaging })
  onTestFinished(() => sqs.destroy())
  const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: 'readings' }))
  await makeRule("SELECT t FROM 'sqs/text'", { sqs: { queueUrl: QueueUrl, roleArn: ANY_ROLE } })
  await makeRule("SELECT * FROM 'sqs/bytes'", { sqs: { queueUrl: QueueUrl, useBase64: true, roleArn: ANY_ROLE } })
  const received = () =>
    until(async () => {
      const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }))
      return Messages[0]?.Body
    })
  await publish('sqs/text', '{"t":12345678901234567890,"u":1}')
  expect(await received()).toBe('{"t":12345678901234567890}')
  await publish('sqs/bytes', Buffer.from([0, 255]))
  expect(await received()).toBe(Buffer.from([0, 255]).toString('base64'))
})

test('SNS: whoever subscribed to the topic gets it', async () => {
  const sns = new SNSClient({ ...ACCESS, endpoint: messaging })
  const sqs = new SQSClient({ ...ACCESS, endpoint: messaging })
  onTestFinished(() => {
    sns.destroy()
    sqs.destroy()
  })
  const { TopicArn = '' } = await sns.send(new CreateTopicCommand({ Name: 'alarms' }))
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'alarms' }))
  const Endpoint = 'arn:aws:sqs:us-east-1:000000000000:alarms'
  const Attributes = { RawMessageDelivery: 'true' }
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint, Attributes }))
  await makeRule("SELECT VALUE text FROM 'sns'", { sns: { targetArn: TopicArn, roleArn: ANY_ROLE } })
  await publish('sns', '{"text":{"too":"hot"}}')
  const body = await until(async () => (await sqs.send(new ReceiveMessageCommand({ QueueUrl }))).Messages?.[0]?.Body)
  expect(body).toBe('{"too":"hot"}')
})

test('S3: the bytes are the object; a bucket that is not there goes to the error action', async () => {
  const s3 = new S3Client({ ...ACCESS, endpoint: messaging, forcePathStyle: true })
  onTestFinished(() => s3.destroy())
  await s3.send(new CreateBucketCommand({ Bucket: 'readings' }))
  await makeRule("SELECT * FROM 's3/+'", {
    s3: { bucketName: 'readings', key: '${topic(2)}/${timestamp()}.bin', roleArn: ANY_ROLE },
  })
  const Key = `a/fixed.bin`
  await makeRule("SELECT * FROM 's3b'", { s3: { bucketName: 'readings', key: Key, roleArn: ANY_ROLE } })
  const bytes = Buffer.from([1, 2, 0, 255])
  await publish('s3b', bytes)
  const body = await until(async () => {
    try {
      return (await s3.send(new GetObjectCommand({ Bucket: 'readings', Key }))).Body?.transformToByteArray()
    } catch {
      return undefined
    }
  })
  expect(Buffer.from(body)).toEqual(bytes)

  const ruleName = await makeRule("SELECT * FROM 's3c'", { s3: { bucketName: 'nowhere', key: 'k', roleArn: ANY_ROLE } })
  await publish('s3c', '{}')
  const failed = await errorDocumentOf('s3c', device)
  expect(failed).toMatchObject({ ruleName, topic: 's3c', base64OriginalPayload: 'e30=' })
  expect(failed.failures).toEqual([
    {
      failedAction: 'S3Action',
      failedResource: 'nowhere',
      errorMessage: expect.stringMatching(
        /^Failed to put S3 object\. The error received was .* \(Service: Amazon S3; Status Code: 404; Error Code: NoSuchBucket; Request ID: .*\)\. Message arrived on: s3c, Action: s3, Bucket: nowhere, Key: "k"$/,
      ),
    },
  ])
})

test('DynamoDB: a row with the result in one column, and one with a column for each member', async () => {
  const dynamodb = new DynamoDBClient({ ...ACCESS, endpoint: tables })
  onTestFinished(() => dynamodb.destroy())
  const table = (TableName: string) =>
    new CreateTableCommand({
      TableName,
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
    })
  await dynamodb.send(table('one'))
  await dynamodb.send(table('each'))
  await makeRule("SELECT t, ok FROM 'ddb/+'", {
    dynamoDB: { tableName: 'one', hashKeyField: 'id', hashKeyValue: '${topic(2)}', roleArn: ANY_ROLE },
  })
  await makeRule('SELECT id, t, [1, NULL, {"a": t}] AS list FROM \'ddb2\'', {
    dynamoDBv2: { putItem: { tableName: 'each' }, roleArn: ANY_ROLE },
  })
  const row = (TableName: string) => until(async () => (await dynamodb.send(new ScanCommand({ TableName }))).Items?.[0])
  await publish('ddb/pump-7', '{"t":21.50,"ok":true}')
  expect(await row('one')).toEqual({ id: { S: 'pump-7' }, payload: { M: { t: { N: '21.5' }, ok: { BOOL: true } } } })
  const settings = { tableName: 'one', hashKeyField: 'id', hashKeyValue: 'pump-7', payloadField: 'last' }
  await makeRule("SELECT t FROM 'ddb/+/as'", {
    dynamoDB: { ...settings, operation: '${operation}', roleArn: ANY_ROLE },
  })
  await publish('ddb/pump-7/as', '{"t":22,"operation":"UPDATE"}')
  const updated = await until(async () => (await row('one')).last)
  expect(updated).toEqual({ M: { t: { N: '22' } } })
  await publish('ddb/pump-7/as', '{"operation":"DELETE"}')
  await until(async () => (await dynamodb.send(new ScanCommand({ TableName: 'one' }))).Count === 0 || undefined)
  await publish('ddb2', '{"id":"x","t":1234567890123456789}')
  expect(await row('each')).toEqual({
    id: { S: 'x' },
    t: { N: '1234567890123456789' },
    list: { L: [{ N: '1' }, { NULL: true }, { M: { a: { N: '1234567890123456789' } } }] },
  })
})

test('CloudWatch Logs: this server’s own, with the stream made where it is missing, and the group never', async () => {
  const logs = new CloudWatchLogsClient(local.sdk)
  onTestFinished(() => logs.destroy())
  const logGroupName = '/rules/readings'
  await logs.send(new CreateLogGroupCommand({ logGroupName }))
  const ruleName = await makeRule("SELECT t FROM 'log'", { cloudwatchLogs: { logGroupName, roleArn: ANY_ROLE } })
  await makeRule("SELECT VALUE * FROM 'logs'", { cloudwatchLogs: { logGroupName, batchMode: true, roleArn: ANY_ROLE } })
  await publish('log', '{"t":1}')
  const now = Date.now()
  await publish(
    'logs',
    JSON.stringify([
      { timestamp: now, message: 'b' },
      { timestamp: now - 1, message: 'a' },
    ]),
  )
  const events = await until(async () => {
    const { events: found = [] } = await logs.send(new FilterLogEventsCommand({ logGroupName }))
    return found.length === 3 ? found : undefined
  })
  expect(events.map(({ message }) => message).sort()).toEqual(['a', 'b', '{"t":1}'])
  expect(events.some(({ logStreamName }) => logStreamName === ruleName)).toBe(true)

  await makeRule("SELECT t FROM 'log/none'", { cloudwatchLogs: { logGroupName: '/none', roleArn: ANY_ROLE } })
  await publish('log/none', '{"t":1}')
  const failed = await errorDocumentOf('log/none', device)
  expect(failed.failures[0]).toMatchObject({ failedAction: 'CloudwatchLogsAction', failedResource: '/none' })
})

test('a service that nobody has named is told of', async () => {
  await makeRule("SELECT * FROM 'machine'", { stepFunctions: { stateMachineName: 's', roleArn: ANY_ROLE } })
  await publish('machine', '{}')
  const failed = await errorDocumentOf('machine', device)
  expect(failed.failures[0].errorMessage).toContain('name where it is with AWS_ENDPOINT_URL_SFN')
})

test('a service that never answers is given up, and the error action hears of it', async () => {
  const functionArn = 'arn:aws:lambda:us-east-1:123456789012:function:f'
  await makeRule("SELECT * FROM 'lambda'", { lambda: { functionArn } })
  await publish('lambda', '{}')
  const failed = await errorDocumentOf('lambda', device)
  expect(failed.failures[0]).toMatchObject({ failedAction: 'LambdaAction', failedResource: functionArn })
})

test('get_dynamodb() gives the row', async () => {
  const dynamodb = new DynamoDBClient({ ...ACCESS, endpoint: tables })
  onTestFinished(() => dynamodb.destroy())
  await dynamodb.send(
    new CreateTableCommand({
      TableName: 'sites',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
    }),
  )
  const Item = {
    id: { S: 'x' },
    big: { N: '1234567890123456789' },
    list: { L: [{ BOOL: true }, { M: { a: { S: 'b' } } }] },
  }
  await dynamodb.send(new PutItemCommand({ TableName: 'sites', Item }))
  await device.mqtt.subscribeAsync('row', { qos: 1 })
  await makeRule(`SELECT get_dynamodb('sites', 'id', id, '${ANY_ROLE}') AS site FROM 'get'`, {
    republish: { topic: 'row', qos: 1, roleArn: ANY_ROLE },
  })
  await publish('get', '{"id":"x"}')
  const { text } = await device.inbox.take(({ topic }) => topic === 'row')
  expect(text).toBe('{"site":{"id":"x","big":1234567890123456789,"list":[true,{"a":"b"}]}}')
})
