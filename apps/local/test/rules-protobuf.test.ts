import { IoTClient } from '@aws-sdk/client-iot'
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import protobuf from 'protobufjs'
import descriptor from 'protobufjs/ext/descriptor.js'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type Local, startLocal } from '../src/index.ts'
import { makeDevice } from './support/device.ts'
import { entries, turnOn } from './support/iot-log.ts'
import { connectDevice, type TestClient } from './support/mqtt-client.ts'
import { republish, ruleMaker } from './support/rules.ts'

// `decode(…, 'proto', …)` by descriptor sets in this server's own S3.

const { root } = protobuf.parse(`
  syntax = "proto3";
  package plant;
  message Reading {
    string device_name = 1;
    double t = 2;
    int64 count = 3;
    bytes raw = 4;
    State state = 5;
    repeated Part parts = 6;
    map<string, int32> limits = 7;
    message Part { uint32 id = 1; bool on = 2; }
  }
  enum State { OFF = 0; ON = 1; }
`)
const Reading = root.lookupType('plant.Reading')

let local: Local
let iot: IoTClient
let device: TestClient

beforeAll(async () => {
  local = await startLocal()
  await turnOn(local, 'ERROR')
  iot = new IoTClient(local.sdk)
  device = await connectDevice(local, await makeDevice(local), { clientId: 'pump-7' })
  await device.mqtt.subscribeAsync('out/#', { qos: 1 })
  const s3 = new S3Client({ ...local.sdk, forcePathStyle: true })
  await s3.send(new CreateBucketCommand({ Bucket: 'types' }))
  const set = descriptor.FileDescriptorSet.encode({ file: [fileOf(root)] }).finish()
  for (const [Key, Body] of [
    ['plant.desc', set],
    ['large.desc', Buffer.alloc(32 * 1024 + 1)],
    ['none.desc', Buffer.from('no descriptor set')],
  ] as const) {
    await s3.send(new PutObjectCommand({ Bucket: 'types', Key, Body }))
  }
  s3.destroy()
})
afterAll(async () => {
  await device[Symbol.asyncDispose]()
  iot.destroy()
  await local[Symbol.asyncDispose]()
})

/** As `protoc` names the file that declares the package. */
function fileOf(declared: protobuf.Root) {
  const { file = [] } = descriptor.FileDescriptorSet.toObject(
    descriptor.FileDescriptorSet.decode(descriptor.FileDescriptorSet.encode(declared.toDescriptor('proto3')).finish()),
  ) as { file?: object[] }
  return { ...file.at(-1), name: 'schemas/plant.proto' }
}

const makeRule = ruleMaker(() => iot)
const decode = (value: string, key = 'plant.desc', file = 'plant', type = 'Reading') =>
  `decode(${value}, 'proto', 'types', '${key}', '${file}', '${type}')`
const publish = (topic: string, payload: string | Buffer) => device.mqtt.publishAsync(topic, payload, { qos: 1 })

const message = Buffer.from(
  Reading.encode(
    Reading.fromObject({
      deviceName: 'pump-7',
      t: 21.5,
      count: '9007199254740993',
      raw: Buffer.from([0, 255]),
      state: 'ON',
      parts: [{ id: 1, on: true }],
      limits: { high: 30 },
    }),
  ).finish(),
)

test('a payload is the JSON that Protocol Buffers makes of it, from bytes and from Base64', async () => {
  await makeRule(`SELECT VALUE ${decode('*')} FROM 'proto/raw'`, [republish('out/raw')])
  await makeRule(
    `SELECT ${decode('data', 'plant.desc', 'plant', 'plant.Reading')}.deviceName AS name FROM 'proto/b64'`,
    [republish('out/b64')],
  )
  await publish('proto/raw', message)
  expect(JSON.parse((await device.inbox.take()).text)).toEqual({
    deviceName: 'pump-7',
    t: 21.5,
    count: '9007199254740993',
    raw: 'AP8=',
    state: 'ON',
    parts: [{ id: 1, on: true }],
    limits: { high: 30 },
  })
  await publish('proto/b64', JSON.stringify({ data: message.toString('base64') }))
  expect((await device.inbox.take()).text).toBe('{"name":"pump-7"}')
})

test.each([
  ['large', decode('*', 'large.desc'), message, /has 32769 bytes: a descriptor set may have 32768/],
  ['none', decode('*', 'none.desc'), message, /s3:\/\/types\/none\.desc is no descriptor set/],
  ['gone', decode('*', 'gone.desc'), message, /key does not exist/i],
  ['file', decode('*', 'plant.desc', 'other'), message, /has no file other\.proto/],
  ['type', decode('*', 'plant.desc', 'plant', 'Nothing'), message, /has no message Nothing/],
  ['bytes', decode('*'), Buffer.from([0xff, 0xff]), /the payload is no message of the type Reading/],
] as const)(
  'what cannot be read ends the rule, and the log says why: %s',
  async (topic, expression, payload, details) => {
    const ruleName = await makeRule(`SELECT VALUE ${expression} FROM 'bad/${topic}'`, [republish('out/never')])
    await publish(`bad/${topic}`, payload)
    await vi.waitFor(
      async () => {
        const [failed] = await entries(local, `{ $.ruleName = "${ruleName}" }`)
        expect(failed).toMatchObject({
          eventType: 'RuleExecution',
          status: 'Failure',
          details: expect.stringMatching(details),
        })
      },
      { timeout: 20_000, interval: 100 },
    )
  },
)
