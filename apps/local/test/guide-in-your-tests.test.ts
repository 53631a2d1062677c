import { CreateKeysAndCertificateCommand, CreateThingCommand, IoTClient } from '@aws-sdk/client-iot'
import { GetThingShadowCommand, IoTDataPlaneClient } from '@aws-sdk/client-iot-data-plane'
import { type Local, startLocal } from '@thingdeck/local'
import { connectAsync } from 'mqtt'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

let local: Local
beforeAll(async () => {
  local = await startLocal()
})
afterAll(() => local[Symbol.asyncDispose]())
beforeEach(() => local.reset())

test('a thing without a shadow has none', async () => {
  const iot = new IoTClient(local.sdk)
  const data = new IoTDataPlaneClient(local.sdk)
  await iot.send(new CreateThingCommand({ thingName: 'pump-7' }))
  const get = data.send(new GetThingShadowCommand({ thingName: 'pump-7' }))
  await expect(get).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
})

test('a certificate without a policy lets nobody in, and the server says why', async () => {
  const iot = new IoTClient(local.sdk)
  const { certificatePem = '', keyPair } = await iot.send(new CreateKeysAndCertificateCommand({ setAsActive: true }))
  const identity = { ca: local.rootCa, cert: certificatePem, key: keyPair?.PrivateKey ?? '' }
  const connecting = connectAsync(local.urls.mqtts, { clientId: 'pump-7', reconnectPeriod: 0, ...identity })
  await expect(connecting).rejects.toThrow()
  expect(local.refusals()).toMatchObject([{ clientId: 'pump-7', action: 'iot:Connect' }])
})
