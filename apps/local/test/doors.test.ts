import { Sha256 } from '@aws-crypto/sha256-js'
import { SignatureV4 } from '@smithy/signature-v4'
import { connect } from 'mqtt'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Local, startLocal } from '../src/index.ts'
import { type DeviceIdentity, makeDevice } from './support/device.ts'
import { connectDevice, connectWebSocket, deviceOptions, opened, type TestClient } from './support/mqtt-client.ts'

let local: Local
let device: DeviceIdentity

beforeAll(async () => {
  local = await startLocal()
  device = await makeDevice(local)
})
afterAll(() => local.close())

const DOORS: readonly [name: string, open: (protocolVersion: 4 | 5) => Promise<TestClient>][] = [
  ['MQTT over TLS', (protocolVersion) => connectDevice(local, device, { protocolVersion })],
  [
    'MQTT by ALPN on the HTTPS port',
    (protocolVersion) => connectDevice(local, device, { ...deviceOptions(local, device, 'alpn'), protocolVersion }),
  ],
  ['WebSocket, presigned', (protocolVersion) => connectWebSocket(local, { protocolVersion })],
  [
    'WebSocket, signed in its headers',
    async (protocolVersion) => {
      const { host, hostname, pathname } = new URL(local.urls.ws)
      const signer = new SignatureV4({
        ...local.sdk,
        service: 'iotdevicegateway',
        sha256: Sha256,
        applyChecksum: false,
      })
      const request = { method: 'GET', protocol: 'http:', hostname, path: pathname, headers: { host } }
      const { headers } = await signer.sign(request)
      return opened(connect(local.urls.ws, { protocolVersion, reconnectPeriod: 0, wsOptions: { headers } }))
    },
  ],
  [
    'WebSocket over TLS, presigned',
    (protocolVersion) => connectWebSocket(local, { protocolVersion, url: local.urls.wss }),
  ],
]

describe.each(DOORS)('%s', (_name, open) => {
  test.each([4, 5] as const)('a message goes out and comes back, MQTT %i', async (protocolVersion) => {
    await using client = await open(protocolVersion)
    await client.mqtt.subscribeAsync('dt/+/temperature', { qos: 1 })
    await client.mqtt.publishAsync('dt/pump-7/temperature', '21.5', { qos: 1 })
    const { topic, text, packet } = await client.inbox.take()
    expect({ topic, text, qos: packet.qos }).toEqual({ topic: 'dt/pump-7/temperature', text: '21.5', qos: 1 })
  })
})
