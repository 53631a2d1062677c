import {
  AttachPolicyCommand,
  CreatePolicyCommand,
  DetachPolicyCommand,
  IoTClient,
  ListThingsCommand,
} from '@aws-sdk/client-iot'
import { IoTDataPlaneClient, PublishCommand } from '@aws-sdk/client-iot-data-plane'
import { expect, test } from 'vitest'
import { startLocal } from '../src/index.ts'
import { policyOf } from './support/device.ts'
import { connectWebSocket } from './support/mqtt-client.ts'
import { signIn } from './support/sign-in.ts'

test('a person signs in and speaks MQTT: role and IoT policy must both allow', async () => {
  await using local = await startLocal()
  const iot = new IoTClient(local.sdk)
  const { identityId, credentials } = await signIn(local, 'ada')
  const clientId = `thingdeck-${identityId}-1`
  const connect = () => connectWebSocket(local, { credentials, clientId })

  // Without an IoT policy the role alone is not enough.
  await expect(connect()).rejects.toMatchObject({ code: 0x87 })

  const policyDocument = policyOf(
    ['Allow', 'iot:Connect', 'client/thingdeck-${cognito-identity.amazonaws.com:sub}-*'],
    ['Allow', 'iot:Subscribe iot:Receive iot:Publish', '*'],
  )
  await iot.send(new CreatePolicyCommand({ policyName: 'people', policyDocument }))
  await iot.send(new AttachPolicyCommand({ policyName: 'people', target: identityId }))
  await using client = await connect()
  await client.mqtt.subscribeAsync('cmd/#')
  await client.mqtt.publishAsync('cmd/lamp-1', 'on', { qos: 1 })
  expect((await client.inbox.take()).text).toBe('on')

  // Detaching acts on the live connection.
  await iot.send(new DetachPolicyCommand({ policyName: 'people', target: identityId }))
  await expect(client.mqtt.publishAsync('cmd/lamp-1', 'off', { qos: 1 })).rejects.toMatchObject({ code: 0x87 })
  iot.destroy()
})

test("a viewer's role does not let publish, whatever the IoT policy says", async () => {
  await using local = await startLocal()
  const iot = new IoTClient(local.sdk)
  const { identityId, credentials } = await signIn(local, 'vera')
  await iot.send(new CreatePolicyCommand({ policyName: 'all', policyDocument: policyOf(['Allow', 'iot:*', '*']) }))
  await iot.send(new AttachPolicyCommand({ policyName: 'all', target: identityId }))
  await using client = await connectWebSocket(local, { credentials, clientId: `thingdeck-${identityId}-1` })
  await expect(client.mqtt.publishAsync('cmd/lamp-1', 'on', { qos: 1 })).rejects.toMatchObject({ code: 0x87 })
  iot.destroy()
})

test('temporary credentials do nothing that the role does not allow', async () => {
  await using local = await startLocal()
  const { credentials } = await signIn(local, 'grace')
  const iot = new IoTClient({ ...local.sdk, credentials })
  const data = new IoTDataPlaneClient({ ...local.sdk, credentials })
  await expect(iot.send(new ListThingsCommand({}))).rejects.toMatchObject({ name: 'AccessDeniedException' })
  await expect(data.send(new PublishCommand({ topic: 'a' }))).rejects.toMatchObject({ name: 'ForbiddenException' })
  expect(local.refusals().map(({ action }) => action)).toEqual(['iot:Publish', 'iot:ListThings'])
  iot.destroy()
  data.destroy()
})
