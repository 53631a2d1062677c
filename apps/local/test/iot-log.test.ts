import {
  DeleteConnectionCommand,
  GetConnectionCommand,
  GetRetainedMessageCommand,
  IoTDataPlaneClient,
  ListRetainedMessagesCommand,
  ListSubscriptionsCommand,
  PublishCommand,
  SendDirectMessageCommand,
} from '@aws-sdk/client-iot-data-plane'
import type { MqttClient } from 'mqtt'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Local, startLocal } from '../src/index.ts'
import { type DeviceIdentity, makeDevice, policyOf } from './support/device.ts'
import { type Entry, entries, turnOn } from './support/iot-log.ts'
import { metricSums } from './support/metric-sums.ts'
import { connectDevice, connectWebSocket, startDevice, type TestClient } from './support/mqtt-client.ts'

// Entries: AWS IoT Core developer guide, "CloudWatch Logs AWS IoT log entries".

let local: Local
let data: IoTDataPlaneClient
let device: DeviceIdentity

beforeAll(async () => {
  local = await startLocal()
  data = new IoTDataPlaneClient({ ...local.sdk, maxAttempts: 1 })
})
beforeEach(async () => {
  local.reset()
  device = await makeDevice(local)
  await turnOn(local, 'INFO')
})
afterAll(async () => {
  data.destroy()
  await local.close()
})

const of = (eventType: string, clientId?: string) =>
  entries(local, `{ $.eventType = "${eventType}"${clientId === undefined ? '' : ` && $.clientId = "${clientId}"`} }`)

/** Entries are there once what they tell of is over, which clients do not hear of in each case. */
async function eventually(eventType: string, clientId?: string, count = 1): Promise<Entry[]> {
  let found: Entry[] = []
  await expect
    .poll(async () => {
      found = await of(eventType, clientId)
      return found.length
    })
    .toBeGreaterThanOrEqual(count)
  return found
}

const common = (logLevel: string, status: string, eventType: string) => ({
  timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}$/),
  logLevel,
  traceId: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
  accountId: '123456789012',
  status,
  eventType,
})

const party = (clientId: string, principalId = device.certificateId) => ({
  clientId,
  principalId,
  sourceIp: expect.stringMatching(/^(127\.0\.0\.1|::1)$/),
  sourcePort: expect.any(Number),
})

const REFUSED = { reason: 'AUTHORIZATION_FAILURE', details: 'Authorization Failure' }

const closed = (mqtt: MqttClient) => new Promise<void>((resolve) => mqtt.once('close', () => resolve()))

describe('connections', () => {
  test('that begin and end, with the members in the order of AWS', async () => {
    await using client = await connectDevice(local, device, { clientId: 'pump-17' })
    await client.mqtt.endAsync()
    const [connected] = await eventually('Connect', 'pump-17')
    expect(connected).toEqual({ ...common('INFO', 'Success', 'Connect'), protocol: 'MQTT', ...party('pump-17') })
    const head = ['timestamp', 'logLevel', 'traceId', 'accountId', 'status', 'eventType', 'protocol', 'clientId']
    expect(Object.keys(connected ?? {})).toEqual([...head, 'principalId', 'sourceIp', 'sourcePort'])
    expect(await eventually('Disconnect', 'pump-17')).toEqual([
      {
        ...common('INFO', 'Success', 'Disconnect'),
        protocol: 'MQTT',
        ...party('pump-17'),
        disconnectReason: 'CLIENT_INITIATED_DISCONNECT',
      },
    ])
  })

  test('that are refused by a policy', async () => {
    const stranger = await makeDevice(local, { policy: policyOf(['Allow', 'iot:Connect', 'client/other']) })
    await expect(connectDevice(local, stranger, { clientId: 'pump-17' })).rejects.toThrow()
    expect(await eventually('Connect', 'pump-17')).toEqual([
      {
        ...common('ERROR', 'Failure', 'Connect'),
        protocol: 'MQTT',
        ...party('pump-17', stranger.certificateId),
        ...REFUSED,
      },
    ])
    // What the list of refusals knows is the same one.
    const [refusal] = local.refusals()
    expect((await of('Connect', 'pump-17'))[0]).toMatchObject({ traceId: refusal?.traceId })
  })

  test('that are refused for what their CONNECT holds', async () => {
    await expect(connectDevice(local, device, { clientId: '$pump' })).rejects.toThrow()
    expect(await eventually('Connect', '$pump')).toMatchObject([
      { status: 'Failure', reason: 'CLIENT_ERROR', details: 'The client id starts with $' },
    ])
  })

  test('that another one takes over', async () => {
    await using first = await connectDevice(local, device, { clientId: 'twin' })
    const end = closed(first.mqtt)
    await using _second = await connectDevice(local, device, { clientId: 'twin' })
    await end
    expect(await eventually('Disconnect', 'twin')).toEqual([
      {
        ...common('ERROR', 'Failure', 'Disconnect'),
        protocol: 'MQTT',
        ...party('twin'),
        reason: 'DUPLICATE_CLIENT_ID',
        details: 'A new connection was established with the same client ID',
        disconnectReason: 'DUPLICATE_CLIENTID',
      },
    ])
  })

  test('that send more than AWS takes', async () => {
    await using client = await connectDevice(local, device, { clientId: 'big' })
    const end = closed(client.mqtt)
    client.mqtt.publish('a', Buffer.alloc(140_000))
    await end
    expect(await eventually('Disconnect', 'big')).toMatchObject([
      { status: 'Failure', reason: 'PAYLOAD_LIMIT_EXCEEDED', disconnectReason: 'CLIENT_ERROR' },
    ])
    expect(await of('Publish-In', 'big')).toMatchObject([{ status: 'Failure', reason: 'CLIENT_ERROR' }])
  })

  test('over WebSocket', async () => {
    await using client = await connectWebSocket(local, { clientId: 'browser' })
    await client.mqtt.subscribeAsync('a')
    expect(await eventually('Connect', 'browser')).toMatchObject([
      { status: 'Success', protocol: 'MQTT', principalId: expect.any(String) },
    ])
    expect(await of('Subscribe', 'browser')).toMatchObject([{ status: 'Success', topicName: 'a' }])
  })
})

describe('messages', () => {
  let publisher: TestClient
  let subscriber: TestClient

  beforeEach(async () => {
    publisher = await connectDevice(local, device, { clientId: 'publisher' })
    subscriber = await connectDevice(local, device, { clientId: 'subscriber' })
    return async () => {
      await publisher[Symbol.asyncDispose]()
      await subscriber[Symbol.asyncDispose]()
    }
  })

  test('have one trace id from the publisher to each of their subscribers, in this order', async () => {
    await subscriber.mqtt.subscribeAsync('plant/+/temp', { qos: 1 })
    await publisher.mqtt.subscribeAsync('plant/7/temp')
    await publisher.mqtt.publishAsync('plant/7/temp', '21', { qos: 1 })
    await subscriber.inbox.take()
    await publisher.inbox.take()
    const found = await entries(local, '{ $.topicName = "plant/7/temp" && $.eventType = "Publish*" }')
    expect(found[0]).toMatchObject({ eventType: 'Publish-In' }) // subscribers come in no order
    const byReceiver = found.slice(1).toSorted((a, b) => (String(a.clientId) < String(b.clientId) ? 1 : -1))
    expect([found[0], ...byReceiver]).toEqual([
      {
        ...common('INFO', 'Success', 'Publish-In'),
        protocol: 'MQTT',
        topicName: 'plant/7/temp',
        ...party('publisher'),
      },
      {
        ...common('INFO', 'Success', 'Publish-Out'),
        protocol: 'MQTT',
        topicName: 'plant/7/temp',
        ...party('subscriber'),
      },
      {
        ...common('INFO', 'Success', 'Publish-Out'),
        protocol: 'MQTT',
        topicName: 'plant/7/temp',
        ...party('publisher'),
      },
    ])
    expect(new Set(found.map(({ traceId }) => traceId)).size).toBe(1)
    const head = ['timestamp', 'logLevel', 'traceId', 'accountId', 'status', 'eventType', 'protocol', 'topicName']
    expect(Object.keys(found[0] ?? {})).toEqual([...head, 'clientId', 'principalId', 'sourceIp', 'sourcePort'])
  })

  test('that are retained say so, and keep their trace id for those who come later', async () => {
    await publisher.mqtt.publishAsync('state', 'on', { qos: 1, retain: true })
    await subscriber.mqtt.subscribeAsync('state', { qos: 1 })
    await subscriber.inbox.take()
    const [taken] = await eventually('Publish-In', 'publisher')
    expect(taken).toMatchObject({ retain: 'True', topicName: 'state' })
    expect(await eventually('Publish-Out', 'subscriber')).toMatchObject([{ traceId: taken?.traceId }])
  })

  test('of those who may not publish, or on what nobody may', async () => {
    const mute = await makeDevice(local, { policy: policyOf(['Allow', 'iot:Connect', '*']) })
    await using client = await connectDevice(local, mute, { clientId: 'mute' })
    await expect(client.mqtt.publishAsync('a/b', 'x', { qos: 1 })).rejects.toThrow()
    const [refusal] = local.refusals()
    expect(await eventually('Publish-In', 'mute')).toEqual([
      {
        ...common('ERROR', 'Failure', 'Publish-In'),
        protocol: 'MQTT',
        topicName: 'a/b',
        ...party('mute', mute.certificateId),
        ...REFUSED,
        traceId: refusal?.traceId,
      },
    ])
    await expect(publisher.mqtt.publishAsync('$aws/events/thing/a/created', 'x', { qos: 1 })).rejects.toThrow()
    expect(await eventually('Publish-In', 'publisher')).toMatchObject([
      { status: 'Failure', topicName: '$aws/events/thing/a/created', ...REFUSED },
    ])
  })

  test('that a subscriber may not receive', async () => {
    const policy = policyOf(['Allow', 'iot:Connect iot:Subscribe', '*'])
    const deaf = await makeDevice(local, { policy })
    await using client = await connectDevice(local, deaf, { clientId: 'deaf' })
    await client.mqtt.subscribeAsync('a/#')
    await publisher.mqtt.publishAsync('a/b', 'x', { qos: 1 })
    const [taken] = await eventually('Publish-In', 'publisher')
    expect(await eventually('Publish-Out', 'deaf')).toEqual([
      {
        ...common('ERROR', 'Failure', 'Publish-Out'),
        protocol: 'MQTT',
        topicName: 'a/b',
        ...party('deaf', deaf.certificateId),
        ...REFUSED,
        traceId: taken?.traceId,
      },
    ])
  })

  test('that wait for a client that is away keep their trace id until it is back', async () => {
    const session = { clientId: 'sleeper', clean: false, properties: { sessionExpiryInterval: 600 } }
    const sleeper = await connectDevice(local, device, session)
    await sleeper.mqtt.subscribeAsync('wake', { qos: 1 })
    await sleeper.mqtt.endAsync()
    await eventually('Disconnect', 'sleeper')
    await publisher.mqtt.publishAsync('wake', 'up', { qos: 1 })
    const [queued] = await eventually('Queued', 'sleeper')
    expect(queued).toEqual({
      ...common('INFO', 'Success', 'Queued'),
      protocol: 'MQTT',
      topicName: 'wake',
      clientId: 'sleeper',
      qos: '1',
    })
    await using back = await connectDevice(local, device, session)
    await back.inbox.take()
    expect(await eventually('Publish-Out', 'sleeper')).toMatchObject([{ traceId: queued?.traceId, status: 'Success' }])
    expect(await of('Publish-In', 'publisher')).toMatchObject([{ traceId: queued?.traceId }])
  })

  test('that ask a shadow have one trace id with its answers', async () => {
    await subscriber.mqtt.subscribeAsync('$aws/things/lamp/shadow/update/+', { qos: 1 })
    await publisher.mqtt.publishAsync('$aws/things/lamp/shadow/update', '{"state":{"desired":{"on":true}}}', { qos: 1 })
    await subscriber.json('$aws/things/lamp/shadow/update/accepted')
    const [taken] = await eventually('Publish-In', 'publisher')
    const answers = await eventually('Publish-Out', 'subscriber', 3)
    expect(answers.map(({ topicName }) => String(topicName).split('/').at(-1))).toContain('accepted')
    expect(new Set(answers.map(({ traceId }) => traceId))).toEqual(new Set([taken?.traceId]))
  })

  test('over HTTP have the request id for their trace id', async () => {
    await subscriber.mqtt.subscribeAsync('from/http')
    const { $metadata } = await data.send(new PublishCommand({ topic: 'from/http', payload: Buffer.from('x') }))
    await subscriber.inbox.take()
    const traceId = $metadata.requestId
    expect(await entries(local, '{ $.eventType = "Publish-In" && $.protocol = "HTTP" }')).toEqual([
      {
        ...common('INFO', 'Success', 'Publish-In'),
        traceId,
        protocol: 'HTTP',
        topicName: 'from/http',
        principalId: expect.any(String),
        sourceIp: expect.any(String),
        sourcePort: expect.any(Number),
      },
    ])
    expect(await eventually('Publish-Out', 'subscriber')).toMatchObject([{ traceId }])
    await expect(data.send(new PublishCommand({ topic: '$aws/events/x' }))).rejects.toThrow()
    expect(await entries(local, '{ $.eventType = "Publish-In" && $.status = "Failure" }')).toMatchObject([
      { protocol: 'HTTP', topicName: '$aws/events/x', ...REFUSED },
    ])
  })

  test('beyond the rate of a connection', async () => {
    await using fast = await startLocal({ limits: { inboundPublishesPerSecond: 2 } })
    const eager = await makeDevice(fast)
    await turnOn(fast, 'INFO')
    await using client = await connectDevice(fast, eager, { clientId: 'eager' })
    const results = await Promise.allSettled(
      Array.from({ length: 5 }, () => client.mqtt.publishAsync('a', 'x', { qos: 1 })),
    )
    const refused = results.filter(({ status }) => status === 'rejected').length
    expect(refused).toBeGreaterThan(0)
    const failures = await entries(fast, '{ $.eventType = "Publish-In" && $.status = "Failure" }')
    expect(failures).toHaveLength(refused)
    expect(failures[0]).toMatchObject({ reason: 'THROTTLED', details: 'Too many publishes', clientId: 'eager' })
  })
})

describe('subscriptions', () => {
  test('of MQTT 5 tell of each filter', async () => {
    const policy = policyOf(['Allow', 'iot:Connect', '*'], ['Allow', 'iot:Subscribe', 'topicfilter/mine/*'])
    const limited = await makeDevice(local, { policy })
    await using client = await connectDevice(local, limited, { clientId: 'limited' })
    await expect(client.mqtt.subscribeAsync(['mine/a', 'theirs/b'], { qos: 1 })).rejects.toThrow()
    expect(await eventually('Subscribe', 'limited')).toEqual([
      {
        ...common('INFO', 'Success', 'Subscribe'),
        protocol: 'MQTT',
        topicName: 'mine/a,theirs/b',
        subscriptions: [
          { topicName: 'mine/a', reasonCode: 1 },
          { topicName: 'theirs/b', reasonCode: 135 },
        ],
        ...party('limited', limited.certificateId),
      },
    ])
    await client.mqtt.unsubscribeAsync('mine/a')
    expect(await eventually('Unsubscribe', 'limited')).toEqual([
      { ...common('INFO', 'Success', 'Unsubscribe'), protocol: 'MQTT', ...party('limited', limited.certificateId) },
    ])
  })

  test('of MQTT 3.1.1 that are refused end the connection', async () => {
    const limited = await makeDevice(local, { policy: policyOf(['Allow', 'iot:Connect', '*']) })
    await using client = await connectDevice(local, limited, { clientId: 'old', protocolVersion: 4 })
    const end = closed(client.mqtt)
    client.mqtt.subscribe('a')
    await end
    expect(await eventually('Disconnect', 'old')).toMatchObject([
      { status: 'Failure', reason: 'AUTH_ERROR', disconnectReason: 'AUTH_ERROR' },
    ])
    expect(await of('Subscribe', 'old')).toMatchObject([{ status: 'Failure', topicName: 'a', ...REFUSED }])
  })
})

describe('operations over HTTP', () => {
  const caller = { principalId: expect.any(String), sourceIp: expect.any(String), sourcePort: expect.any(Number) }

  test('on connections', async () => {
    await using client = await connectDevice(local, device, { clientId: 'pump' })
    await client.mqtt.subscribeAsync('a', { qos: 1 })
    const got = await data.send(new GetConnectionCommand({ clientId: 'pump' }))
    await data.send(new ListSubscriptionsCommand({ clientId: 'pump', maxResults: 5 }))
    await data.send(new DeleteConnectionCommand({ clientId: 'pump' }))
    await expect(data.send(new GetConnectionCommand({ clientId: 'nobody' }))).rejects.toThrow()
    expect(await of('GetConnection', 'pump')).toEqual([
      {
        ...common('INFO', 'Success', 'GetConnection'),
        traceId: got.$metadata.requestId,
        protocol: 'HTTP',
        clientId: 'pump',
        ...caller,
      },
    ])
    expect(await of('ListSubscriptions')).toMatchObject([{ protocol: 'HTTP', clientId: 'pump', maxResults: 5 }])
    expect(await of('DeleteConnection')).toMatchObject([{ protocol: 'HTTP', clientId: 'pump', ...caller }])
    expect(await of('GetConnection', 'nobody')).toMatchObject([{ status: 'Failure', reason: 'RESOURCE_NOT_FOUND' }])
    expect(await eventually('Disconnect', 'pump')).toMatchObject([
      { status: 'Success', disconnectReason: 'API_INITIATED_DISCONNECT' },
    ])
  })

  test('that send directly', async () => {
    await using client = await connectDevice(local, device, { clientId: 'pump' })
    const payload = Buffer.from('x')
    const confirmed = { clientId: 'pump', topic: 'direct', payload, confirmation: true, timeout: 3 }
    const sent = await data.send(new SendDirectMessageCommand(confirmed))
    await client.inbox.take()
    expect(await of('SendDirectMessage', 'pump')).toEqual([
      {
        ...common('INFO', 'Success', 'SendDirectMessage'),
        traceId: sent.traceId,
        protocol: 'HTTP',
        topicName: 'direct',
        clientId: 'pump',
        ...caller,
        confirmation: true,
        timeout: 3,
      },
    ])
    await expect(data.send(new SendDirectMessageCommand({ ...confirmed, clientId: 'none' }))).rejects.toThrow()
    expect(await of('SendDirectMessage', 'none')).toMatchObject([{ reason: 'TARGET_CLIENT_ID_NOT_FOUND' }])
    await expect(data.send(new SendDirectMessageCommand({ ...confirmed, topic: 'a/#' }))).rejects.toThrow()
    expect(await entries(local, '{ $.reason = "INVALID_TOPIC" }')).toHaveLength(1)
  })

  test('on retained messages', async () => {
    await data.send(new PublishCommand({ topic: 'kept', payload: Buffer.from('x'), qos: 1, retain: true }))
    await data.send(new GetRetainedMessageCommand({ topic: 'kept' }))
    await data.send(new ListRetainedMessagesCommand({}))
    expect(await of('GetRetainedMessage')).toEqual([
      {
        ...common('INFO', 'Success', 'GetRetainedMessage'),
        protocol: 'HTTP',
        topicName: 'kept',
        qos: '1',
        lastModifiedDate: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}$/),
      },
    ])
    expect(await of('ListRetainedMessage')).toEqual([
      { ...common('INFO', 'Success', 'ListRetainedMessage'), protocol: 'HTTP' },
    ])
  })
})

test('a client that is gone before it was let in leaves nothing', async () => {
  const stranger = startDevice(local, device, { clientId: 'hasty' })
  stranger.stream.destroy()
  stranger.end(true)
  await using client = await connectDevice(local, device, { clientId: 'after' })
  await client.mqtt.endAsync()
  await eventually('Disconnect', 'after')
  expect(await of('Connect', 'hasty')).toEqual([])
})

test('more entries than may be made are counted as lost, and the messages arrive', async () => {
  await using busy = await startLocal({ logEntriesPerSecond: 1 })
  const eager = await makeDevice(busy)
  await turnOn(busy, 'INFO')
  await using client = await connectDevice(busy, eager, { clientId: 'eager' })
  await client.mqtt.subscribeAsync('a', { qos: 1 })
  const published = Array.from({ length: 40 }, () => client.mqtt.publishAsync('a', 'x', { qos: 1 }))
  await Promise.all(published)
  for (const _ of published) await client.inbox.take()
  await client.mqtt.unsubscribeAsync('a')
  const kept = (await entries(busy)).length
  const { NumLogEventsFailedToPublishThrottled: lost = 0 } = await metricSums(busy)
  expect(lost).toBeGreaterThan(0)
  expect(kept + lost).toBe(1 + 1 + 2 * published.length + 1)
})
