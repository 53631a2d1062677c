import { randomBytes } from 'node:crypto'
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import {
  CreateStreamCommand,
  type CreateStreamCommandInput,
  DeleteStreamCommand,
  DescribeStreamCommand,
  IoTClient,
  ListStreamsCommand,
  ListTagsForResourceCommand,
  UpdateStreamCommand,
} from '@aws-sdk/client-iot'
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { type CborValue, decodeCbor, encodeCbor } from '@thingdeck/aws-api'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Local, startLocal } from '../src/index.ts'
import { makeDevice } from './support/device.ts'
import { testNeeds } from './support/limited-role.ts'
import { connectDevice, type TestClient } from './support/mqtt-client.ts'

const ROLE = 'arn:aws:iam::123456789012:role/never-defined'
const ARN = 'arn:aws:iot:us-east-1:123456789012:stream'
/** S3 is a process that is started first. */
const STARTS_MS = 60_000
const IMAGE = randomBytes(300_001)
const NOTES = Buffer.from('what is new')

let local: Local
let iot: IoTClient
let s3: S3Client
let device: TestClient

const put = (Key: string, Body: Uint8Array) => s3.send(new PutObjectCommand({ Bucket: 'images', Key, Body }))
const file = (fileId: number, key: string) => ({ fileId, s3Location: { bucket: 'images', key } })
const create = (streamId: string, input: Partial<CreateStreamCommandInput> = {}) =>
  iot.send(new CreateStreamCommand({ streamId, files: [file(0, 'image.bin')], roleArn: ROLE, ...input }))

beforeAll(async () => {
  local = await startLocal()
  iot = new IoTClient({ ...local.sdk, maxAttempts: 1 })
  s3 = new S3Client({ ...local.sdk, forcePathStyle: true })
  await s3.send(new CreateBucketCommand({ Bucket: 'images' }))
  await put('image.bin', IMAGE)
  await put('notes.txt', NOTES)
  device = await connectDevice(local, await makeDevice(local, { thingName: 'board-1' }), { clientId: 'board-1' })
}, STARTS_MS)
afterAll(async () => {
  await device[Symbol.asyncDispose]()
  iot.destroy()
  s3.destroy()
  await local.close()
})

const topicOf = (streamId: string, message: string, format = 'json') =>
  `$aws/things/board-1/streams/${streamId}/${message}/${format}`
const ask = (streamId: string, message: 'get' | 'describe', request: object | string) =>
  device.mqtt.publishAsync(
    topicOf(streamId, message),
    typeof request === 'string' ? request : JSON.stringify(request),
    { qos: 1 },
  )

test('a stream is made, described, tagged, updated to a new version, listed and deleted', async () => {
  const tags = [{ Key: 'team', Value: 'ops' }]
  const made = await create('firmware', {
    description: 'for boards',
    tags,
    files: [file(0, 'image.bin'), file(7, 'notes.txt')],
  })
  expect(made).toMatchObject({ streamId: 'firmware', streamArn: `${ARN}/firmware`, streamVersion: 1 })
  const listed = await iot.send(new ListTagsForResourceCommand({ resourceArn: made.streamArn }))
  expect(listed.tags).toEqual(tags)
  const { streamInfo } = await iot.send(new DescribeStreamCommand({ streamId: 'firmware' }))
  expect(streamInfo).toMatchObject({
    description: 'for boards',
    roleArn: ROLE,
    files: [file(0, 'image.bin'), file(7, 'notes.txt')],
  })
  await expect(create('firmware')).rejects.toMatchObject({ name: 'ResourceAlreadyExistsException' })
  const updated = await iot.send(new UpdateStreamCommand({ streamId: 'firmware', files: [file(0, 'notes.txt')] }))
  expect(updated).toMatchObject({ streamVersion: 2, description: 'for boards' })
  await create('music')
  const ids = async (ascendingOrder: boolean) =>
    (await iot.send(new ListStreamsCommand({ ascendingOrder }))).streams?.map(({ streamId }) => streamId)
  expect(await ids(true)).toEqual(['firmware', 'music'])
  expect(await ids(false)).toEqual(['music', 'firmware'])
  const { nextToken } = await iot.send(new ListStreamsCommand({ maxResults: 1 }))
  expect((await iot.send(new ListStreamsCommand({ maxResults: 1, nextToken }))).streams?.[0]?.streamId).toBe('firmware')
  for (const streamId of ['firmware', 'music']) await iot.send(new DeleteStreamCommand({ streamId }))
  await expect(iot.send(new DescribeStreamCommand({ streamId: 'music' }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  })
})

test.each<[what: string, input: Partial<CreateStreamCommandInput>, name: string]>([
  ['a file that is not there', { files: [file(0, 'none')] }, 'ResourceNotFoundException'],
  ['two files of one id', { files: [file(0, 'image.bin'), file(0, 'notes.txt')] }, 'InvalidRequestException'],
  ['no files', { files: [] }, 'InvalidRequestException'],
  ['a file without a place', { files: [{ fileId: 0 }] }, 'InvalidRequestException'],
  [
    'more than ten files',
    { files: Array.from({ length: 11 }, (_, id) => file(id, 'notes.txt')) },
    'LimitExceededException',
  ],
  ['a role that is none', { roleArn: 'arn:aws:iam::123456789012:user/somebody' }, 'InvalidRequestException'],
])('%s is refused', async (_, input, name) => {
  await expect(create('refused', input)).rejects.toMatchObject({ name })
})

describe('a device', () => {
  beforeAll(async () => {
    await create('image', { description: 'an image', files: [file(0, 'image.bin'), file(1, 'notes.txt')] })
  })

  test('learns which files there are', async () => {
    await ask('image', 'describe', { c: 'token' })
    expect(await device.json(topicOf('image', 'description'))).toEqual({
      c: 'token',
      s: 1,
      d: 'an image',
      r: [
        { f: 0, z: IMAGE.byteLength },
        { f: 1, z: NOTES.byteLength },
      ],
    })
  })

  test('fetches the blocks of the guide: 20, 21, 24 and 43', async () => {
    await ask('image', 'get', { c: '1', s: 1, l: 256, f: 0, o: 20, n: 32, b: '0x130080' })
    for (const block of [20, 21, 24, 43]) {
      expect(await device.json(topicOf('image', 'data'))).toEqual({
        ...{ c: '1', f: 0, l: 256, i: block },
        p: IMAGE.subarray(block * 256, (block + 1) * 256).toString('base64'),
      })
    }
    expect(device.inbox.rest).toEqual([])
  })

  test('gets no more than 128 KB for one request, and what is left of the last block', async () => {
    await ask('image', 'get', { f: 0, l: 65_536, n: 100 })
    for (const i of [0, 1]) expect(await device.json(topicOf('image', 'data'))).toMatchObject({ i, l: 65_536 })
    await ask('image', 'get', { f: 0, l: 65_536, o: 4 })
    expect(await device.json(topicOf('image', 'data'))).toEqual({
      ...{ f: 0, l: 300_001 - 4 * 65_536, i: 4 },
      p: IMAGE.subarray(4 * 65_536).toString('base64'),
    })
    await ask('image', 'get', { f: 1, l: 256, n: 5 })
    expect(await device.json(topicOf('image', 'data'))).toMatchObject({ i: 0, l: NOTES.byteLength })
    expect(device.inbox.rest).toEqual([])
  })

  const GET = { c: 'token', f: 0, l: 256, n: 1 }
  test.each<[request: object | string, code: string, token?: string]>([
    ['{', 'InvalidJson'],
    ['[]', 'InvalidRequest'],
    [{ ...GET, c: 'x'.repeat(65) }, 'InvalidRequest'],
    [{ ...GET, l: undefined }, 'InvalidRequest', 'token'],
    [{ ...GET, f: undefined }, 'InvalidRequest', 'token'],
    [{ ...GET, f: '0' }, 'InvalidRequest', 'token'],
    [{ ...GET, f: 256 }, 'InvalidRequest', 'token'],
    [{ ...GET, f: 9 }, 'ResourceNotFound', 'token'],
    [{ ...GET, s: 2 }, 'VersionMismatch', 'token'],
    [{ ...GET, l: 255 }, 'BlockSizeOutOfBounds', 'token'],
    [{ ...GET, l: 131_073 }, 'BlockSizeOutOfBounds', 'token'],
    [{ ...GET, o: 98_305 }, 'OffsetOutOfBounds', 'token'],
    [{ ...GET, o: 98_304 }, 'ResourceNotFound', 'token'],
    [{ ...GET, n: 98_305 }, 'BlockCountLimitExceeded', 'token'],
    [{ ...GET, b: '00'.repeat(12_288) }, 'BlockBitmapLimitExceeded', 'token'],
    [{ ...GET, b: 'zz' }, 'InvalidRequest', 'token'],
  ])('that asks for %j is answered %s', async (request, code, token) => {
    await ask('image', 'get', request)
    const { o, m, c } = await device.json(topicOf('image', 'rejected'))
    expect({ o, c }).toEqual({ o: code, c: token })
    expect(m).toMatch(/\w/)
  })

  test('hears that a stream is not there, and in CBOR what is no CBOR', async () => {
    await ask('none', 'describe', '')
    expect(await device.json(topicOf('none', 'rejected'))).toMatchObject({ o: 'ResourceNotFound' })
    await device.mqtt.publishAsync(topicOf('image', 'get', 'cbor'), Buffer.of(0xff), { qos: 1 })
    const { packet } = await device.inbox.take(({ topic }) => topic === topicOf('image', 'rejected', 'cbor'))
    expect(decodeCbor(Buffer.from(packet.payload))).toMatchObject({ o: 'InvalidCbor' })
  })

  test('hears that a file was replaced since the stream was made, until the stream is updated', async () => {
    await put('changing.bin', Buffer.from('one'))
    await create('changing', { files: [file(0, 'changing.bin')] })
    await put('changing.bin', Buffer.from('another one'))
    await ask('changing', 'get', GET)
    expect(await device.json(topicOf('changing', 'rejected'))).toMatchObject({ o: 'ETagMismatch', c: 'token' })
    await iot.send(new UpdateStreamCommand({ streamId: 'changing' }))
    await ask('changing', 'get', { ...GET, s: 2 })
    expect(await device.json(topicOf('changing', 'data'))).toMatchObject({
      p: Buffer.from('another one').toString('base64'),
    })
  })

  test('fetches its image as the OTA agent of FreeRTOS does', async () => {
    const data = topicOf('image', 'data', 'cbor')
    await device.mqtt.subscribeAsync(data, { qos: 0 })
    const blockBytes = 4096
    const blocks = Math.ceil(IMAGE.byteLength / blockBytes)
    const missing = new Set(Array.from({ length: blocks }, (_, block) => block))
    const received = Buffer.alloc(IMAGE.byteLength)
    while (missing.size > 0) {
      const bitmap = new Uint8Array(Math.ceil(blocks / 8))
      for (const block of missing) bitmap[block >> 3] = (bitmap[block >> 3] ?? 0) | (1 << (block & 7))
      // The members and their order are those of its `OTA_CBOR_Encode_GetStreamRequestMessage`.
      const request: CborValue = { c: 'rdy', f: 0, l: blockBytes, o: 0, b: bitmap, n: 8 }
      await device.mqtt.publishAsync(topicOf('image', 'get', 'cbor'), Buffer.from(encodeCbor(request)), { qos: 0 })
      for (let left = Math.min(8, missing.size); left > 0; left -= 1) {
        const { packet } = await device.inbox.take(({ topic }) => topic === data)
        const answer = decodeCbor(Buffer.from(packet.payload)) as { f: number; i: number; l: number; p: Uint8Array } // its own members
        expect(Object.keys(answer).sort()).toEqual(['c', 'f', 'i', 'l', 'p'])
        expect(answer.p.byteLength).toBe(answer.l)
        received.set(answer.p, answer.i * blockBytes)
        missing.delete(answer.i)
      }
    }
    expect(received.equals(IMAGE)).toBe(true)
  })

  test('gets nothing that the role of the stream may not read', async () => {
    const iam = new IAMClient(local.sdk)
    const document = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement })
    const trust = { Effect: 'Allow', Principal: { Service: 'iot.amazonaws.com' }, Action: 'sts:AssumeRole' }
    const allow = (...resources: string[]) =>
      iam.send(
        new PutRolePolicyCommand({
          ...{ RoleName: 'streams', PolicyName: 'only' },
          PolicyDocument: document({ Effect: 'Allow', Action: 's3:GetObject', Resource: resources }),
        }),
      )
    await iam.send(new CreateRoleCommand({ RoleName: 'streams', AssumeRolePolicyDocument: document(trust) }))
    const roleArn = 'arn:aws:iam::123456789012:role/streams'
    await expect(create('guarded', { roleArn })).rejects.toMatchObject({ name: 'UnauthorizedException' })
    await allow('arn:aws:s3:::images/image.bin')
    await create('guarded', { roleArn })
    await allow('arn:aws:s3:::images/notes.txt')
    await ask('guarded', 'get', GET)
    expect(await device.json(topicOf('guarded', 'rejected'))).toMatchObject({ o: 'Unauthorized', c: 'token' })
    iam.destroy()
  })
})

testNeeds([
  ['DescribeStream', { streamId: 's' }, [`${ARN}/s`]],
  ['DeleteStream', { streamId: 's' }, [`${ARN}/s`]],
  ['UpdateStream', { streamId: 's' }, [`${ARN}/s`]],
  ['ListStreams', {}, []],
])
