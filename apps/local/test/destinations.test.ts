import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Sha256 } from '@aws-crypto/sha256-js'
import {
  CreateTableCommand,
  DynamoDBClient,
  ListTablesCommand,
  PutItemCommand,
  ScanCommand,
} from '@aws-sdk/client-dynamodb'
import { type Action, CreateTopicRuleCommand, IoTClient } from '@aws-sdk/client-iot'
import {
  CreateStreamCommand,
  DescribeStreamSummaryCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  KinesisClient,
  ListShardsCommand,
  ListStreamsCommand,
} from '@aws-sdk/client-kinesis'
import {
  CompleteMultipartUploadCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  PutBucketPolicyCommand,
  PutObjectCommand,
  paginateListObjectsV2,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import {
  CreateTopicCommand,
  ListSubscriptionsByTopicCommand,
  ListTopicsCommand,
  PublishBatchCommand,
  PublishCommand,
  SNSClient,
  SubscribeCommand,
} from '@aws-sdk/client-sns'
import {
  ChangeMessageVisibilityBatchCommand,
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  paginateListQueues,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs'
import { SignatureV4 } from '@smithy/signature-v4'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { type Local, startLocal } from '../src/index.ts'
import { makeDevice } from './support/device.ts'
import { setDiskRoom } from './support/disk-room.ts'
import { limitedRole } from './support/limited-role.ts'
import { startWithServices } from './support/local-with-services.ts'
import { connectDevice } from './support/mqtt-client.ts'
import { ANY_ROLE } from './support/rules.ts'
import { ServerProcess } from './support/server-process.ts'
import { until } from './support/until.ts'

// What rules write to, at the one endpoint that everything else has, by the official clients.

/** A folder that is gone after the test. */
function ownFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'thingdeck-destinations-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A log whose lines the test can look at, of whichever process they tell. */
function heardLog() {
  const lines: { pid: number; msg: string }[] = []
  return { lines, log: pino({ level: 'info' }, { write: (line) => void lines.push(JSON.parse(line)) }) }
}

/** Six processes are started one after the other, which takes a busy machine a while. */
const PROCESSES_MS = 240_000

let local: Local
let clients: Clients

type Clients = ReturnType<typeof clientsOf>
function clientsOf(sdk: Pick<Local['sdk'], 'endpoint' | 'region' | 'credentials'>) {
  return {
    dynamodb: new DynamoDBClient(sdk),
    kinesis: new KinesisClient(sdk),
    s3: new S3Client({ ...sdk, forcePathStyle: true }),
    sqs: new SQSClient(sdk),
    sns: new SNSClient(sdk),
    iot: new IoTClient(sdk),
  }
}

beforeAll(async () => {
  local = await startLocal()
  clients = clientsOf(local.sdk)
})
afterAll(async () => {
  for (const client of Object.values(clients)) client.destroy()
  await local[Symbol.asyncDispose]()
})

const table = (TableName: string, hash: string) =>
  new CreateTableCommand({
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: [{ AttributeName: hash, KeyType: 'HASH' }],
    AttributeDefinitions: [{ AttributeName: hash, AttributeType: 'S' }],
  })

async function recordsOf(kinesis: KinesisClient, StreamName: string): Promise<string[] | undefined> {
  const { Shards = [] } = await kinesis.send(new ListShardsCommand({ StreamName }))
  const found: string[] = []
  for (const { ShardId } of Shards) {
    const { ShardIterator } = await kinesis.send(
      new GetShardIteratorCommand({ StreamName, ShardId, ShardIteratorType: 'TRIM_HORIZON' }),
    )
    const { Records = [] } = await kinesis.send(new GetRecordsCommand({ ShardIterator }))
    found.push(...Records.map(({ Data = new Uint8Array() }) => Buffer.from(Data).toString()))
  }
  return found.length > 0 ? found : undefined
}

test('a device, a rule each: a row, an object, a message, a record, read back at the same endpoint', {
  timeout: PROCESSES_MS,
}, async () => {
  const { dynamodb, kinesis, s3, sqs, iot } = clients
  await dynamodb.send(table('readings', 'device'))
  await s3.send(new CreateBucketCommand({ Bucket: 'raw' }))
  const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: 'alarms' }))
  expect(QueueUrl).toBe(`${local.urls.http}/123456789012/alarms`)
  await kinesis.send(new CreateStreamCommand({ StreamName: 'telemetry', ShardCount: 1 }))
  await until(async () => {
    const { StreamDescriptionSummary } = await kinesis.send(
      new DescribeStreamSummaryCommand({ StreamName: 'telemetry' }),
    )
    expect(StreamDescriptionSummary?.StreamARN).toBe('arn:aws:kinesis:us-east-1:123456789012:stream/telemetry')
    return StreamDescriptionSummary?.StreamStatus === 'ACTIVE' || undefined
  })
  const actions: Action[] = [
    { dynamoDBv2: { roleArn: ANY_ROLE, putItem: { tableName: 'readings' } } },
    { s3: { roleArn: ANY_ROLE, bucketName: 'raw', key: '${topic()}/latest.json' } },
    { sqs: { roleArn: ANY_ROLE, queueUrl: QueueUrl } },
    { kinesis: { roleArn: ANY_ROLE, streamName: 'telemetry', partitionKey: 'pump-7' } },
  ]
  const sql = "SELECT device, temperature FROM 'factory/+'"
  await iot.send(new CreateTopicRuleCommand({ ruleName: 'all', topicRulePayload: { sql, actions } }))
  await using device = await connectDevice(local, await makeDevice(local), { clientId: 'pump-7' })
  await device.mqtt.publishAsync('factory/a', '{"device":"pump-7","temperature":21.5}', { qos: 1 })

  const text = '{"device":"pump-7","temperature":21.5}'
  const rows = await until(async () => {
    const { Items = [] } = await dynamodb.send(new ScanCommand({ TableName: 'readings' }))
    return Items.length > 0 ? Items : undefined
  })
  expect(rows).toEqual([{ device: { S: 'pump-7' }, temperature: { N: '21.5' } }])
  const Key = await until(async () => {
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: 'raw' }))
    return Contents[0]?.Key
  })
  expect(Key).toBe('factory/a/latest.json')
  const object = await s3.send(new GetObjectCommand({ Bucket: 'raw', Key }))
  expect(await object.Body?.transformToString()).toBe(text)
  const body = await until(async () => (await sqs.send(new ReceiveMessageCommand({ QueueUrl }))).Messages?.[0]?.Body)
  expect(body).toBe(text)
  expect(await until(() => recordsOf(kinesis, 'telemetry'))).toEqual([text])
})

test('queues and topics are of our account, and a queue has every address of the server', async () => {
  const { sqs, sns } = clients
  const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: 'subscribed' }))
  const { TopicArn = '' } = await sns.send(new CreateTopicCommand({ Name: 'news' }))
  expect(TopicArn).toBe('arn:aws:sns:us-east-1:123456789012:news')
  const elsewhere = QueueUrl.replace('localhost', '127.0.0.1')
  const { Attributes = {} } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: elsewhere, AttributeNames: ['QueueArn'] }),
  )
  expect(Attributes.QueueArn).toBe('arn:aws:sqs:us-east-1:123456789012:subscribed')
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: Attributes.QueueArn }))
  await sns.send(new PublishCommand({ TopicArn, Message: 'hot & cold' }))
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 5, MessageSystemAttributeNames: ['SenderId'] }),
  )
  expect(JSON.parse(Messages[0]?.Body ?? '')).toMatchObject({ Message: 'hot & cold', TopicArn })
  expect(Messages[0]?.Attributes).toEqual({ SenderId: '123456789012' })
  const { Subscriptions } = await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn }))
  expect(Subscriptions).toMatchObject([{ Owner: '123456789012', Endpoint: Attributes.QueueArn }])

  // A text for each protocol, of which a queue gets its own.
  const send = (texts: object) =>
    sns.send(new PublishCommand({ TargetArn: TopicArn, MessageStructure: 'json', Message: JSON.stringify(texts) }))
  await send({ default: 'hot', sqs: 'hot & cold +' })
  await sns.send(
    new PublishBatchCommand({
      TopicArn,
      PublishBatchRequestEntries: [{ Id: 'a', MessageStructure: 'json', Message: '{"default":"cold","email":"x"}' }],
    }),
  )
  const delivered: string[] = []
  await until(async () => {
    const received = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }))
    delivered.push(...(received.Messages ?? []).map(({ Body = '' }) => JSON.parse(Body).Message))
    return delivered.length >= 2 || undefined
  })
  expect(delivered.sort()).toEqual(['cold', 'hot & cold +'])
  await expect(send({ sqs: 'x' })).rejects.toMatchObject({
    name: 'InvalidParameterException',
    message: 'Invalid parameter: Message Structure - No default entry in JSON message body',
  })
})

test('lists are in the order of the names, and every page begins where the one before ended', async () => {
  const { s3, sqs, sns } = clients
  const Bucket = 'listed'
  await s3.send(new CreateBucketCommand({ Bucket }))
  for (const Key of ['c', 'b/1', 'a', '_', 'B', 'b/2']) await s3.send(new PutObjectCommand({ Bucket, Key, Body: Key }))
  const listed = ['B', '_', 'a', 'b/', 'c']
  const found: (string | undefined)[] = []
  for await (const page of paginateListObjectsV2({ client: s3, pageSize: 2 }, { Bucket, Delimiter: '/' })) {
    const { Contents = [], CommonPrefixes = [] } = page
    found.push(...[...Contents.map(({ Key }) => Key), ...CommonPrefixes.map(({ Prefix }) => Prefix)].sort())
  }
  expect(found).toEqual(listed)
  for (const name of ['listed-a', 'listed-B']) {
    await sqs.send(new CreateQueueCommand({ QueueName: name }))
    await sns.send(new CreateTopicCommand({ Name: name }))
  }
  const nameOf = (name: string) => name.split(/[:/]/).at(-1) ?? ''
  const queues: string[] = []
  for await (const { QueueUrls = [] } of paginateListQueues(
    { client: sqs, pageSize: 1 },
    { QueueNamePrefix: 'listed-' },
  ))
    queues.push(...QueueUrls.map(nameOf))
  const { Topics = [] } = await sns.send(new ListTopicsCommand({}))
  const topics = Topics.map(({ TopicArn = '' }) => nameOf(TopicArn)).filter((name) => name.startsWith('listed-'))
  for (const names of [queues, topics]) expect(names).toEqual(['listed-B', 'listed-a'])
})

test('what is wrong is refused as AWS refuses it, and not taken for less', async () => {
  const { kinesis, sqs, sns } = clients
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'strict' }))
  const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: 'strict' }))
  const Unknown = { ['Unknown' as 'Policy']: '1' }
  const other = { DelaySeconds: '7' }
  const wanted = { QueueUrl, AttributeNames: ['Unknown' as 'All'] }
  const entries = [
    { Id: 'a', Message: 'told' },
    { Id: 'b', Message: '' },
  ]
  const refused = await Promise.allSettled([
    sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 11 })),
    sqs.send(new GetQueueUrlCommand({ QueueName: 'nowhere' })),
    sqs.send(new CreateQueueCommand({ QueueName: 'strict', Attributes: other })),
    sqs.send(new CreateQueueCommand({ QueueName: 'no name' })),
    sqs.send(new CreateQueueCommand({ QueueName: 'strict', Attributes: Unknown })),
    sqs.send(new GetQueueAttributesCommand(wanted)),
    sns.send(new PublishBatchCommand({ TopicArn, PublishBatchRequestEntries: entries })),
    kinesis.send(new GetRecordsCommand({ ShardIterator: 'none' })),
  ])
  expect(refused.map((result) => result.status === 'rejected' && result.reason.name)).toEqual([
    'InvalidParameterValue',
    'QueueDoesNotExist',
    'QueueNameExists',
    'InvalidParameterValue',
    'InvalidAttributeName',
    'InvalidAttributeName',
    'InvalidParameterException',
    'InvalidArgumentException',
  ])
  expect((await sqs.send(new GetQueueAttributesCommand({ QueueUrl }))).Attributes ?? {}).toEqual({})
})

test('a wrong secret or an unknown key is refused, in the words of each service', async () => {
  const credentials = { ...local.sdk.credentials, secretAccessKey: 'wrong' }
  const wrong = clientsOf({ ...local.sdk, credentials })
  const unknown = clientsOf({ ...local.sdk, credentials: { ...credentials, accessKeyId: 'nobody' } })
  const put = new PutObjectCommand({ Bucket: 'raw', Key: "a b/../ö+'", Body: 'x' })
  const names = (made: Clients) => [
    made.dynamodb.send(new ScanCommand({ TableName: 'readings' })),
    made.kinesis.send(new ListShardsCommand({ StreamName: 'telemetry' })),
    made.sqs.send(new CreateQueueCommand({ QueueName: 'q' })),
    made.sns.send(new CreateTopicCommand({ Name: 't' })),
    made.s3.send(put),
  ]
  const refused = async (made: Clients) =>
    (await Promise.allSettled(names(made))).map((result) => result.status === 'rejected' && result.reason.name)
  const signature = 'InvalidSignatureException'
  expect(await refused(wrong)).toEqual([
    signature,
    signature,
    signature,
    'SignatureDoesNotMatch',
    'SignatureDoesNotMatch',
  ])
  const client = 'UnrecognizedClientException'
  expect(await refused(unknown)).toEqual([client, client, client, 'InvalidClientTokenId', 'InvalidAccessKeyId'])
  for (const client of [...Object.values(wrong), ...Object.values(unknown)]) client.destroy()
})

test('keys of objects are signed as they are: dots, spaces, empty segments', async () => {
  const { s3 } = clients
  await s3.send(new CreateBucketCommand({ Bucket: 'keys' }))
  for (const Key of ['a//b', 'a/./b', "ö +'*()", 'plain']) {
    await s3.send(new PutObjectCommand({ Bucket: 'keys', Key, Body: Key }))
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'keys', Key }))
    expect(await Body?.transformToString()).toBe(Key)
  }
})

test('an object that is too large for one request is refused in words, and comes in parts', async () => {
  const { s3 } = clients
  await s3.send(new CreateBucketCommand({ Bucket: 'large' }))
  const mebibyte = 1024 * 1024
  const whole = s3.send(new PutObjectCommand({ Bucket: 'large', Key: 'whole', Body: Buffer.alloc(12 * mebibyte) }))
  await expect(whole).rejects.toMatchObject({
    name: 'EntityTooLarge',
    message: 'The request body is larger than 11534336 bytes',
  })
  const place = { Bucket: 'large', Key: 'parts' }
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand(place))
  const parts = [Buffer.alloc(5 * mebibyte, 'a'), Buffer.from('b')]
  const Parts = await Promise.all(
    parts.map(async (Body, index) => {
      const PartNumber = index + 1
      const { ETag } = await s3.send(new UploadPartCommand({ ...place, UploadId, PartNumber, Body }))
      return { ETag, PartNumber }
    }),
  )
  await s3.send(new CompleteMultipartUploadCommand({ ...place, UploadId, MultipartUpload: { Parts } }))
  const { ContentLength, Body } = await s3.send(new GetObjectCommand({ ...place, Range: 'bytes=-2' }))
  expect([ContentLength, await Body?.transformToString()]).toEqual([2, 'ab'])
})

test('what the S3 behind would take for something else is refused', async () => {
  const { s3 } = clients
  await s3.send(new CreateBucketCommand({ Bucket: 'plain' }))
  const policy = s3.send(new PutBucketPolicyCommand({ Bucket: 'plain', Policy: '{}' }))
  await expect(policy).rejects.toMatchObject({
    name: 'NotImplemented',
    message: "This server's S3 has buckets, objects and multipart uploads, and no PUT with ?policy",
  })
})

test('a role may do what its policies say, by action and resource', async () => {
  const { dynamodb, s3 } = clients
  await dynamodb.send(table('open', 'id'))
  await dynamodb.send(table('closed', 'id'))
  await s3.send(new CreateBucketCommand({ Bucket: 'open' }))
  await clients.kinesis.send(new CreateStreamCommand({ StreamName: 'open', ShardCount: 1 }))
  await clients.kinesis.send(new CreateStreamCommand({ StreamName: 'closed', ShardCount: 1 }))
  const role = await limitedRole(local)
  await role.allow(
    {
      Effect: 'Allow',
      Action: ['kinesis:GetShardIterator', 'kinesis:GetRecords'],
      Resource: 'arn:aws:kinesis:us-east-1:123456789012:stream/open',
    },
    { Effect: 'Allow', Action: 'dynamodb:PutItem', Resource: 'arn:aws:dynamodb:us-east-1:123456789012:table/open' },
    { Effect: 'Allow', Action: 's3:PutObject', Resource: 'arn:aws:s3:::open/in/*' },
  )
  const limited = clientsOf({ ...local.sdk, credentials: role.credentials })
  const Item = { id: { S: '1' } }
  await limited.dynamodb.send(new PutItemCommand({ TableName: 'open', Item }))
  await limited.s3.send(new PutObjectCommand({ Bucket: 'open', Key: 'in/1', Body: 'x' }))
  await expect(limited.dynamodb.send(new PutItemCommand({ TableName: 'closed', Item }))).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message: expect.stringContaining(
      'is not authorized to perform: dynamodb:PutItem on resource: arn:aws:dynamodb:us-east-1:123456789012:table/closed',
    ),
  })
  await expect(limited.dynamodb.send(new ScanCommand({ TableName: 'open' }))).rejects.toThrow('dynamodb:Scan')
  const outside = limited.s3.send(new PutObjectCommand({ Bucket: 'open', Key: 'out/1', Body: 'x' }))
  await expect(outside).rejects.toMatchObject({ name: 'AccessDenied' })
  await expect(limited.s3.send(new GetObjectCommand({ Bucket: 'open', Key: 'in/1' }))).rejects.toMatchObject({
    name: 'AccessDenied',
  })
  // An iterator is of a stream, whether or not a request names that.
  const iteratorOf = async (kinesis: KinesisClient, StreamName: string) => {
    const shard = { StreamName, ShardId: 'shardId-000000000000', ShardIteratorType: 'TRIM_HORIZON' } as const
    return await until(() => kinesis.send(new GetShardIteratorCommand(shard)).catch(() => undefined))
  }
  const { ShardIterator } = await iteratorOf(limited.kinesis, 'open')
  expect((await limited.kinesis.send(new GetRecordsCommand({ ShardIterator }))).Records).toEqual([])
  const { ShardIterator: ofClosed } = await iteratorOf(clients.kinesis, 'closed')
  await expect(limited.kinesis.send(new GetRecordsCommand({ ShardIterator: ofClosed }))).rejects.toThrow(
    'kinesis:GetRecords on resource: arn:aws:kinesis:us-east-1:123456789012:stream/closed',
  )
  for (const client of Object.values(limited)) client.destroy()
  role.close()
})

test('destinations that are killed while a rule writes to them lose none of what it wrote, or Kinesis its last second', {
  timeout: PROCESSES_MS,
}, async () => {
  const data = ownFolder()
  const { lines: started, log } = heardLog()
  await using server = await startWithServices([], { data }, log)
  const clients = clientsOf(server.sdk)
  const { dynamodb, kinesis, s3, sqs, sns, iot } = clients
  await dynamodb.send(table('counted', 'id'))
  await kinesis.send(new CreateStreamCommand({ StreamName: 'counted', ShardCount: 1 }))
  await s3.send(new CreateBucketCommand({ Bucket: 'counted' }))
  const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: 'counted' }))
  const { QueueUrl: told = '' } = await sqs.send(new CreateQueueCommand({ QueueName: 'told' }))
  const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: 'counted' }))
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl: told, AttributeNames: ['QueueArn'] }))
  await sns.send(
    new SubscribeCommand({
      TopicArn,
      Protocol: 'sqs',
      Endpoint: Attributes?.QueueArn,
      Attributes: { RawMessageDelivery: 'true' },
    }),
  )
  await until(async () => {
    const { StreamDescriptionSummary: summary } = await kinesis.send(
      new DescribeStreamSummaryCommand({ StreamName: 'counted' }),
    )
    return summary?.StreamStatus === 'ACTIVE' || undefined
  })
  const roleArn = ANY_ROLE
  const actions: Action[] = [
    { dynamoDBv2: { roleArn, putItem: { tableName: 'counted' } } },
    { kinesis: { roleArn, streamName: 'counted', partitionKey: '${id}' } },
    { s3: { roleArn, bucketName: 'counted', key: '${id}' } },
    { sqs: { roleArn, queueUrl: QueueUrl } },
    { sns: { roleArn, targetArn: TopicArn, messageFormat: 'RAW' } },
  ]
  const sql = "SELECT id FROM 'count'"
  await iot.send(new CreateTopicRuleCommand({ ruleName: 'count', topicRulePayload: { sql, actions } }))
  await using device = await connectDevice(server, await makeDevice(server), { clientId: 'counter' })
  const count = 80 // a connection may publish a hundred in a second
  const running = () => started.filter(({ msg }) => msg.endsWith(' was started'))
  const killed = running()
  for (let id = 0; id < count; id++) {
    await device.mqtt.publishAsync('count', JSON.stringify({ id: `${id}` }), { qos: 1 })
    if (id === count / 2) for (const { pid } of killed) process.kill(pid, 'SIGKILL')
  }
  const all = Array.from({ length: count }, (_, id) => `${id}`).sort()
  /** What was tried again may be there twice, and is the same. */
  const idsOf = (texts: readonly string[]) => [...new Set(texts.map((text) => JSON.parse(text).id as string))].sort()
  const received = new Map<string, string[]>()
  const receive = async (queue: string) => {
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: queue, MaxNumberOfMessages: 10 }))
    const texts = [...(received.get(queue) ?? []), ...Messages.map(({ Body = '' }) => Body)]
    received.set(queue, texts)
    return texts
  }
  const read: Readonly<Record<string, () => Promise<readonly string[]>>> = {
    DynamoDB: async () => {
      const { Items = [] } = await dynamodb.send(new ScanCommand({ TableName: 'counted' }))
      return Items.map(({ id }) => JSON.stringify({ id: id?.S }))
    },
    Kinesis: async () => {
      const { Shards = [] } = await kinesis.send(new ListShardsCommand({ StreamName: 'counted' }))
      const { ShardIterator } = await kinesis.send(
        new GetShardIteratorCommand({
          StreamName: 'counted',
          ShardId: Shards[0]?.ShardId,
          ShardIteratorType: 'TRIM_HORIZON',
        }),
      )
      const { Records = [] } = await kinesis.send(new GetRecordsCommand({ ShardIterator }))
      return Records.map(({ Data }) => Buffer.from(Data ?? []).toString())
    },
    S3: async () => {
      const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: 'counted' }))
      return Contents.map(({ Key }) => JSON.stringify({ id: Key }))
    },
    SQS: () => receive(QueueUrl),
    SNS: () => receive(told),
  }
  // Kinesis writes to the disk once a second: docs/local.md. Of what came before it was killed it may have lost some.
  const lasting = (destination: string) =>
    destination === 'Kinesis' ? all.filter((id) => Number(id) > count / 2) : all
  // A rule and its reader wait while all of them start at once, each with more to load than a busy machine does in seconds.
  for (const [destination, texts] of Object.entries(read)) {
    const wanted = lasting(destination)
    const ids = await until(async () => {
      const found = idsOf(await texts()).filter((id) => wanted.includes(id))
      return (found.length >= wanted.length && found) || undefined
    }, PROCESSES_MS)
    expect(ids, destination).toEqual(wanted)
  }
  // Of each kind one, that was killed, and another in its place.
  expect(killed.length).toBeGreaterThanOrEqual(3)
  expect(running()).toHaveLength(2 * killed.length)
  // What a full disk has refused is not there for whoever asks again, unless it will be there after the next start.
  const deaths = () => started.filter(({ msg }) => msg.startsWith('S3, SQS and SNS died')).length
  const another = async (work: () => unknown) => {
    const before = deaths()
    await work()
    await until(async () => deaths() > before || undefined, PROCESSES_MS)
  }
  const pidOfMessaging = () => running().findLast(({ msg }) => msg.startsWith('S3'))?.pid ?? 0
  const refused = new CreateBucketCommand({ Bucket: 'refused' })
  if (setDiskRoom(pidOfMessaging(), 'none')) {
    const once = new S3Client({ ...server.sdk, forcePathStyle: true, maxAttempts: 1 })
    await another(() => expect(once.send(refused)).rejects.toMatchObject({ name: 'ServiceUnavailable' }))
    once.destroy()
  }
  await s3.send(refused)
  await another(() => process.kill(pidOfMessaging(), 'SIGKILL'))
  expect((await s3.send(new ListBucketsCommand({}))).Buckets?.map(({ Name }) => Name)).toEqual(['counted', 'refused'])
  for (const client of Object.values(clients)) client.destroy()
})

async function kept({ sdk }: Pick<Local, 'sdk'>) {
  const { dynamodb, kinesis, s3, sqs, sns, iot } = clientsOf(sdk)
  const [{ TableNames }, { StreamNames }, { Buckets = [] }] = await Promise.all([
    dynamodb.send(new ListTablesCommand({})),
    kinesis.send(new ListStreamsCommand({})),
    s3.send(new ListBucketsCommand({})),
  ])
  for (const client of [dynamodb, kinesis, s3, sqs, sns, iot]) client.destroy()
  return { TableNames, StreamNames, buckets: Buckets.map(({ Name }) => Name) }
}

async function putSomething({ sdk }: Pick<Local, 'sdk'>): Promise<void> {
  const { dynamodb, kinesis, s3, sqs, sns, iot } = clientsOf(sdk)
  await Promise.all([
    dynamodb.send(table('things', 'id')),
    kinesis.send(new CreateStreamCommand({ StreamName: 'things', ShardCount: 1 })),
    s3.send(new CreateBucketCommand({ Bucket: 'things' })),
  ])
  for (const client of [dynamodb, kinesis, s3, sqs, sns, iot]) client.destroy()
}

test('tables, streams and buckets outlive the server', { timeout: PROCESSES_MS }, async () => {
  const data = ownFolder()
  {
    await using first = await startWithServices([], { data })
    await putSomething(first)
  }
  await using second = await startWithServices([], { data })
  expect(await kept(second)).toEqual({ TableNames: ['things'], StreamNames: ['things'], buckets: ['things'] })
})

/** A queue of FIFO with a topic that leads to it: what sends to each, the deduplication id being the message itself. */
async function orderedQueue({ sqs, sns }: Pick<ReturnType<typeof clientsOf>, 'sqs' | 'sns'>, name: string) {
  const QueueName = `${name}.fifo`
  const { QueueUrl: url } = await sqs.send(new CreateQueueCommand({ QueueName, Attributes: { FifoQueue: 'true' } }))
  const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: QueueName, Attributes: { FifoTopic: 'true' } }))
  await sns.send(
    new SubscribeCommand({
      TopicArn,
      Protocol: 'sqs',
      Endpoint: `arn:aws:sqs:us-east-1:123456789012:${QueueName}`,
      Attributes: { RawMessageDelivery: 'true' },
    }),
  )
  const once = (id: string) => ({ MessageGroupId: 'group', MessageDeduplicationId: id })
  return {
    url,
    send: (id: string) => new SendMessageCommand({ QueueUrl: url, MessageBody: id, ...once(id) }),
    publish: (id: string) => new PublishCommand({ TopicArn, Message: id, ...once(id) }),
  }
}

/** Receives one message and deletes it. @returns its body; undefined where the queue is empty */
async function takeFirst(sqs: SQSClient, QueueUrl: string | undefined): Promise<string | undefined> {
  const { Messages: [message] = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }))
  if (!message) return undefined
  await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message.ReceiptHandle }))
  return message.Body
}

/** In bytes, with its head. @see https://sqlite.org/fileformat2.html#the_write_ahead_log */
const PAGE_IN_WAL = 24 + 4096

test('a message of FIFO that a full disk refused is no duplicate when it is sent again', {
  timeout: PROCESSES_MS,
}, async () => {
  const data = ownFolder()
  const { lines: told, log } = heardLog()
  await using server = await startWithServices([], { data }, log)
  const clients = clientsOf(server.sdk)
  const { sqs, sns } = clients
  const ordered = await orderedQueue(clients, 'full')
  const pid = told.find(({ msg }) => msg === 'S3, SQS and SNS was started')?.pid ?? 0
  // The number of the message, which is one page, is taken; the message is not.
  const { size } = statSync(join(data, 'messaging', 'fauxqs.db-wal'))
  if (setDiskRoom(pid, size + PAGE_IN_WAL)) {
    const once = new SNSClient({ ...server.sdk, maxAttempts: 1 })
    await expect(once.send(ordered.publish('published'))).rejects.toThrow()
    once.destroy()
    await until(async () => told.some(({ msg }) => msg.startsWith('S3, SQS and SNS died')) || undefined)
  }
  await sns.send(ordered.publish('published'))
  await sqs.send(ordered.send('sent'))
  for (const body of ['published', 'sent', undefined]) expect(await takeFirst(sqs, ordered.url)).toBe(body)
  for (const client of Object.values(clients)) client.destroy()
})

/** The bodies of up to ten messages as they are received, with what stands for each until it is deleted. */
async function receiveTen(sqs: SQSClient, QueueUrl: string | undefined) {
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }))
  return {
    bodies: Messages.map(({ Body }) => Body),
    entries: Messages.map(({ ReceiptHandle }, index) => ({ Id: `${index}`, ReceiptHandle })),
  }
}

test('messages, topics and objects outlive a server that is killed, whatever its ports', {
  timeout: PROCESSES_MS,
}, async () => {
  const data = ownFolder()
  const first = await ServerProcess.start(['--data', data])
  const before = clientsOf(first.local.sdk)
  const { QueueUrl } = await before.sqs.send(new CreateQueueCommand({ QueueName: 'kept' }))
  const { TopicArn } = await before.sns.send(new CreateTopicCommand({ Name: 'kept' }))
  const Endpoint = 'arn:aws:sqs:us-east-1:123456789012:kept'
  await before.sns.send(
    new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint, Attributes: { RawMessageDelivery: 'true' } }),
  )
  await before.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'one' }))
  await before.s3.send(new CreateBucketCommand({ Bucket: 'kept' }))
  await before.s3.send(new PutObjectCommand({ Bucket: 'kept', Key: 'a', Body: 'object' }))
  // As many of a group as there are come at once, and no more of it until all of these are deleted or visible again.
  const many = await orderedQueue(before, 'many')
  const ids = Array.from({ length: 12 }, (_, index) => `${index}`)
  for (const id of ids) await before.sqs.send(many.send(id))
  const { bodies: tenFirst, entries } = await receiveTen(before.sqs, many.url)
  expect(tenFirst).toEqual(ids.slice(0, 10))
  expect((await receiveTen(before.sqs, many.url)).bodies).toEqual([])
  const Entries = entries.map((entry) => ({ ...entry, VisibilityTimeout: 0 }))
  await before.sqs.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl: many.url, Entries }))
  const again = await receiveTen(before.sqs, many.url)
  expect(again.bodies).toEqual(tenFirst)
  await before.sqs.send(new DeleteMessageBatchCommand({ QueueUrl: many.url, Entries: again.entries }))
  const ordered = await orderedQueue(before, 'kept')
  const sent = await before.sqs.send(ordered.send('sent'))
  await before.sns.send(ordered.publish('published'))
  await before.sqs.send(ordered.send('waiting'))
  await before.sns.send(ordered.publish('waiting too'))
  expect(await takeFirst(before.sqs, ordered.url)).toBe('sent')
  expect(await takeFirst(before.sqs, ordered.url)).toBe('published')
  await first.stop('SIGKILL')
  const second = await ServerProcess.start(['--data', data])
  const after = clientsOf(second.local.sdk)
  await after.sns.send(new PublishCommand({ TopicArn, Message: 'two' }))
  const { QueueUrl: found } = await after.sqs.send(new GetQueueUrlCommand({ QueueName: 'kept' }))
  expect(found).toBe(`${second.local.urls.http}/123456789012/kept`)
  expect((await receiveTen(after.sqs, many.url)).bodies).toEqual(ids.slice(10))
  const bodies = new Set<string | undefined>()
  await until(async () => {
    // By the address that it had before, too.
    const { Messages = [] } = await after.sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }))
    for (const { Body } of Messages) bodies.add(Body)
    return bodies.size === 2 || undefined
  })
  expect(bodies).toEqual(new Set(['one', 'two']))
  const { Body } = await after.s3.send(new GetObjectCommand({ Bucket: 'kept', Key: 'a' }))
  expect(await Body?.transformToString()).toBe('object')
  // Who was not answered sends again: that is the same message, also where it was received meanwhile.
  const { MessageId, SequenceNumber } = sent
  expect(await after.sqs.send(ordered.send('sent'))).toMatchObject({ MessageId, SequenceNumber })
  for (const id of ['published', 'waiting too']) await after.sns.send(ordered.publish(id))
  for (const id of ['waiting', 'new']) await after.sqs.send(ordered.send(id))
  for (const body of ['waiting', 'waiting too', 'new', undefined]) {
    expect(await takeFirst(after.sqs, ordered.url)).toBe(body)
  }
  for (const client of [...Object.values(before), ...Object.values(after)]) client.destroy()
  await second.stop('SIGTERM')
})

test('a reset empties all', { timeout: PROCESSES_MS }, async () => {
  const data = ownFolder()
  await using made = await startWithServices([], { data })
  await putSomething(made)
  expect(await kept(made)).toEqual({ TableNames: ['things'], StreamNames: ['things'], buckets: ['things'] })
  made.server.reset()
  expect(await kept(made)).toEqual({ TableNames: [], StreamNames: [], buckets: [] })
})

test('a presigned address of an object is good without a key, until it is changed', async () => {
  const { s3 } = clients
  await s3.send(new CreateBucketCommand({ Bucket: 'presigned' }))
  await s3.send(new PutObjectCommand({ Bucket: 'presigned', Key: 'a b', Body: 'here' }))
  const signer = new SignatureV4({ ...local.sdk, service: 's3', sha256: Sha256, uriEscapePath: false })
  const { hostname, port, host } = new URL(local.urls.http)
  const signed = await signer.presign({
    method: 'GET',
    protocol: 'http:',
    hostname,
    port: Number(port),
    path: '/presigned/a%20b',
    headers: { host, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' },
    query: {},
  })
  const url = new URL(signed.path, local.urls.http)
  for (const [name, value] of Object.entries(signed.query ?? {})) url.searchParams.set(name, String(value))
  expect(await (await fetch(url)).text()).toBe('here')
  url.pathname = '/presigned/other'
  const refused = await fetch(url)
  expect([refused.status, await refused.text()]).toEqual([403, expect.stringContaining('SignatureDoesNotMatch')])
})
