import { request } from 'node:https'
import { text } from 'node:stream/consumers'
import { CreateRoleAliasCommand, DescribeRoleAliasCommand, IoTClient, ListThingsCommand } from '@aws-sdk/client-iot'
import { IoTDataPlaneClient, PublishCommand } from '@aws-sdk/client-iot-data-plane'
import { expect, test } from 'vitest'
import { type Local, startLocal } from '../src/index.ts'
import { type DeviceIdentity, makeDevice, policyOf } from './support/device.ts'
import { entries, turnOn } from './support/iot-log.ts'
import { connectWebSocket } from './support/mqtt-client.ts'

interface Answer {
  readonly status: number | undefined
  readonly body: { readonly message?: string; readonly credentials?: Record<string, string> }
}

function askForCredentials(local: Local, device: DeviceIdentity | undefined, headers = {}): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>()
  request(
    new URL('/role-aliases/device-alias/credentials', local.urls.https),
    { ca: local.rootCa, agent: false, headers, ...(device && { cert: device.cert, key: device.key }) },
    async (response) => resolve({ status: response.statusCode, body: JSON.parse(await text(response)) }),
  )
    .on('error', reject)
    .end()
  return promise
}

test('a device exchanges its certificate for credentials that this server takes', async () => {
  await using local = await startLocal()
  const iot = new IoTClient(local.sdk)
  const roleArn = 'arn:aws:iam::123456789012:role/device'
  await iot.send(new CreateRoleAliasCommand({ roleAlias: 'device-alias', roleArn }))
  // The control plane's own path begins in the same way.
  const { roleAliasDescription } = await iot.send(new DescribeRoleAliasCommand({ roleAlias: 'device-alias' }))
  expect(roleAliasDescription?.roleArn).toBe(roleArn)

  const device = await makeDevice(local, {
    policy: policyOf(['Allow', 'iot:AssumeRoleWithCertificate', 'rolealias/device-alias']),
    thingName: 'pump-7',
  })
  const { status, body } = await askForCredentials(local, device, { 'x-amzn-iot-thingname': 'pump-7' })
  expect(status).toBe(200)
  const { accessKeyId = '', secretAccessKey = '', sessionToken = '', expiration = '' } = body.credentials ?? {}
  expect(expiration).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
  const credentials = { accessKeyId, secretAccessKey, sessionToken }
  const data = new IoTDataPlaneClient({ ...local.sdk, credentials })
  await data.send(new PublishCommand({ topic: 'a' }))
  await using client = await connectWebSocket(local, { credentials })
  expect(client.mqtt.connected).toBe(true)

  local.advanceClock(3_601_000)
  await expect(new IoTClient({ ...local.sdk, credentials }).send(new ListThingsCommand({}))).rejects.toMatchObject({
    name: 'ExpiredTokenException',
  })
})

test('refused without a certificate, without a policy, for a thing of somebody else', async () => {
  await using local = await startLocal()
  const iot = new IoTClient(local.sdk)
  const roleArn = 'arn:aws:iam::123456789012:role/device'
  await iot.send(new CreateRoleAliasCommand({ roleAlias: 'device-alias', roleArn }))
  const device = await makeDevice(local, { policy: policyOf(['Allow', 'iot:Connect', '*']), thingName: 'pump-7' })
  const answers = [
    await askForCredentials(local, undefined),
    await askForCredentials(local, device),
    await askForCredentials(local, device, { 'x-amzn-iot-thingname': 'pump-8' }),
  ]
  expect(answers.map(({ status }) => status)).toEqual([403, 403, 403])
  expect(local.refusals()[0]).toMatchObject({
    principal: device.certificateId,
    action: 'iot:AssumeRoleWithCertificate',
    resource: 'arn:aws:iot:us-east-1:123456789012:rolealias/device-alias',
  })
})

test('the log tells of each exchange, and why it was refused', async () => {
  await using local = await startLocal()
  await turnOn(local, 'INFO')
  const iot = new IoTClient(local.sdk)
  const roleArn = 'arn:aws:iam::123456789012:role/device'
  await iot.send(new CreateRoleAliasCommand({ roleAlias: 'device-alias', roleArn }))
  const allowed = await makeDevice(local, {
    policy: policyOf(['Allow', 'iot:AssumeRoleWithCertificate', 'rolealias/device-alias']),
  })
  const refused = await makeDevice(local, { policy: policyOf(['Allow', 'iot:Connect', '*']) })
  await askForCredentials(local, allowed)
  await askForCredentials(local, refused)
  const of = (device: DeviceIdentity) => ({
    traceId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    eventType: 'GetDeviceCredentials',
    deviceCertificateId: device.certificateId,
  })
  expect(await entries(local, '{ $.eventType = "GetDeviceCredentials" }')).toMatchObject([
    { ...of(allowed), logLevel: 'INFO', status: 'Success' },
    {
      ...of(refused),
      logLevel: 'ERROR',
      status: 'Failure',
      reason: 'AUTHORIZATION_FAILURE',
      details: expect.stringContaining('no statement allows it'),
    },
  ])
  iot.destroy()
})
