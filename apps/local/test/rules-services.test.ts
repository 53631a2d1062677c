import { type Action, IoTClient } from '@aws-sdk/client-iot'
import * as iotEvents from '@aws-sdk/client-iot-events-data'
import * as iotAnalytics from '@aws-sdk/client-iotanalytics'
import * as siteWise from '@aws-sdk/client-iotsitewise'
import * as location from '@aws-sdk/client-location'
import * as secretsManager from '@aws-sdk/client-secrets-manager'
import * as timestream from '@aws-sdk/client-timestream-write'
import { AwsError, defineService } from '@thingdeck/aws-api'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type Local, startLocal } from '../src/index.ts'
import { ENVIRONMENT_KEYS, serveAws } from './support/aws-services.ts'
import { makeDevice } from './support/device.ts'
import type { HttpServer } from './support/http-server.ts'
import { Inbox } from './support/inbox.ts'
import { connectDevice, type TestClient } from './support/mqtt-client.ts'
import { ANY_ROLE, errorDocumentOf, republish, ruleMaker, SQL_VERSION } from './support/rules.ts'
import { until } from './support/until.ts'

// Actions of services of which no server can be had here: against ones made from their SDK's schemas.

/** What the services were sent. */
const calls = new Inbox<{ readonly operation: string; readonly input: unknown }>()
/** What a service answers next instead of success. */
const answers: object[] = []
let reads = 0

const note = (operation: string, answer: object) => (input: object) => {
  calls.put({ operation, input })
  const next = answers.shift() ?? answer
  if (next instanceof AwsError) throw next
  return next as never // what the SDK's schemas say is checked on its way out
}

let services: HttpServer
let local: Local
let iot: IoTClient
let device: TestClient

beforeAll(async () => {
  services = await serveAws([
    defineService<typeof timestream, string>(timestream, {
      signingNames: ['timestream'],
      protocol: 'awsJson1_0',
      targetPrefix: 'Timestream_20181101',
      validationError: 'ValidationException',
      handlers: { WriteRecords: note('WriteRecords', {}) },
    }),
    defineService<typeof location, string>(location, {
      signingNames: ['geo'],
      protocol: 'restJson1',
      validationError: 'ValidationException',
      handlers: { BatchUpdateDevicePosition: note('BatchUpdateDevicePosition', { Errors: [] }) },
    }),
    defineService<typeof siteWise, string>(siteWise, {
      signingNames: ['iotsitewise'],
      protocol: 'restJson1',
      validationError: 'ValidationException',
      handlers: { BatchPutAssetPropertyValue: note('BatchPutAssetPropertyValue', { errorEntries: [] }) },
    }),
    defineService<typeof iotEvents, string>(iotEvents, {
      signingNames: ['ioteventsdata'],
      protocol: 'restJson1',
      validationError: 'ValidationException',
      handlers: { BatchPutMessage: note('events', {}) },
    }),
    defineService<typeof iotAnalytics, string>(iotAnalytics, {
      signingNames: ['iotanalytics'],
      protocol: 'restJson1',
      validationError: 'ValidationException',
      handlers: { BatchPutMessage: note('analytics', {}) },
    }),
    defineService<typeof secretsManager, string>(secretsManager, {
      signingNames: ['secretsmanager'],
      protocol: 'awsJson1_1',
      targetPrefix: 'secretsmanager',
      validationError: 'ValidationException',
      handlers: {
        GetSecretValue: ({ SecretId }) => {
          reads += 1
          if (SecretId === 'plant') return { Name: 'plant', SecretString: '{"user":"ada","pin":12345678901234567890}' }
          if (SecretId === 'key') return { Name: 'key', SecretBinary: Buffer.from([0, 255]) }
          throw new AwsError('ResourceNotFoundException', 'Secrets Manager can’t find the specified secret.')
        },
      },
    }),
  ])
  for (const name of [
    'TIMESTREAM_WRITE',
    'LOCATION',
    'IOTSITEWISE',
    'IOT_EVENTS_DATA',
    'IOTANALYTICS',
    'SECRETS_MANAGER',
  ]) {
    vi.stubEnv(`AWS_ENDPOINT_URL_${name}`, services.url)
  }
  for (const [name, value] of Object.entries(ENVIRONMENT_KEYS)) vi.stubEnv(name, value)
  vi.stubEnv('AWS_SESSION_TOKEN', '')
  local = await startLocal()
  iot = new IoTClient(local.sdk)
  device = await connectDevice(local, await makeDevice(local), { clientId: 'pump-7' })
  await device.mqtt.subscribeAsync(['failed', 'out/#'], { qos: 1 })
})
afterAll(async () => {
  await device[Symbol.asyncDispose]()
  iot.destroy()
  await local[Symbol.asyncDispose]()
  await services[Symbol.asyncDispose]()
  vi.unstubAllEnvs()
})

const make = ruleMaker(() => iot)
const makeRule = (sql: string, action: Action, awsIotSqlVersion = SQL_VERSION) =>
  make(sql, [action], { errorAction: republish('failed'), awsIotSqlVersion })
const publish = (topic: string, payload: string | Buffer) => device.mqtt.publishAsync(topic, payload, { qos: 1 })
const failure = async (topic: string) => (await errorDocumentOf(topic, device)).failures[0]

test('Timestream: a record for each member, typed by its JSON, at the time that the rule says', async () => {
  const dimensions = [{ name: 'device', value: '${topic(2)}' }]
  const table = { databaseName: 'plant', tableName: 'readings', dimensions, roleArn: ANY_ROLE }
  await makeRule(
    "SELECT i, d, s, b, o, n FROM 'ts/+'",
    { timestream: { ...table, timestamp: { value: '${at}', unit: 'SECONDS' } } },
    '2015-10-08',
  )
  await publish(
    'ts/pump-7',
    '{"i":12345678901234567890,"d":10.0,"s":"true","b":true,"o":{"a":[1]},"n":null,"at":1700000000}',
  )
  const Dimensions = [{ Name: 'device', Value: 'pump-7' }]
  const when = { Dimensions, Time: '1700000000', TimeUnit: 'SECONDS' }
  expect(await calls.take()).toEqual({
    operation: 'WriteRecords',
    input: {
      DatabaseName: 'plant',
      TableName: 'readings',
      Records: [
        { MeasureName: 'i', MeasureValue: '12345678901234567890', MeasureValueType: 'BIGINT', ...when },
        { MeasureName: 'd', MeasureValue: '10.0', MeasureValueType: 'DOUBLE', ...when },
        { MeasureName: 's', MeasureValue: 'true', MeasureValueType: 'VARCHAR', ...when },
        { MeasureName: 'b', MeasureValue: 'true', MeasureValueType: 'BOOLEAN', ...when },
        { MeasureName: 'o', MeasureValue: '{"a":[1]}', MeasureValueType: 'VARCHAR', ...when },
      ],
    },
  })
  await makeRule("SELECT t FROM 'tsnow'", { timestream: table })
  await publish('tsnow', '{"t":1}')
  const { Time = '' } = ((await calls.take()).input as { Records: { Time?: string }[] }).Records[0] ?? {}
  expect(Math.abs(Number(Time) - Date.now())).toBeLessThan(60_000)
})

test('Timestream: what it refuses is told with its reasons; a time that is none is not sent', async () => {
  const table = {
    databaseName: 'plant',
    tableName: 'readings',
    dimensions: [{ name: 'd', value: 'x' }],
    roleArn: ANY_ROLE,
  }
  await makeRule("SELECT t FROM 'tsrefused'", {
    timestream: { ...table, timestamp: { value: '${at}', unit: '${unit}' } },
  })
  answers.push(
    new AwsError('RejectedRecordsException', 'One or more records have been rejected.', {
      RejectedRecords: [{ RecordIndex: 0, Reason: 'The record timestamp is outside the time range' }],
    }),
  )
  await publish('tsrefused', '{"t":1,"at":1,"unit":"NANOSECONDS"}')
  expect(await failure('tsrefused')).toEqual({
    failedAction: 'TimestreamAction',
    failedResource: 'readings',
    errorMessage: expect.stringMatching(
      /^Failed to write Timestream records\. The error received was One or more records have been rejected\. \(0: The record timestamp is outside the time range\) \(Service: Amazon Timestream; Status Code: 4\d\d; Error Code: RejectedRecordsException; Request ID: .*\)\. Message arrived on: tsrefused, Action: timestream, Database: plant, Table: readings$/,
    ),
  })
  await calls.take()
  for (const [payload, message] of [
    ['{"t":1,"at":"soon","unit":"SECONDS"}', 'timestamp.value must be a whole number, not soon.'],
    ['{"t":1,"at":1,"unit":"DAYS"}', /^timestamp\.unit must be one of SECONDS, .* not DAYS\.$/],
    ['{"at":1,"unit":"SECONDS"}', /^The result has 0 members that are not null/],
  ] as const) {
    await publish('tsrefused', payload)
    expect((await failure('tsrefused')).errorMessage).toMatch(message)
  }
})

test('Location: longitude first, at the time that the rule says', async () => {
  const position = { trackerName: 'trucks', deviceId: '${topic(2)}', latitude: '${lat}', longitude: '${long}' }
  await makeRule("SELECT * FROM 'loc/+'", {
    location: { ...position, timestamp: { value: '${at}', unit: 'MICROSECONDS' }, roleArn: ANY_ROLE },
  })
  await publish('loc/truck-1', '{"lat":48.1,"long":11.5,"at":1700000000123456}')
  expect(await calls.take()).toEqual({
    operation: 'BatchUpdateDevicePosition',
    input: {
      TrackerName: 'trucks',
      Updates: [{ DeviceId: 'truck-1', Position: [11.5, 48.1], SampleTime: new Date(1_700_000_000_123) }],
    },
  })
  const SampleTime = new Date(0)
  answers.push({
    Errors: [{ DeviceId: 'truck-1', SampleTime, Error: { Code: 'ValidationError', Message: 'too old' } }],
  })
  await publish('loc/truck-1', '{"lat":48.1,"long":11.5,"at":1}')
  expect(await failure('loc/truck-1')).toMatchObject({
    failedAction: 'LocationAction',
    failedResource: 'trucks',
    errorMessage: expect.stringContaining('1 of 1 positions were refused: ValidationError: too old'),
  })
  await calls.take()
  await publish('loc/truck-1', '{"lat":91,"long":11.5,"at":1}')
  expect((await failure('loc/truck-1')).errorMessage).toBe('latitude must be a number from -90 to 90, not 91.')
})

test('SiteWise: texts become what the property is; by alias, or by the ids of asset and property', async () => {
  const timestamp = { timeInSeconds: '${floor(at / 1000)}', offsetInNanos: '${(at % 1000) * 1000000}' }
  const [assetId, propertyId] = ['a1b2c3d4-5678-90ab-cdef-11111EXAMPLE', 'a1b2c3d4-5678-90ab-cdef-22222EXAMPLE']
  await makeRule("SELECT * FROM 'sw/+'", {
    iotSiteWise: {
      putAssetPropertyValueEntries: [
        {
          entryId: 'e-${topic(2)}',
          propertyAlias: '/plant/${topic(2)}/temperature',
          propertyValues: [
            { value: { doubleValue: '${t}' }, timestamp, quality: '${q}' },
            { value: { integerValue: '${n}' }, timestamp: { timeInSeconds: '1' } },
          ],
        },
        {
          assetId,
          propertyId,
          propertyValues: [
            { value: { booleanValue: '${on}' }, timestamp: { timeInSeconds: '1' } },
            { value: { stringValue: '${t}' }, timestamp: { timeInSeconds: '1' } },
          ],
        },
      ],
      roleArn: ANY_ROLE,
    },
  })
  await publish('sw/pump-7', '{"t":21.5,"n":-3,"on":true,"q":"UNCERTAIN","at":1700000000250}')
  expect(await calls.take()).toEqual({
    operation: 'BatchPutAssetPropertyValue',
    input: {
      entries: [
        {
          entryId: 'e-pump-7',
          propertyAlias: '/plant/pump-7/temperature',
          propertyValues: [
            {
              value: { doubleValue: 21.5 },
              timestamp: { timeInSeconds: 1_700_000_000, offsetInNanos: 250_000_000 },
              quality: 'UNCERTAIN',
            },
            { value: { integerValue: -3 }, timestamp: { timeInSeconds: 1 } },
          ],
        },
        {
          entryId: expect.stringMatching(/^[0-9a-f-]{36}$/),
          assetId,
          propertyId,
          propertyValues: [
            { value: { booleanValue: true }, timestamp: { timeInSeconds: 1 } },
            { value: { stringValue: '21.5' }, timestamp: { timeInSeconds: 1 } },
          ],
        },
      ],
    },
  })
  answers.push({
    errorEntries: [
      {
        entryId: 'e',
        errors: [{ errorCode: 'TimestampOutOfRangeException', errorMessage: 'too old', timestamps: [] }],
      },
    ],
  })
  await publish('sw/pump-7', '{"t":21.5,"n":-3,"on":true,"q":"GOOD","at":1}')
  const refused = await failure('sw/pump-7')
  expect(refused.failedAction).toBe('IotSiteWiseAction')
  expect(refused.errorMessage).toContain('1 of 2 entries were refused: entry e: TimestampOutOfRangeException: too old')
  await calls.take()
  for (const [payload, message] of [
    ['{"t":"warm","n":1,"on":true,"q":"GOOD","at":1}', 'doubleValue must be a number, not warm.'],
    ['{"t":1,"n":1.5,"on":true,"q":"GOOD","at":1}', 'integerValue must be a whole number of 32 bits, not 1.5.'],
    ['{"t":1,"n":1,"on":1,"q":"GOOD","at":1}', 'booleanValue must be true or false, not 1.'],
    ['{"t":1,"n":1,"on":true,"q":"FAIR","at":1}', 'quality must be one of GOOD, BAD, UNCERTAIN, not FAIR.'],
  ] as const) {
    await publish('sw/pump-7', payload)
    expect((await failure('sw/pump-7')).errorMessage).toBe(message)
  }
})

test('IoT Events and IoT Analytics: one message, or one for each element', async () => {
  await makeRule("SELECT * FROM 'ev'", { iotEvents: { inputName: 'readings', messageId: '${id}', roleArn: ANY_ROLE } })
  await makeRule("SELECT VALUE list FROM 'evs'", {
    iotEvents: { inputName: 'readings', batchMode: true, roleArn: ANY_ROLE },
  })
  await makeRule("SELECT VALUE list FROM 'an'", {
    iotAnalytics: { channelName: 'raw_${topic(1)}', batchMode: true, roleArn: ANY_ROLE },
  })
  await makeRule("SELECT * FROM 'an1'", {
    iotAnalytics: { channelArn: 'arn:aws:iotanalytics:us-east-1:123456789012:channel/old', roleArn: ANY_ROLE },
  })
  const sent = async () => {
    const { operation, input } = await calls.take()
    const { messages, ...more } = input as { messages: { messageId: string; payload: Uint8Array }[] }
    return {
      operation,
      ...more,
      messages: messages.map((each) => ({ ...each, payload: Buffer.from(each.payload).toString() })),
    }
  }
  const messageId = expect.stringMatching(/^[0-9a-f-]{36}$/)
  await publish('ev', '{"id":"m-1","t":1}')
  expect(await sent()).toEqual({
    operation: 'events',
    messages: [{ messageId: 'm-1', inputName: 'readings', payload: '{"id":"m-1","t":1}' }],
  })
  await publish('evs', '{"list":[{"t":1},{"t":2.50}]}')
  expect(await sent()).toEqual({
    operation: 'events',
    messages: ['{"t":1}', '{"t":2.5}'].map((payload) => ({ messageId, inputName: 'readings', payload })),
  })
  await publish('an', '{"list":[1,2]}')
  expect(await sent()).toEqual({
    operation: 'analytics',
    channelName: 'raw_an',
    messages: ['1', '2'].map((payload) => ({ messageId, payload })),
  })
  await publish('an1', '{"t":1}')
  expect(await sent()).toMatchObject({ channelName: 'old', messages: [{ payload: '{"t":1}' }] })
  await publish('evs', JSON.stringify({ list: Array.from({ length: 11 }, (_, index) => index) }))
  expect((await failure('evs')).errorMessage).toBe('A batch has at most 10 elements, not 11.')
  answers.push({
    BatchPutMessageErrorEntries: [{ messageId: 'm', errorCode: 'ResourceNotFoundException', errorMessage: 'no input' }],
  })
  await publish('ev', '{"id":"m-2"}')
  expect((await failure('ev')).errorMessage).toContain(
    'Failed to send message to Iot Events. The error received was 1 of 1 messages were refused: ResourceNotFoundException: no input',
  )
  await calls.take()
})

test('get_secret() is what Secrets Manager has, asked once in a quarter of an hour', async () => {
  const before = reads
  const get = (id: string, type: string, key = '') =>
    `get_secret('${id}', '${type}'${key && `, '${key}'`}, '${ANY_ROLE}')`
  await make(
    `SELECT ${get('plant', 'SecretString')} AS all, ${get('plant', 'SecretString', 'user')} AS user, ${get('key', 'SecretBinary')} AS bytes FROM 'secret'`,
    [republish('out/secret')],
  )
  for (let count = 0; count < 3; count += 1) {
    await publish('secret', '{}')
    expect((await device.inbox.take(({ topic }) => topic === 'out/secret')).text).toBe(
      '{"all":{"user":"ada","pin":12345678901234567890},"user":"ada","bytes":"AP8="}',
    )
  }
  expect(reads - before).toBe(2)
  // A secret that is not there ends the rule; the next message asks again.
  await make(`SELECT ${get('nothing', 'SecretString')} AS s FROM 'nosecret'`, [republish('out/never')])
  await publish('nosecret', '{}')
  await until(async () => reads - before === 3 || undefined)
  await publish('nosecret', '{}')
  await until(async () => reads - before === 4 || undefined)
  await publish('out/end', 'end')
  expect((await device.inbox.take()).topic).toBe('out/end')
})
