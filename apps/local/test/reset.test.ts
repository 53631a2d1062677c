import {
  CreateJobCommand,
  CreateThingCommand,
  DescribeJobCommand,
  IoTClient,
  ListThingsCommand,
} from '@aws-sdk/client-iot'
import { IoTDataPlaneClient, ListRetainedMessagesCommand, PublishCommand } from '@aws-sdk/client-iot-data-plane'
import { expect, test } from 'vitest'
import { startLocal } from '../src/index.ts'
import { makeDevice } from './support/device.ts'
import { connectDevice } from './support/mqtt-client.ts'
import { signIn } from './support/sign-in.ts'

test('reset empties the account, drops connections and forgets sessions; the root CA stays', async () => {
  await using local = await startLocal()
  const iot = new IoTClient(local.sdk)
  const data = new IoTDataPlaneClient(local.sdk)
  const options = { clientId: 'kept', clean: false, properties: { sessionExpiryInterval: 600 } }
  const first = await connectDevice(local, await makeDevice(local), options)
  await first.mqtt.subscribeAsync('a', { qos: 1 })
  await iot.send(new CreateThingCommand({ thingName: 'gone' }))
  await data.send(new PublishCommand({ topic: 'r', payload: Buffer.from('x'), retain: true }))
  const { rootCa } = local

  const closed = new Promise((resolve) => first.mqtt.once('close', () => resolve(undefined)))
  local.reset()
  await closed
  expect(local.rootCa).toBe(rootCa)
  expect((await iot.send(new ListThingsCommand({}))).things).toEqual([])
  expect((await data.send(new ListRetainedMessagesCommand({}))).retainedTopics).toEqual([])

  // The same policy name is free again, and the session is a new one.
  await using again = await connectDevice(local, await makeDevice(local), options)
  const received = new Promise((resolve) => again.mqtt.once('message', resolve))
  await data.send(new PublishCommand({ topic: 'a', qos: 1 }))
  await again.mqtt.subscribeAsync('b', { qos: 1 })
  await data.send(new PublishCommand({ topic: 'b', qos: 1 }))
  expect(await received).toBe('b')

  // What the database does by itself it does again: it counts executions.
  const { thingArn = '' } = await iot.send(new CreateThingCommand({ thingName: 'new' }))
  await iot.send(new CreateJobCommand({ jobId: 'update', targets: [thingArn], document: '{}' }))
  await expect
    .poll(async () => (await iot.send(new DescribeJobCommand({ jobId: 'update' }))).job?.jobProcessDetails)
    .toMatchObject({ numberOfQueuedThings: 1 })

  // What is there from the beginning is there again.
  expect((await signIn(local, 'ada')).identityId).toMatch(/^us-east-1:/)
  iot.destroy()
  data.destroy()
})

test('an unsigned reset is refused unless the server was started for it', async () => {
  await using local = await startLocal()
  const response = await fetch(`${local.urls.http}/_local/reset`, { method: 'POST' })
  expect([response.status, await response.json()]).toEqual([
    403,
    { message: 'Start the server with --allow-reset to allow this' },
  ])
})

test('servers side by side know nothing of each other', async () => {
  await using one = await startLocal()
  await using two = await startLocal({ account: '999999999999', region: 'eu-west-1' })
  const create = async (local: typeof one) => {
    const iot = new IoTClient(local.sdk)
    const { thingArn } = await iot.send(new CreateThingCommand({ thingName: 'same' }))
    iot.destroy()
    return thingArn
  }
  expect([await create(one), await create(two)]).toEqual([
    'arn:aws:iot:us-east-1:123456789012:thing/same',
    'arn:aws:iot:eu-west-1:999999999999:thing/same',
  ])
  const device = await makeDevice(one)
  await expect(connectDevice(two, device)).rejects.toThrow()
})
