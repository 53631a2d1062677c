import {
  AddThingToThingGroupCommand,
  AttachPolicyCommand,
  AttachThingPrincipalCommand,
  CreatePolicyCommand,
  CreateThingCommand,
  CreateThingGroupCommand,
  DetachThingPrincipalCommand,
  IoTClient,
  RemoveThingFromThingGroupCommand,
  TestAuthorizationCommand,
} from '@aws-sdk/client-iot'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Local, startLocal } from '../src/index.ts'
import { makeDevice, policyOf } from './support/device.ts'
import { connectDevice, connectWebSocket } from './support/mqtt-client.ts'

let local: Local
let iot: IoTClient

beforeAll(async () => {
  local = await startLocal()
  iot = new IoTClient(local.sdk)
})
afterAll(async () => {
  iot.destroy()
  await local.close()
})

const CONNECT_ONLY = policyOf(['Allow', 'iot:Connect', '*'])

test('policies on groups count for their things, also through groups above, and act at once', async () => {
  const device = await makeDevice(local, { policy: CONNECT_ONLY, thingName: 'member' })
  const { thingGroupArn = '' } = await iot.send(new CreateThingGroupCommand({ thingGroupName: 'site' }))
  await iot.send(new CreateThingGroupCommand({ thingGroupName: 'hall', parentGroupName: 'site' }))
  const policyDocument = policyOf(['Allow', 'iot:Publish', 'topic/site/*'])
  await iot.send(new CreatePolicyCommand({ policyName: 'site', policyDocument }))
  await using client = await connectDevice(local, device, { clientId: 'member' })
  const publish = () => client.mqtt.publishAsync('site/a', '', { qos: 1 })
  const refused = { code: 0x87 }

  await expect(publish()).rejects.toMatchObject(refused)
  await iot.send(new AddThingToThingGroupCommand({ thingGroupName: 'hall', thingName: 'member' }))
  await expect(publish()).rejects.toMatchObject(refused)
  await iot.send(new AttachPolicyCommand({ policyName: 'site', target: thingGroupArn }))
  await publish()
  await iot.send(new RemoveThingFromThingGroupCommand({ thingGroupName: 'hall', thingName: 'member' }))
  await expect(publish()).rejects.toMatchObject(refused)
  await iot.send(new AddThingToThingGroupCommand({ thingGroupName: 'hall', thingName: 'member' }))
  await publish()
  await iot.send(new DetachThingPrincipalCommand({ thingName: 'member', principal: device.certificateArn }))
  await expect(publish()).rejects.toMatchObject(refused)
})

test('an exclusive attachment associates whatever the client id, and events carry the thing', async () => {
  const thing = '${iot:Connection.Thing.ThingName}'
  const policy = policyOf(['Allow', 'iot:Connect', '*'], ['Allow', 'iot:Publish', `topic/dt/${thing}`])
  const device = await makeDevice(local, { policy })
  await iot.send(new CreateThingCommand({ thingName: 'alone' }))
  await iot.send(
    new AttachThingPrincipalCommand({
      thingName: 'alone',
      principal: device.certificateArn,
      thingPrincipalType: 'EXCLUSIVE_THING',
    }),
  )
  await using watcher = await connectWebSocket(local)
  await watcher.mqtt.subscribeAsync('$aws/events/presence/connected/whatever', { qos: 1 })
  await using client = await connectDevice(local, device, { clientId: 'whatever' })
  expect(await watcher.json('$aws/events/presence/connected/whatever')).toMatchObject({ thingName: 'alone' })
  await client.mqtt.publishAsync('dt/alone', '', { qos: 1 })
})

test('TestAuthorization answers as the broker decides', async () => {
  const thing = '${iot:Connection.Thing.ThingName}'
  const policy = policyOf(['Allow', 'iot:Connect', `client/${thing}`], ['Allow', 'iot:Publish', `topic/dt/${thing}`])
  const device = await makeDevice(local, { policy, thingName: 'tested' })
  const ask = async (clientId: string) => {
    const resources = ['arn:aws:iot:us-east-1:123456789012:topic/dt/tested']
    const { authResults = [] } = await iot.send(
      new TestAuthorizationCommand({
        principal: device.certificateArn,
        clientId,
        authInfos: [{ actionType: 'PUBLISH', resources }],
      }),
    )
    return authResults[0]?.authDecision
  }
  expect([await ask('tested'), await ask('other')]).toEqual(['ALLOWED', 'IMPLICIT_DENY'])
})
