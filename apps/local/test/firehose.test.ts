import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import {
  CreateDeliveryStreamCommand,
  DeleteDeliveryStreamCommand,
  DescribeDeliveryStreamCommand,
  type ExtendedS3DestinationConfiguration,
  FirehoseClient,
  ListDeliveryStreamsCommand,
  ListTagsForDeliveryStreamCommand,
  PutRecordBatchCommand,
  PutRecordCommand,
  TagDeliveryStreamCommand,
  UntagDeliveryStreamCommand,
  UpdateDestinationCommand,
} from '@aws-sdk/client-firehose'
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam'
import { CreateTopicRuleCommand, IoTClient } from '@aws-sdk/client-iot'
import { CreateBucketCommand, GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { type Local, startLocal } from '../src/index.ts'
import { makeDevice } from './support/device.ts'
import { limitedRole } from './support/limited-role.ts'
import { connectDevice } from './support/mqtt-client.ts'
import { ANY_ROLE, SQL_VERSION } from './support/rules.ts'
import { ServerProcess } from './support/server-process.ts'
import { until } from './support/until.ts'

// Delivery streams by the official client: what they gather becomes objects of S3 at the same endpoint.

const MINUTE_MS = 60_000

let local: Local
let firehose: FirehoseClient
let s3: S3Client

const s3Of = (sdk: Local['sdk']) => new S3Client({ ...sdk, forcePathStyle: true })

beforeAll(async () => {
  local = await startLocal()
  firehose = new FirehoseClient(local.sdk)
  s3 = s3Of(local.sdk)
  await s3.send(new CreateBucketCommand({ Bucket: 'lake' }))
})
afterAll(async () => {
  firehose.destroy()
  s3.destroy()
  await local.close()
})

const create = (
  DeliveryStreamName: string,
  more: Partial<ExtendedS3DestinationConfiguration> = {},
  client = firehose,
) =>
  client.send(
    new CreateDeliveryStreamCommand({
      DeliveryStreamName,
      ExtendedS3DestinationConfiguration: {
        RoleARN: ANY_ROLE,
        BucketARN: 'arn:aws:s3:::lake',
        BufferingHints: { IntervalInSeconds: 60, SizeInMBs: 1 },
        Prefix: `${DeliveryStreamName}/`,
        ...more,
      },
    }),
  )

const put = (DeliveryStreamName: string, ...texts: string[]) =>
  firehose.send(
    new PutRecordBatchCommand({ DeliveryStreamName, Records: texts.map((text) => ({ Data: Buffer.from(text) })) }),
  )

/** Keys and contents of objects, once there are so many. */
async function objects(Prefix: string, count = 1, client = s3): Promise<{ key: string; bytes: Buffer }[]> {
  const keys = await until(async () => {
    const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: 'lake', Prefix }))
    return Contents.length >= count ? Contents.map(({ Key = '' }) => Key) : undefined
  })
  return Promise.all(
    keys.map(async (key) => {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: 'lake', Key: key }))
      return { key, bytes: Buffer.from((await Body?.transformToByteArray()) ?? []) }
    }),
  )
}

test('records become one object when their time has come', async () => {
  await create('timed')
  const { RecordId, Encrypted } = await firehose.send(
    new PutRecordCommand({ DeliveryStreamName: 'timed', Record: { Data: Buffer.from('one\n') } }),
  )
  expect([typeof RecordId, Encrypted]).toEqual(['string', false])
  const { FailedPutCount, RequestResponses } = await put('timed', 'two\n', 'three\n')
  expect([FailedPutCount, RequestResponses?.length]).toEqual([0, 2])
  local.advanceClock(MINUTE_MS)
  const [object] = await objects('timed/')
  expect(object?.bytes.toString()).toBe('one\ntwo\nthree\n')
  expect(object?.key).toMatch(/^timed\/\d{4}\/\d\d\/\d\d\/\d\d\/timed-1-\d{4}-\d\d-\d\d-\d\d-\d\d-\d\d-[-0-9a-f]{36}$/)
})

test('by size at once, compressed, with times of its own', async () => {
  const Prefix = 'zip/y=!{timestamp:yyyy}/'
  await create('zip', { CompressionFormat: 'GZIP', Prefix, ErrorOutputPrefix: 'errors/!{firehose:error-output-type}/' })
  const record = 'x'.repeat(600_000)
  await put('zip', record)
  await put('zip', record)
  const [object] = await objects('zip/')
  expect(object?.key).toMatch(/^zip\/y=\d{4}\/zip-1-.*\.gz$/)
  expect(gunzipSync(object?.bytes ?? Buffer.alloc(0)).toString()).toBe(record + record)
})

test('a device, a rule, a stream, an object', async () => {
  await create('readings', { BufferingHints: { IntervalInSeconds: 0, SizeInMBs: 1 } })
  const iot = new IoTClient(local.sdk)
  const actions = [{ firehose: { deliveryStreamName: 'readings', separator: '\n', roleArn: ANY_ROLE } }]
  const topicRulePayload = { sql: "SELECT t FROM 'dt/+'", actions, awsIotSqlVersion: SQL_VERSION }
  await iot.send(new CreateTopicRuleCommand({ ruleName: 'lake', topicRulePayload }))
  iot.destroy()
  await using device = await connectDevice(local, await makeDevice(local), { clientId: 'pump-7' })
  await device.mqtt.publishAsync('dt/pump-7', '{"t":21.5,"x":1}', { qos: 1 })
  const [object] = await objects('readings/')
  expect(object?.bytes.toString()).toBe('{"t":21.5}\n')
})

test('a bucket that is not there: tried again, told in the log, and delivered once it is', async () => {
  const CloudWatchLoggingOptions = { Enabled: true, LogGroupName: '/firehose', LogStreamName: 'S3Delivery' }
  const BufferingHints = { IntervalInSeconds: 0, SizeInMBs: 1 }
  await create('later', { BucketARN: 'arn:aws:s3:::later', CloudWatchLoggingOptions, BufferingHints })
  await put('later', 'kept')
  const logs = new CloudWatchLogsClient(local.sdk)
  const message = await until(async () => {
    const found = await logs.send(new FilterLogEventsCommand({ logGroupName: '/firehose' })).catch(() => undefined)
    return found?.events?.[0]?.message
  })
  logs.destroy()
  expect(JSON.parse(message)).toMatchObject({
    deliveryStreamARN: 'arn:aws:firehose:us-east-1:123456789012:deliverystream/later',
    destination: 'arn:aws:s3:::later',
    errorCode: 'S3.NoSuchBucket',
  })
  await s3.send(new CreateBucketCommand({ Bucket: 'later' }))
  const count = await until(async () => {
    local.advanceClock(MINUTE_MS)
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: 'later' }))
    return Contents.length || undefined
  })
  expect(count).toBe(1)
})

test('what was acknowledged is delivered after a server that was killed', { timeout: 120_000 }, async () => {
  const data = mkdtempSync(join(tmpdir(), 'firehose-'))
  onTestFinished(() => rmSync(data, { recursive: true, force: true }))
  const args = ['--data', data]
  const server = await ServerProcess.start(args)
  const client = new FirehoseClient(server.local.sdk)
  await create('killed', { BufferingHints: { IntervalInSeconds: 900, SizeInMBs: 1 } }, client)
  const Record = { Data: Buffer.from('survives') }
  await client.send(new PutRecordCommand({ DeliveryStreamName: 'killed', Record }))
  client.destroy()
  await server.stop('SIGKILL')
  const next = await ServerProcess.start(args)
  const its = s3Of(next.local.sdk)
  await its.send(new CreateBucketCommand({ Bucket: 'lake' }))
  const [object] = await objects('killed/', 1, its)
  expect(object?.bytes.toString()).toBe('survives')
  its.destroy()
  await next.stop('SIGTERM')
})

test('a stream is described, changed by its version, tagged, listed and deleted', async () => {
  const DeliveryStreamName = 'described'
  const { DeliveryStreamARN } = await create(DeliveryStreamName)
  expect(DeliveryStreamARN).toBe('arn:aws:firehose:us-east-1:123456789012:deliverystream/described')
  const describe = async () =>
    (await firehose.send(new DescribeDeliveryStreamCommand({ DeliveryStreamName }))).DeliveryStreamDescription
  expect(await describe()).toMatchObject({ DeliveryStreamStatus: 'ACTIVE', VersionId: '1', HasMoreDestinations: false })
  const DestinationId = (await describe())?.Destinations?.[0]?.DestinationId
  const ExtendedS3DestinationUpdate = { BufferingHints: { IntervalInSeconds: 120, SizeInMBs: 2 } }
  const update = (CurrentDeliveryStreamVersionId: string) =>
    firehose.send(
      new UpdateDestinationCommand({
        DeliveryStreamName,
        DestinationId,
        CurrentDeliveryStreamVersionId,
        ExtendedS3DestinationUpdate,
      }),
    )
  await expect(update('7')).rejects.toMatchObject({ name: 'ConcurrentModificationException' })
  await update('1')
  expect(await describe()).toMatchObject({
    VersionId: '2',
    Destinations: [{ ExtendedS3DestinationDescription: { Prefix: 'described/', ...ExtendedS3DestinationUpdate } }],
  })
  await firehose.send(
    new TagDeliveryStreamCommand({ DeliveryStreamName, Tags: [{ Key: 'a', Value: '1' }, { Key: 'b' }] }),
  )
  await firehose.send(new UntagDeliveryStreamCommand({ DeliveryStreamName, TagKeys: ['b'] }))
  expect(await firehose.send(new ListTagsForDeliveryStreamCommand({ DeliveryStreamName }))).toMatchObject({
    Tags: [{ Key: 'a', Value: '1' }],
    HasMoreTags: false,
  })
  const { DeliveryStreamNames, HasMoreDeliveryStreams } = await firehose.send(
    new ListDeliveryStreamsCommand({ Limit: 1, ExclusiveStartDeliveryStreamName: 'a' }),
  )
  expect([DeliveryStreamNames, HasMoreDeliveryStreams]).toEqual([['described'], true])
  await firehose.send(new DeleteDeliveryStreamCommand({ DeliveryStreamName }))
  await expect(put(DeliveryStreamName, 'x')).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
})

test.each([
  ['a compression that is not here', { CompressionFormat: 'Snappy' as const }, 'CompressionFormat'],
  ['processing', { ProcessingConfiguration: { Enabled: true } }, 'ProcessingConfiguration'],
  [
    'a prefix with a time and no place for errors',
    { Prefix: '!{timestamp:yyyy}/' },
    'ErrorOutputPrefix cannot be null',
  ],
  ['a time zone that is none', { CustomTimeZone: 'Mars/Base' }, 'no time zone'],
  [
    'a role that does not trust Firehose',
    { RoleARN: 'arn:aws:iam::123456789012:role/closed' },
    'unable to assume role',
  ],
])('no stream is made with %s', async (_, more, message) => {
  const iam = new IAMClient(local.sdk)
  const statement = { Effect: 'Allow', Principal: { Service: 'iot.amazonaws.com' }, Action: 'sts:AssumeRole' }
  const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [statement] })
  await iam.send(new CreateRoleCommand({ RoleName: 'closed', AssumeRolePolicyDocument })).catch(() => {})
  iam.destroy()
  await expect(create('refused', more)).rejects.toMatchObject({
    name: 'InvalidArgumentException',
    message: expect.stringContaining(message),
  })
})

test('more than a bucket that is not there can be kept for is refused, and what is kept stays so much', async () => {
  await create('full', { BucketARN: 'arn:aws:s3:::nowhere' })
  const record = 'x'.repeat(1_000_000)
  const refused = await (async () => {
    for (let time = 0; time < 20; time += 1) {
      const error = await put('full', record, record, record, record).catch((thrown: unknown) => thrown)
      if (error instanceof Error) return error
    }
    return undefined
  })()
  expect(refused).toMatchObject({ name: 'ServiceUnavailableException', message: 'Slow down.' })
})

test('policies of IAM decide who may put, and whom a role is passed to', async () => {
  const role = await limitedRole(local)
  const limited = new FirehoseClient({ ...local.sdk, ...role })
  await create('guarded')
  const Resource = 'arn:aws:firehose:us-east-1:123456789012:deliverystream/guarded'
  const Record = { Data: Buffer.from('x') }
  await role.allow({ Effect: 'Allow', Action: 'firehose:PutRecord', Resource })
  await limited.send(new PutRecordCommand({ DeliveryStreamName: 'guarded', Record }))
  await expect(limited.send(new PutRecordCommand({ DeliveryStreamName: 'timed', Record }))).rejects.toMatchObject({
    name: 'AccessDeniedException',
  })
  await role.allow({ Effect: 'Allow', Action: 'firehose:*', Resource: '*' })
  await expect(create('passed', {}, limited)).rejects.toMatchObject({
    message: expect.stringContaining('iam:PassRole'),
  })
  limited.destroy()
  role.close()
})
