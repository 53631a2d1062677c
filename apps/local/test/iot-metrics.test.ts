import {
  DeleteThingShadowCommand,
  GetThingShadowCommand,
  IoTDataPlaneClient,
  ListNamedShadowsForThingCommand,
  PublishCommand,
  UpdateThingShadowCommand,
} from '@aws-sdk/client-iot-data-plane'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Local, startLocal } from '../src/index.ts'
import { type DeviceIdentity, makeDevice, policyOf } from './support/device.ts'
import { metricSums } from './support/metric-sums.ts'
import { connectDevice } from './support/mqtt-client.ts'

// AWS IoT Core developer guide, "AWS IoT metrics and dimensions".

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
})
afterAll(async () => {
  data.destroy()
  await local.close()
})

/** Some are counted after the client has its answer. */
const counted = (expected: Record<string, number>) => expect.poll(() => metricSums(local)).toEqual(expected)

test('nothing is counted before anything happens', async () => {
  expect(await metricSums(local)).toEqual({})
})

test('connections, subscriptions and messages, by what became of them', async () => {
  const allowed = policyOf(
    ['Allow', 'iot:Connect', 'client/*'],
    ['Allow', 'iot:Publish iot:RetainPublish iot:Receive', 'topic/dt/*'],
    ['Allow', 'iot:Subscribe', 'topicfilter/dt/*'],
  )
  const limited = await makeDevice(local, { policy: allowed })
  const stranger = await makeDevice(local, { policy: policyOf(['Allow', 'iot:Connect', 'client/other']) })
  await expect(connectDevice(local, stranger, { clientId: 'pump-9' })).rejects.toThrow()

  const sleeper = await connectDevice(local, limited, {
    clientId: 'sleeper',
    clean: false,
    properties: { sessionExpiryInterval: 600 },
  })
  await sleeper.mqtt.subscribeAsync('dt/#', { qos: 1 })
  await sleeper.mqtt.endAsync()

  await using reader = await connectDevice(local, limited, { clientId: 'reader' })
  await reader.mqtt.subscribeAsync('dt/+', { qos: 1 })
  await reader.mqtt.subscribeAsync('cmd/+').catch(() => undefined)
  await using writer = await connectDevice(local, limited, { clientId: 'writer' })
  for (let index = 0; index < 10; index += 1) await writer.mqtt.publishAsync('dt/a', `${index}`, { qos: 1 })
  await writer.mqtt.publishAsync('dt/b', 'kept', { qos: 1, retain: true })
  await data.send(new PublishCommand({ topic: 'dt/c', payload: Buffer.from('x'), qos: 1 }))
  await reader.inbox.take(({ topic }) => topic === 'dt/c')
  await reader.mqtt.unsubscribeAsync('dt/+')
  await writer.mqtt.publishAsync('cmd/a', 'no', { qos: 1 }).catch(() => undefined)
  await counted({
    'Connect.AuthError MQTT': 1,
    'Connect.Success MQTT': 3,
    'Subscribe.Success MQTT': 2,
    'Subscribe.AuthError MQTT': 1,
    'Unsubscribe.Success MQTT': 1,
    'PublishIn.Success MQTT': 11,
    'PublishIn.Success HTTP': 1,
    'PublishIn.AuthError MQTT': 1,
    'PublishRetained.Success MQTT': 1,
    'PublishOut.Success MQTT': 12,
    'Queued.Success MQTT': 12,
  })
})

test('shadow requests that were accepted over MQTT', async () => {
  const client = await connectDevice(local, device, { clientId: 'pump-7' })
  const topic = '$aws/things/pump-7/shadow'
  await client.mqtt.subscribeAsync(`${topic}/+/+`, { qos: 1 })
  const ask = async (operation: string, payload: string, answer: string) => {
    await client.mqtt.publishAsync(`${topic}/${operation}`, payload, { qos: 1 })
    await client.inbox.take((message) => message.topic === `${topic}/${operation}/${answer}`)
  }
  await ask('get', '', 'rejected')
  await ask('update', '{"state":{"reported":{"on":true}}}', 'accepted')
  await ask('update', '{"state":{"reported":{"on":false}}}', 'accepted')
  await ask('update', '{', 'rejected')
  await ask('get', '', 'accepted')
  await ask('delete', '', 'accepted')
  await client.mqtt.endAsync()
  const { 'PublishOut.Success MQTT': _, ...sums } = await metricSums(local)
  expect(sums).toEqual({
    'Connect.Success MQTT': 1,
    'Subscribe.Success MQTT': 1,
    'PublishIn.Success MQTT': 6,
    'UpdateThingShadow.Accepted MQTT': 2,
    'GetThingShadow.Accepted MQTT': 1,
    'DeleteThingShadow.Accepted MQTT': 1,
  })
})

test('shadow requests that were accepted over HTTP', async () => {
  const thingName = 'pump-7'
  const payload = Buffer.from('{"state":{"desired":{"on":true}}}')
  await data.send(new UpdateThingShadowCommand({ thingName, payload }))
  await data.send(new UpdateThingShadowCommand({ thingName, payload }))
  await data.send(new GetThingShadowCommand({ thingName }))
  await data.send(new ListNamedShadowsForThingCommand({ thingName }))
  await data.send(new DeleteThingShadowCommand({ thingName }))
  await expect(data.send(new GetThingShadowCommand({ thingName }))).rejects.toThrow()
  await counted({
    'UpdateThingShadow.Accepted HTTP': 2,
    'GetThingShadow.Accepted HTTP': 1,
    'ListThingShadow.Accepted HTTP': 1,
    'DeleteThingShadow.Accepted HTTP': 1,
  })
})

test('what was counted is gone after a reset', async () => {
  await using _client = await connectDevice(local, device, { clientId: 'pump-7' })
  await counted({ 'Connect.Success MQTT': 1 })
  local.reset()
  await counted({})
})
