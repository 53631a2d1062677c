import { request } from 'node:http'
import { Sha256 } from '@aws-crypto/sha256-js'
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import { CreateTopicRuleCommand, IoTClient } from '@aws-sdk/client-iot'
import { IoTDataPlaneClient, PublishCommand } from '@aws-sdk/client-iot-data-plane'
import { CreateBucketCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { CreateQueueCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { SignatureV4 } from '@smithy/signature-v4'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Local, startLocal } from '../src/index.ts'
import { type LimitedRole, limitedRole } from './support/limited-role.ts'

// What a session may do by one service, it may not do by another: several are behind one server.

const TOPIC = 'arn:aws:sns:us-east-1:123456789012:news'
const RECEIVE = { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'AmazonSQS.ReceiveMessage' }

let local: Local
let role: LimitedRole
let sqs: SQSClient
let s3: S3Client
let queueUrl: string

beforeAll(async () => {
  local = await startLocal()
  sqs = new SQSClient(local.sdk)
  s3 = new S3Client({ ...local.sdk, forcePathStyle: true })
  role = await limitedRole(local)
  await role.allow(
    { Effect: 'Allow', Action: ['s3:ListAllMyBuckets'], Resource: '*' },
    { Effect: 'Allow', Action: ['s3:GetObject'], Resource: ['arn:aws:s3:::_*', 'arn:aws:s3:::photos/*.png'] },
    { Effect: 'Allow', Action: 'sns:Publish', Resource: TOPIC },
  )
  queueUrl = (await sqs.send(new CreateQueueCommand({ QueueName: 'secret' }))).QueueUrl ?? ''
  await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: 'top secret' }))
})
afterAll(async () => {
  role.close()
  sqs.destroy()
  s3.destroy()
  await local.close()
})

interface Sent {
  readonly service: string
  readonly method?: string
  /** As it goes over the wire. */
  readonly path?: string
  readonly signedPath?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** Sends what the role signs for one service, whatever it is. */
async function send({ service, method = 'POST', path = '/', signedPath = path, headers = {}, body = '' }: Sent) {
  const { hostname, port, host } = new URL(local.urls.http)
  const signer = new SignatureV4({
    service,
    region: 'us-east-1',
    credentials: role.credentials,
    sha256: Sha256,
    uriEscapePath: service !== 's3',
  })
  const signed = await signer.sign({
    method,
    protocol: 'http:',
    hostname,
    path: signedPath,
    headers: { host, ...headers },
    body,
  })
  return new Promise<{ readonly status: number | undefined; readonly text: string }>((resolve, reject) => {
    const sent = request({ hostname, port, method, path, headers: signed.headers }, (answer) => {
      let text = ''
      answer.setEncoding('utf8')
      answer.on('data', (piece: string) => {
        text += piece
      })
      answer.on('end', () => resolve({ status: answer.statusCode, text }))
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

test('a call of SQS that is signed for S3 or SNS reads no queue', async () => {
  const members = { QueueUrl: queueUrl }
  const plain = await send({ service: 'sqs', headers: RECEIVE, body: JSON.stringify(members) })
  expect(plain.text).toContain('not authorized to perform: sqs:ReceiveMessage')
  const byS3 = await send({ service: 's3', headers: RECEIVE, body: JSON.stringify(members) })
  expect([byS3.status, byS3.text]).toEqual([501, expect.stringContaining('NotImplemented')])
  // JSON that is a form, too, which publishes to the topic.
  const both = JSON.stringify({ ...members, x: `&Action=Publish&TopicArn=${TOPIC}&y=` })
  const bySns = await send({ service: 'sns', headers: RECEIVE, body: both })
  expect(bySns.text).not.toContain('top secret')
  expect(bySns.text).not.toContain('Messages')
  const asForm = { ...RECEIVE, 'content-type': 'application/x-www-form-urlencoded; as=application/x-amz-json-1.0' }
  expect((await send({ service: 'sns', headers: asForm, body: both })).text).not.toContain('Messages')
  const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: queueUrl }))
  expect(Messages?.map(({ Body }) => Body)).toEqual(['top secret'])
})

test('pages of the server behind are no buckets', async () => {
  const inspected = await send({ service: 's3', method: 'GET', path: '/_fauxqs/queues/secret' })
  expect([inspected.status, inspected.text]).toEqual([400, expect.stringContaining('InvalidBucketName')])
  await s3.send(new CreateBucketCommand({ Bucket: 'health' }))
  await s3.send(new PutObjectCommand({ Bucket: 'health', Key: 'pulse', Body: '60' }))
  const { Contents } = await s3.send(new ListObjectsV2Command({ Bucket: 'health' }))
  expect(Contents?.map(({ Key }) => Key)).toEqual(['pulse'])
})

test('a key that is cut off on its way names no other object', async () => {
  await s3.send(new CreateBucketCommand({ Bucket: 'photos' }))
  await s3.send(new PutObjectCommand({ Bucket: 'photos', Key: 'secret', Body: 'top secret' }))
  const get = { service: 's3', method: 'GET' }
  expect((await send({ ...get, path: '/photos/secret' })).status).toBe(403)
  const cut = await send({ ...get, path: '/photos/secret#.png', signedPath: '/photos/secret' })
  expect([cut.status, cut.text]).toEqual([400, expect.stringContaining('InvalidURI')])
})

test("a rule writes to the queue that its role may write to, by the queue's own address", async () => {
  const iam = new IAMClient(local.sdk)
  const iot = new IoTClient(local.sdk)
  const data = new IoTDataPlaneClient(local.sdk)
  const Version = '2012-10-17'
  const trust = {
    Effect: 'Allow',
    Principal: { Service: 'iot.amazonaws.com' },
    Action: 'sts:AssumeRole',
    // AWS IoT says for which rule it asks.
    Condition: {
      StringEquals: { 'aws:SourceAccount': '123456789012' },
      ArnLike: { 'aws:SourceArn': 'arn:aws:iot:us-east-1:123456789012:rule/alarms' },
    },
  }
  const { Role } = await iam.send(
    new CreateRoleCommand({
      RoleName: 'alarms',
      AssumeRolePolicyDocument: JSON.stringify({ Version, Statement: [trust] }),
    }),
  )
  const Resource = 'arn:aws:sqs:us-east-1:123456789012:alarms'
  const Statement = [{ Effect: 'Allow', Action: 'sqs:SendMessage', Resource }]
  const PolicyDocument = JSON.stringify({ Version, Statement })
  await iam.send(new PutRolePolicyCommand({ RoleName: 'alarms', PolicyName: 'only', PolicyDocument }))
  const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: 'alarms' }))
  const actions = [{ sqs: { queueUrl: QueueUrl, roleArn: Role?.Arn } }]
  const topicRulePayload = { sql: "SELECT * FROM 'alarms'", awsIotSqlVersion: '2016-03-23', actions }
  await iot.send(new CreateTopicRuleCommand({ ruleName: 'alarms', topicRulePayload }))
  await data.send(new PublishCommand({ topic: 'alarms', qos: 1, payload: '{"bar":3.5}' }))
  const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 10 }))
  expect(Messages?.map(({ Body }) => Body)).toEqual(['{"bar":3.5}'])
  for (const client of [iam, iot, data]) client.destroy()
})
