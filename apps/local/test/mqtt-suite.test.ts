import type { Duplex } from 'node:stream'
import { connect } from 'node:tls'
import { type MqttDoor, mqttSuite } from '@thingdeck/broker/mqtt-suite'
import { presignMqttUrl } from '@thingdeck/sigv4'
import { createWebSocketStream, WebSocket } from 'ws'
import { type Local, startLocal } from '../src/index.ts'
import { type DeviceIdentity, makeDevice } from './support/device.ts'

type Open = (local: Local, device: DeviceIdentity) => ReturnType<MqttDoor['open']>

/** Mutual TLS. */
function openTls({ rootCa }: Local, { key, cert }: DeviceIdentity, url: string, ALPNProtocols?: string[]): Duplex {
  const { hostname, port } = new URL(url)
  const options = { host: hostname, port: Number(port), servername: 'localhost', ca: rootCa, key, cert }
  return connect({ ...options, ...(ALPNProtocols && { ALPNProtocols }) })
}

async function openWebSocket({ sdk, rootCa }: Local, url: string): Promise<Duplex> {
  const signed = await presignMqttUrl({ url, region: sdk.region, credentials: sdk.credentials })
  return createWebSocketStream(new WebSocket(signed, 'mqtt', { ca: rootCa }))
}

const DOORS: readonly [name: string, open: Open][] = [
  ['MQTT over TLS', (local, device) => openTls(local, device, local.urls.mqtts)],
  ['MQTT by ALPN on the HTTPS port', (local, device) => openTls(local, device, local.urls.https, ['x-amzn-mqtt-ca'])],
  ['MQTT over WebSocket', (local) => openWebSocket(local, local.urls.ws)],
  ['MQTT over WebSocket over TLS', (local) => openWebSocket(local, local.urls.wss)],
]

for (const [name, open] of DOORS) {
  mqttSuite(name, async () => {
    const local = await startLocal()
    const device = await makeDevice(local)
    return { open: () => open(local, device), advance: (ms) => local.advanceClock(ms), close: () => local.close() }
  })
}
