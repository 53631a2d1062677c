import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { Agent, request } from 'node:https'
import { connect as connectTcp, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { IoTClient, UpdateCertificateCommand } from '@aws-sdk/client-iot'
import { presignMqttUrl } from '@thingdeck/sigv4'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { type Local, startLocal } from '../src/index.ts'
import { type DeviceIdentity, makeDevice } from './support/device.ts'
import { connectDevice, type TestClient } from './support/mqtt-client.ts'

// Whatever comes through a door, the server goes on and nobody else notices.

let local: Local
let device: DeviceIdentity
let bystander: TestClient

beforeAll(async () => {
  local = await startLocal()
  device = await makeDevice(local)
  bystander = await connectDevice(local, device, { clientId: 'bystander' })
  await bystander.mqtt.subscribeAsync('alive', { qos: 1 })
})
afterEach(async () => {
  await bystander.mqtt.publishAsync('alive', 'yes', { qos: 1 })
  expect((await bystander.inbox.take()).text).toBe('yes')
  expect((await fetch(`${local.urls.http}/_local/health`)).status).toBe(200)
})
afterAll(async () => {
  await bystander.mqtt.endAsync(true)
  await local.close()
})

const portOf = (url: string) => Number(new URL(url).port)

/** Sends bytes and waits until the server has closed; the bytes' end is the connection's end. */
async function throwAt(socket: Socket, bytes: Uint8Array): Promise<void> {
  socket.on('error', () => {})
  const closed = once(socket, 'close')
  socket.resume()
  socket.end(bytes)
  await closed
}

/** Text of the protocols that are spoken here, cut and mixed. */
const scraps = fc
  .array(
    fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      fc
        .constantFrom(
          'GET /mqtt HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n',
          'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n',
          'POST /things HTTP/1.1\r\nContent-Length: 99999\r\n\r\n{',
          'Authorization: AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/iot/aws4_request, SignedHeaders=host\r\n',
          'Transfer-Encoding: chunked\r\n\r\nffffffff\r\n',
          'GET /%zz/%c0%80?X-Amz-Signature=1&X-Amz-Credential=%00 HTTP/1.1\r\n\r\n',
          'X-Amz-Target: AWSCognitoIdentityService.GetId\r\n',
          'POST /oidc/token HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\nabc',
          'GET /oidc/auth?client_id=%FF HTTP/1.1\r\nHost: localhost\r\n\r\n',
          'GET /role-aliases/%E0%A4%A/credentials HTTP/1.1\r\n\r\n',
          '\r\n\r\n',
        )
        .map((text) => Buffer.from(text)),
    ),
    { maxLength: 6 },
  )
  .map((parts) => Buffer.concat(parts))

describe('bytes that are no protocol', () => {
  test.each([
    ['the HTTP port', () => connectTcp(portOf(local.urls.http), '127.0.0.1')],
    ['the MQTT port, before TLS', () => connectTcp(portOf(local.urls.mqtts), '127.0.0.1')],
    ['the HTTPS port, before TLS', () => connectTcp(portOf(local.urls.https), '127.0.0.1')],
    [
      'the HTTPS port, within TLS',
      () =>
        connectTls({ port: portOf(local.urls.https), host: '127.0.0.1', ca: local.rootCa, servername: 'localhost' }),
    ],
    [
      'the MQTT port, within TLS',
      () =>
        connectTls({
          port: portOf(local.urls.mqtts),
          host: '127.0.0.1',
          ca: local.rootCa,
          servername: 'localhost',
          cert: device.cert,
          key: device.key,
        }),
    ],
  ])('%s', { timeout: 60_000 }, async (_, open) => {
    await fc.assert(
      fc.asyncProperty(scraps, (bytes) => throwAt(open(), bytes)),
      { numRuns: 60 },
    )
  })
})

describe('a WebSocket', () => {
  const open = async (path = '') => {
    const url = await presignMqttUrl({ url: local.urls.ws, region: 'us-east-1', credentials: local.sdk.credentials })
    const socket = new WebSocket(url + path, 'mqtt')
    socket.on('error', () => {})
    await once(socket, 'open')
    return socket
  }

  test('that sends text is closed with 1003 [MQTT-6.0.0-1]', async () => {
    const socket = await open()
    const closed = once(socket, 'close')
    socket.send('hello')
    expect((await closed)[0]).toBe(1003)
  })

  test('that sends a frame of two megabytes is closed with 1009', async () => {
    const socket = await open()
    const closed = once(socket, 'close')
    socket.send(Buffer.alloc(2 * 1024 * 1024))
    expect((await closed)[0]).toBe(1009)
  })

  test('that sends rubbish is closed', async () => {
    const socket = await open()
    const closed = once(socket, 'close')
    socket.send(Buffer.from('rubbish'))
    await closed
  })

  test.each([
    ['no signature', () => local.urls.ws],
    ['another path', async () => (await signed()).replace('/mqtt', '/other')],
    ['a wrong signature', async () => (await signed()).replace(/X-Amz-Signature=..../, 'X-Amz-Signature=0000')],
    ['an unknown key', () => signed({ accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'x' })],
    ['an old date', () => signed(local.sdk.credentials, new Date(Date.now() - 600_000))],
  ])('with %s is refused before the upgrade', async (_, url) => {
    const socket = new WebSocket(await url(), 'mqtt')
    const [error] = await once(socket, 'error').catch((thrown: unknown) => [thrown])
    expect(String(error)).toMatch(/Unexpected server response: 40[34]/)
  })

  const signed = (
    credentials: { accessKeyId: string; secretAccessKey: string } = local.sdk.credentials,
    date = new Date(),
  ) => presignMqttUrl({ url: local.urls.ws, region: 'us-east-1', credentials, date })
})

test('a handshake that a client leaves half done holds nobody up', async () => {
  const socket = connectTcp(portOf(local.urls.mqtts), '127.0.0.1')
  await once(socket, 'connect')
  socket.write(Buffer.from([0x16, 0x03, 0x01, 0x02, 0x00]))
  await using other = await connectDevice(local, device)
  expect(other.mqtt.connected).toBe(true)
  socket.destroy()
})

test.each([
  ['no certificate', () => ({})],
  [
    'a certificate that nobody registered',
    async () => {
      await using foreign = await startLocal()
      const { key, cert } = await makeDevice(foreign)
      return { key, cert }
    },
  ],
])('MQTT over TLS with %s: the connection is closed without a CONNACK', async (_, identity) => {
  const socket = connectTls({
    port: portOf(local.urls.mqtts),
    host: '127.0.0.1',
    ca: local.rootCa,
    servername: 'localhost',
    ...(await identity()),
  })
  const received: unknown[] = []
  socket.on('data', (chunk) => received.push(chunk))
  socket.on('error', () => {})
  await once(socket, 'close')
  expect(received).toEqual([])
})

test('a kept-alive HTTPS connection is worth nothing once its certificate is inactive', async () => {
  const { certificateId, ...own } = await makeDevice(local)
  const agent = new Agent({ keepAlive: true, maxSockets: 1, ca: local.rootCa, cert: own.cert, key: own.key })
  const publish = async () => {
    const sent = request(`${local.urls.https}/topics/a`, { method: 'POST', agent })
    sent.end('x')
    const [response] = (await once(sent, 'response')) as [IncomingMessage]
    response.resume()
    await once(response, 'end')
    return [response.statusCode, sent.reusedSocket]
  }
  expect(await publish()).toEqual([200, false])
  expect(await publish()).toEqual([200, true])
  const iot = new IoTClient(local.sdk)
  await iot.send(new UpdateCertificateCommand({ certificateId, newStatus: 'INACTIVE' }))
  expect(await publish()).toEqual([403, true])
  agent.destroy()
  iot.destroy()
})

test('TLS 1.1 is refused', async () => {
  const socket = connectTls({
    port: portOf(local.urls.mqtts),
    host: '127.0.0.1',
    ca: local.rootCa,
    servername: 'localhost',
    minVersion: 'TLSv1.1',
    maxVersion: 'TLSv1.1',
    ciphers: 'DEFAULT@SECLEVEL=0',
  })
  const [error] = (await once(socket, 'secureConnect').catch((thrown: unknown) => [thrown])) as [Error]
  expect(error).toBeInstanceOf(Error)
})
