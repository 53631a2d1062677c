import {
  CreateThingCommand,
  GetThingConnectivityDataCommand,
  IoTClient,
  UpdateIndexingConfigurationCommand,
} from '@aws-sdk/client-iot'
import { DeleteConnectionCommand, IoTDataPlaneClient } from '@aws-sdk/client-iot-data-plane'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type Local, startLocal } from '../src/index.ts'
import { makeDevice } from './support/device.ts'
import { connectDevice } from './support/mqtt-client.ts'

let local: Local
let iot: IoTClient

beforeAll(async () => {
  local = await startLocal()
  iot = new IoTClient({ ...local.sdk, maxAttempts: 1 })
  for (const thingName of ['pump', 'never']) await iot.send(new CreateThingCommand({ thingName }))
})

afterAll(async () => {
  iot.destroy()
  await local.close()
})

const dataOf = async (thingName: string, includeSocketInformation?: boolean) => {
  const { $metadata: _, ...data } = await iot.send(
    new GetThingConnectivityDataCommand({ thingName, ...(includeSocketInformation && { includeSocketInformation }) }),
  )
  return data
}

test('the connectivity of a thing: before it is indexed, never connected, connected, and gone with the reason', async () => {
  await expect(dataOf('pump')).rejects.toMatchObject({ name: 'IndexNotReadyException' })
  const thingIndexingConfiguration = { thingIndexingMode: 'REGISTRY', thingConnectivityIndexingMode: 'STATUS' } as const
  await iot.send(new UpdateIndexingConfigurationCommand({ thingIndexingConfiguration }))
  await expect(dataOf('none')).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
  expect(await dataOf('never', true)).toEqual({ thingName: 'never', connected: false, disconnectReason: 'UNKNOWN' })

  const device = await makeDevice(local)
  await using client = await connectDevice(local, device, { clientId: 'pump', keepalive: 90, clean: true })
  const connected = {
    thingName: 'pump',
    clientId: 'pump',
    connected: true,
    timestamp: expect.any(Date),
    disconnectReason: 'NONE',
    keepAliveDuration: 90,
    cleanSession: true,
    sessionExpiry: 0,
  }
  expect(await dataOf('pump')).toEqual(connected)
  expect(await dataOf('pump', true)).toEqual({
    ...connected,
    sourceIp: expect.stringMatching(/^(127\.0\.0\.1|::1)$/),
    sourcePort: expect.any(Number),
    targetIp: expect.stringMatching(/^(127\.0\.0\.1|::1)$/),
    targetPort: Number(new URL(local.urls.mqtts).port),
  })

  const closed = new Promise<void>((resolve) => client.mqtt.once('close', () => resolve()))
  const data = new IoTDataPlaneClient(local.sdk)
  await data.send(new DeleteConnectionCommand({ clientId: 'pump' }))
  data.destroy()
  await vi.waitFor(async () => expect((await dataOf('pump')).connected).toBe(false), { timeout: 20_000 })
  expect(await dataOf('pump', true)).toMatchObject({ connected: false, disconnectReason: 'API_INITIATED_DISCONNECT' })
  await closed
})
