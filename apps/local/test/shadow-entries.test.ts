import { GetThingShadowCommand, IoTDataPlaneClient, UpdateThingShadowCommand } from '@aws-sdk/client-iot-data-plane'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Local, startLocal } from '../src/index.ts'
import { makeDevice } from './support/device.ts'
import { entries, turnOn } from './support/iot-log.ts'
import { connectDevice } from './support/mqtt-client.ts'

// Entries: AWS IoT Core developer guide, "Device Shadow log entries".

let local: Local
let data: IoTDataPlaneClient

beforeAll(async () => {
  local = await startLocal()
  data = new IoTDataPlaneClient({ ...local.sdk, maxAttempts: 1 })
})
beforeEach(async () => {
  local.reset()
  await turnOn(local, 'INFO')
})
afterAll(async () => {
  data.destroy()
  await local.close()
})

const ofShadows = () => entries(local, '{ $.eventType = "*ThingShadow" }')

test('over MQTT each operation is told with the trace id of the message that asked for it', async () => {
  const device = await makeDevice(local)
  await using client = await connectDevice(local, device, { clientId: 'pump' })
  await client.mqtt.subscribeAsync('$aws/things/pump/shadow/#')
  const ask = async (operation: string, payload: string, answer: string) => {
    await client.mqtt.publishAsync(`$aws/things/pump/shadow/${operation}`, payload, { qos: 1 })
    await client.json(`$aws/things/pump/shadow/${operation}/${answer}`)
  }
  await ask('update', '{"state":{"reported":{"rpm":1}}}', 'accepted')
  await ask('name/alarm/get', '', 'rejected')
  await ask('update', '{"state":7}', 'rejected')
  const told = await ofShadows()
  expect(told).toEqual([
    {
      timestamp: expect.any(String),
      logLevel: 'INFO',
      traceId: expect.any(String),
      accountId: '123456789012',
      status: 'Success',
      eventType: 'UpdateThingShadow',
      protocol: 'MQTT',
      deviceShadowName: 'pump',
      topicName: '$aws/things/pump/shadow/update',
    },
    expect.objectContaining({
      logLevel: 'ERROR',
      status: 'Failure',
      eventType: 'GetThingShadow',
      deviceShadowName: 'pump~alarm',
      topicName: '$aws/things/pump/shadow/name/alarm/get',
      reason: 'RESOURCE_NOT_FOUND',
      details: "No shadow exists with name: 'pump~alarm'",
    }),
    expect.objectContaining({
      status: 'Failure',
      eventType: 'UpdateThingShadow',
      reason: 'INVALID_REQUEST',
      details: 'State node must be an object',
    }),
  ])
  const asked = await entries(local, '{ $.eventType = "Publish-In" }')
  expect(told.map(({ traceId }) => traceId)).toEqual(asked.map(({ traceId }) => traceId))
})

test('over HTTP it is told with the request id, refusals by policies as well', async () => {
  const shadow = { thingName: 'pump', shadowName: 'alarm' }
  const { $metadata: updated } = await data.send(
    new UpdateThingShadowCommand({ ...shadow, payload: Buffer.from('{"state":{"desired":{"on":true}}}') }),
  )
  await expect(data.send(new GetThingShadowCommand({ thingName: 'pump' }))).rejects.toThrow()
  expect(await ofShadows()).toMatchObject([
    {
      logLevel: 'INFO',
      traceId: updated.requestId,
      eventType: 'UpdateThingShadow',
      protocol: 'HTTP',
      deviceShadowName: 'pump~alarm',
      topicName: '$aws/things/pump/shadow/name/alarm/update',
    },
    { logLevel: 'ERROR', eventType: 'GetThingShadow', protocol: 'HTTP', reason: 'RESOURCE_NOT_FOUND' },
  ])
})

test('at ERROR failures alone are told', async () => {
  await turnOn(local, 'ERROR')
  const device = await makeDevice(local)
  await using client = await connectDevice(local, device, { clientId: 'pump' })
  await client.mqtt.subscribeAsync('$aws/things/pump/shadow/#')
  await client.mqtt.publishAsync('$aws/things/pump/shadow/update', '{"state":{"reported":{"a":1}}}', { qos: 1 })
  await client.json('$aws/things/pump/shadow/update/accepted')
  await client.mqtt.publishAsync('$aws/things/pump/shadow/delete', '', { qos: 1 })
  await client.json('$aws/things/pump/shadow/delete/accepted')
  await client.mqtt.publishAsync('$aws/things/pump/shadow/delete', '', { qos: 1 })
  await client.json('$aws/things/pump/shadow/delete/rejected')
  expect(await ofShadows()).toMatchObject([{ eventType: 'DeleteThingShadow', status: 'Failure' }])
})
