import type { ConnectionOptions } from 'node:tls'
import { presignMqttUrl } from '@thingdeck/sigv4'
import { connect, type IClientOptions, type IPublishPacket, type MqttClient } from 'mqtt'
import type { Local } from '../../src/index.ts'
import type { DeviceIdentity } from './device.ts'
import { Inbox } from './inbox.ts'

/** A message as a test looks at it. */
export interface Received {
  readonly topic: string
  readonly text: string
  readonly packet: IPublishPacket
}

/** The `mqtt` package's client with an inbox. */
export interface TestClient extends AsyncDisposable {
  readonly mqtt: MqttClient
  readonly inbox: Inbox<Received>
  /** The next message on a topic, as JSON. */
  json(topic: string): Promise<Record<string, unknown>>
}

/** The package hands on what it does not know itself to TLS. */
type Options = Omit<IClientOptions, 'protocol'> & Pick<ConnectionOptions, 'ciphers' | 'maxVersion'>

const DEFAULTS: Options = { protocolVersion: 5, reconnectPeriod: 0, connectTimeout: 10_000, keepalive: 60 }

/** Where a device with a certificate connects. */
export function deviceOptions(
  local: Pick<Local, 'urls' | 'rootCa'>,
  device: DeviceIdentity,
  door: 'mqtts' | 'alpn' = 'mqtts',
): Options {
  const { hostname, port } = new URL(door === 'mqtts' ? local.urls.mqtts : local.urls.https)
  return {
    ...DEFAULTS,
    host: hostname,
    port: Number(port),
    servername: 'localhost',
    ca: local.rootCa,
    cert: device.cert,
    key: device.key,
    ...(door === 'alpn' && { ALPNProtocols: ['x-amzn-mqtt-ca'] }),
  }
}

export function connectDevice(
  local: Pick<Local, 'urls' | 'rootCa'>,
  device: DeviceIdentity,
  options: Options = {},
): Promise<TestClient> {
  return opened(startDevice(local, device, options))
}

/** Without waiting for CONNACK. */
export function startDevice(
  local: Pick<Local, 'urls' | 'rootCa'>,
  device: DeviceIdentity,
  options: Options = {},
): MqttClient {
  return connect({ ...deviceOptions(local, device), ...options, protocol: 'mqtts' })
}

/** Over WebSocket with a presigned URL. */
export async function connectWebSocket(
  local: Local,
  options: Options & { url?: string; credentials?: Parameters<typeof presignMqttUrl>[0]['credentials'] } = {},
): Promise<TestClient> {
  const { url = local.urls.ws, credentials = local.sdk.credentials, ...rest } = options
  const signed = await presignMqttUrl({ url, region: local.sdk.region, credentials })
  return opened(connect(signed, { ...DEFAULTS, wsOptions: { ca: local.rootCa }, ...rest }))
}

/** Waits for CONNACK. */
export async function opened(mqtt: MqttClient): Promise<TestClient> {
  const inbox = new Inbox<Received>()
  mqtt.on('message', (topic, payload, packet) => inbox.put({ topic, text: payload.toString(), packet }))
  await connected(mqtt)
  return {
    mqtt,
    inbox,
    json: async (topic) => {
      const { text } = await inbox.take((message) => message.topic === topic)
      return JSON.parse(text) as Record<string, unknown>
    },
    [Symbol.asyncDispose]: async () => {
      await mqtt.endAsync(true)
    },
  }
}

function connected(mqtt: MqttClient): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const onClose = () => {
    mqtt.end(true)
    reject(new Error('The server closed the connection'))
  }
  mqtt.once('connect', () => resolve())
  mqtt.once('error', reject)
  mqtt.once('close', onClose)
  return promise.finally(() => {
    mqtt.removeListener('error', reject)
    mqtt.removeListener('close', onClose)
    mqtt.on('error', () => {}) // 'close' follows
  })
}
