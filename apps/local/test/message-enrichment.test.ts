import {
  CreateThingTypeCommand,
  DescribeThingTypeCommand,
  IoTClient,
  UpdateThingCommand,
  UpdateThingTypeCommand,
} from '@aws-sdk/client-iot'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Local, startLocal } from '../src/index.ts'
import { makeDevice } from './support/device.ts'
import { connectDevice, type TestClient } from './support/mqtt-client.ts'
import { republish, ruleMaker } from './support/rules.ts'

// What a thing type propagates, over real MQTT: to subscribers, and to rules.

let local: Local
let iot: IoTClient
let receiver: TestClient

const propagatingAttributes = [
  { userPropertyKey: 'site', thingAttribute: 'site' },
  { userPropertyKey: 'floor', thingAttribute: 'floor' },
  { userPropertyKey: 'client', connectionAttribute: 'iot:ClientId' },
  { userPropertyKey: 'thing', connectionAttribute: 'iot:Thing.ThingName' },
]

beforeAll(async () => {
  local = await startLocal()
  iot = new IoTClient(local.sdk)
  receiver = await connectDevice(local, await makeDevice(local), { clientId: 'receiver' })
  await receiver.mqtt.subscribeAsync(['dt/#', 'out/#'], { qos: 1 })
  const thingTypeProperties = { mqtt5Configuration: { propagatingAttributes } }
  await iot.send(new CreateThingTypeCommand({ thingTypeName: 'pump', thingTypeProperties }))
})
afterAll(async () => {
  await receiver[Symbol.asyncDispose]()
  iot.destroy()
  await local[Symbol.asyncDispose]()
})

const userProperties = async () => (await receiver.inbox.take()).packet.properties?.userProperties

const setType = (thingName: string, attributes: Record<string, string>) =>
  iot.send(new UpdateThingCommand({ thingName, thingTypeName: 'pump', attributePayload: { attributes } }))

test.each([4, 5] as const)('a publisher of MQTT %d: attributes that its thing has, behind its own', async (version) => {
  const thingName = `pump-${version}`
  const identity = await makeDevice(local, { thingName })
  await using device = await connectDevice(local, identity, { clientId: thingName, protocolVersion: version })
  const publish = (properties = {}) =>
    device.mqtt.publishAsync(`dt/${thingName}`, '{}', { qos: 1, ...(version === 5 && { properties }) })
  await publish()
  expect(await userProperties()).toBeUndefined()
  await setType(thingName, { site: 'north' })
  // Without a new connection.
  await publish({ userProperties: { own: '1', site: 'mine' } })
  const added = { client: thingName, thing: thingName }
  expect(await userProperties()).toEqual(
    version === 5 ? { own: '1', site: ['mine', 'north'], ...added } : { site: 'north', ...added },
  )
  await setType(thingName, { site: 'south', floor: '2' })
  await publish()
  expect(await userProperties()).toEqual({ site: 'south', floor: '2', ...added })
})

test('rules see them, also by Basic Ingest; what a rule republishes has them no more', async () => {
  const identity = await makeDevice(local, { thingName: 'pump-r' })
  await setType('pump-r', { site: 'north' })
  await using device = await connectDevice(local, identity, { clientId: 'pump-r' })
  const ruleName = await ruleMaker(() => iot)("SELECT get_user_properties('site') AS site FROM 'in'", [
    republish("out/${get(get_user_properties('client'), 0)}"),
  ])
  for (const topic of ['in', `$aws/rules/${ruleName}/x`]) {
    await device.mqtt.publishAsync(topic, '{}', { qos: 1 })
    const { topic: to, text, packet } = await receiver.inbox.take()
    expect([to, text, packet.properties?.userProperties]).toEqual(['out/pump-r', '{"site":["north"]}', undefined])
  }
})

test('a certificate of no thing, and a client without one, add nothing; the type is described and can be changed', async () => {
  await using other = await connectDevice(local, await makeDevice(local, { thingName: 'pump-o' }), {
    clientId: 'another',
  })
  await setType('pump-o', { site: 'north' })
  await other.mqtt.publishAsync('dt/other', '{}', { qos: 1 })
  expect(await userProperties()).toBeUndefined()
  const changed = { mqtt5Configuration: { propagatingAttributes: [{ userPropertyKey: 's', thingAttribute: 'site' }] } }
  await iot.send(new UpdateThingTypeCommand({ thingTypeName: 'pump', thingTypeProperties: changed }))
  const { thingTypeProperties } = await iot.send(new DescribeThingTypeCommand({ thingTypeName: 'pump' }))
  expect(thingTypeProperties?.mqtt5Configuration).toEqual(changed.mqtt5Configuration)
  await using again = await connectDevice(local, await makeDevice(local, { thingName: 'pump-a' }), {
    clientId: 'pump-a',
  })
  await setType('pump-a', { site: 'north' })
  await again.mqtt.publishAsync('dt/again', '{}', { qos: 1 })
  expect(await userProperties()).toEqual({ s: 'north' })
})
