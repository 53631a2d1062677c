import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Local, startLocal } from '../src/index.ts'
import { type DeviceIdentity, makeDevice, policyOf } from './support/device.ts'
import { connectDevice, connectWebSocket, startDevice, type TestClient } from './support/mqtt-client.ts'

// Payloads: AWS IoT Core developer guide, "Lifecycle events".

let local: Local
let device: DeviceIdentity
let watcher: TestClient

beforeAll(async () => {
  local = await startLocal()
  device = await makeDevice(local)
  watcher = await connectWebSocket(local, { clientId: 'watcher' })
  await watcher.mqtt.subscribeAsync('$aws/events/#', { qos: 1 })
  await watcher.json('$aws/events/subscriptions/subscribed/watcher')
})
afterAll(async () => {
  await watcher.mqtt.endAsync(true)
  await local.close()
})

const presence = (event: string, clientId: string) => watcher.json(`$aws/events/presence/${event}/${clientId}`)

const closing = ({ mqtt }: TestClient) => new Promise<void>((resolve) => mqtt.once('close', () => resolve()))

test('connected, subscribed, unsubscribed and disconnected share the session', async () => {
  const clientId = 'pump-17'
  await using client = await connectDevice(local, device, { clientId })
  const connected = await presence('connected', clientId)
  expect(connected).toEqual({
    clientId,
    timestamp: expect.any(Number),
    eventType: 'connected',
    sessionIdentifier: expect.stringMatching(/^[0-9a-f]{32}$/),
    principalIdentifier: device.certificateId,
    ipAddress: expect.stringMatching(/^(127\.0\.0\.1|::1)$/),
    versionNumber: 0,
  })
  const { sessionIdentifier, principalIdentifier } = connected
  await client.mqtt.subscribeAsync(['pump-17/cmd/#', 'a'])
  expect(await watcher.json(`$aws/events/subscriptions/subscribed/${clientId}`)).toEqual({
    clientId,
    timestamp: expect.any(Number),
    eventType: 'subscribed',
    sessionIdentifier,
    principalIdentifier,
    topics: ['pump-17/cmd/#', 'a'],
  })
  await client.mqtt.unsubscribeAsync('a')
  expect(await watcher.json(`$aws/events/subscriptions/unsubscribed/${clientId}`)).toMatchObject({
    eventType: 'unsubscribed',
    topics: ['a'],
  })
  await client.mqtt.endAsync()
  expect(await presence('disconnected', clientId)).toEqual({
    clientId,
    timestamp: expect.any(Number),
    eventType: 'disconnected',
    sessionIdentifier,
    principalIdentifier,
    clientInitiatedDisconnect: true,
    disconnectReason: 'CLIENT_INITIATED_DISCONNECT',
    versionNumber: 0,
  })
})

test('the version number grows with each connection of a client id', async () => {
  for (const versionNumber of [0, 1, 2]) {
    await using client = await connectDevice(local, device, { clientId: 'again' })
    expect(await presence('connected', 'again')).toMatchObject({ versionNumber })
    await client.mqtt.endAsync()
    expect(await presence('disconnected', 'again')).toMatchObject({ versionNumber })
  }
})

test('the version number restarts after more than an hour offline', async () => {
  await using own = await startLocal()
  const visitor = await makeDevice(own)
  const visit = async () => {
    await using observer = await connectDevice(own, visitor, { clientId: 'observer' })
    await observer.mqtt.subscribeAsync('$aws/events/presence/+/roamer', { qos: 1 })
    await using client = await connectDevice(own, visitor, { clientId: 'roamer' })
    const { versionNumber } = await observer.json('$aws/events/presence/connected/roamer')
    await client.mqtt.endAsync()
    await observer.json('$aws/events/presence/disconnected/roamer')
    return versionNumber
  }
  expect([await visit(), await visit()]).toEqual([0, 1])
  own.advanceClock(3_601_000)
  expect(await visit()).toBe(0)
})

describe('why a client is gone', () => {
  test('its socket broke: CONNECTION_LOST, with its will', async () => {
    const will = { topic: 'will/lost', payload: Buffer.from('bye'), qos: 1 as const, retain: false }
    await watcher.mqtt.subscribeAsync('will/#', { qos: 1 })
    await using client = await connectDevice(local, device, { clientId: 'lost', will })
    client.mqtt.stream.destroy()
    expect(await presence('disconnected', 'lost')).toMatchObject({
      clientInitiatedDisconnect: false,
      disconnectReason: 'CONNECTION_LOST',
    })
    expect((await watcher.inbox.take(({ topic }) => topic === 'will/lost')).text).toBe('bye')
  })

  test('another one took its client id: DUPLICATE_CLIENTID', async () => {
    await using first = await connectDevice(local, device, { clientId: 'twice' })
    await presence('connected', 'twice')
    await using second = await connectDevice(local, device, { clientId: 'twice' })
    expect(await presence('disconnected', 'twice')).toMatchObject({
      disconnectReason: 'DUPLICATE_CLIENTID',
      versionNumber: 0,
    })
    expect(await presence('connected', 'twice')).toMatchObject({ versionNumber: 1 })
    if (first.mqtt.connected) await closing(first)
    expect(second.mqtt.connected).toBe(true)
  })

  test('a WebSocket that sends a Close frame has said goodbye, and its will is not published', async () => {
    const will = { topic: 'will/closed', payload: Buffer.from('bye'), qos: 1 as const, retain: false }
    await watcher.mqtt.subscribeAsync('will/#', { qos: 1 })
    await using client = await connectWebSocket(local, { clientId: 'closing', will })
    client.mqtt.stream.end() // the stream's end is the WebSocket's Close frame
    expect(await presence('disconnected', 'closing')).toMatchObject({
      clientInitiatedDisconnect: true,
      disconnectReason: 'CLIENT_INITIATED_DISCONNECT',
    })
    await watcher.mqtt.publishAsync('will/marker', '', { qos: 1 })
    expect((await watcher.inbox.take(({ topic }) => topic.startsWith('will/'))).topic).toBe('will/marker')
  })

  test('a CONNECT that was not allowed: connect_failed', async () => {
    const denied = await makeDevice(local, { policy: policyOf(['Allow', 'iot:Publish', '*']) })
    const client = startDevice(local, denied, { clientId: 'denied' })
    client.on('error', () => client.end(true))
    expect(await presence('connect_failed', 'denied')).toMatchObject({
      eventType: 'connect_failed',
      connectFailureReason: 'AUTHORIZATION_FAILED',
      principalIdentifier: denied.certificateId,
    })
  })
})

test('client ids with + or # have no events', async () => {
  await using client = await connectDevice(local, device, { clientId: 'a+b' })
  await using plain = await connectDevice(local, device, { clientId: 'plain' })
  await presence('connected', 'plain')
  expect(watcher.inbox.rest.filter(({ text }) => text.includes('a+b'))).toEqual([])
  expect([client.mqtt.connected, plain.mqtt.connected]).toEqual([true, true])
})
