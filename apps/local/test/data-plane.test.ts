import {
  DeleteConnectionCommand,
  GetConnectionCommand,
  GetRetainedMessageCommand,
  IoTDataPlaneClient,
  ListRetainedMessagesCommand,
  ListSubscriptionsCommand,
  PublishCommand,
  SendDirectMessageCommand,
} from '@aws-sdk/client-iot-data-plane'
import type { IConnackPacket } from 'mqtt'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Local, startLocal } from '../src/index.ts'
import { type DeviceIdentity, makeDevice } from './support/device.ts'
import { connectDevice, startDevice } from './support/mqtt-client.ts'

let local: Local
let data: IoTDataPlaneClient
let device: DeviceIdentity

beforeAll(async () => {
  local = await startLocal()
  data = new IoTDataPlaneClient(local.sdk)
})
beforeEach(async () => {
  local.reset()
  device = await makeDevice(local)
})
afterAll(async () => {
  data.destroy()
  await local.close()
})

describe('Publish', () => {
  test('carries all MQTT 5 properties', async () => {
    await using client = await connectDevice(local, device)
    await client.mqtt.subscribeAsync('a/b', { qos: 1 })
    await data.send(
      new PublishCommand({
        topic: 'a/b',
        qos: 1,
        payload: Buffer.from('hello'),
        userProperties: '[{"deviceName":"alpha"},{"deviceCnt":"45"}]',
        payloadFormatIndicator: 'UTF8_DATA',
        contentType: 'text/plain',
        responseTopic: 'reply/to',
        correlationData: Buffer.from('c1').toString('base64'),
        messageExpiry: 100,
      }),
    )
    const { text, packet } = await client.inbox.take()
    expect(text).toBe('hello')
    expect({ ...packet.properties }).toMatchObject({
      userProperties: { deviceName: 'alpha', deviceCnt: '45' },
      payloadFormatIndicator: true,
      contentType: 'text/plain',
      responseTopic: 'reply/to',
      correlationData: Buffer.from('c1'),
    })
    expect(packet.properties?.messageExpiryInterval).toBeGreaterThan(95)
  })

  test.each([
    ['U+0000 in a user property', { userProperties: '[{"k":"a\\u0000b"}]' }],
    ['a lone surrogate in a user property', { userProperties: '[{"\\ud800":"v"}]' }],
    ['U+0000 in the content type', { contentType: 'a\0b' }],
    ['257 bytes of content type', { contentType: 'c'.repeat(257) }],
    ['257 bytes of correlation data', { correlationData: Buffer.alloc(257).toString('base64') }],
    ['8,193 bytes of user properties', { userProperties: JSON.stringify([{ k: 'v'.repeat(8192) }]) }],
  ])('%s is refused: clients could not have sent it, and would close on receiving it', async (_, members) => {
    const publish = data.send(new PublishCommand({ topic: 'a/b', ...members }))
    await expect(publish).rejects.toMatchObject({ name: 'InvalidRequestException' })
  })

  test('takes an unencoded topic, as the guide has it', async () => {
    await using client = await connectDevice(local, device)
    await client.mqtt.subscribeAsync('#', { qos: 1 })
    for (const topic of ['a/b c/ü', 'a//b', 'with?query']) {
      await data.send(new PublishCommand({ topic, payload: Buffer.from('x') }))
      expect((await client.inbox.take()).topic).toBe(topic)
    }
  })

  test.each([
    [{ topic: 'a/+/b' }, 'InvalidRequestException'],
    [{ topic: 'a/#' }, 'InvalidRequestException'],
    [{ topic: 'a/'.repeat(8) }, 'InvalidRequestException'],
    [{ topic: 'a'.repeat(257) }, 'InvalidRequestException'],
    [{ topic: '$aws/nothing' }, 'ForbiddenException'],
    [{ topic: '$aws/things/a/shadow/update', retain: true }, 'InvalidRequestException'],
    [{ topic: 'a', userProperties: '{"a":1}' }, 'InvalidRequestException'],
    [{ topic: 'a', responseTopic: 'a/#' }, 'InvalidRequestException'],
    [{ topic: 'a', messageExpiry: -1 }, 'InvalidRequestException'],
    [{ topic: 'a', payload: Buffer.alloc(128 * 1024 + 1) }, 'RequestEntityTooLargeException'],
  ])('refuses %o', async (input, name) => {
    await expect(data.send(new PublishCommand(input))).rejects.toMatchObject({ name })
  })

  test('reaches the shadow service', async () => {
    await using client = await connectDevice(local, device)
    await client.mqtt.subscribeAsync('$aws/things/t/shadow/update/accepted', { qos: 1 })
    const payload = Buffer.from('{"state":{"reported":{"a":1}}}')
    await data.send(new PublishCommand({ topic: '$aws/things/t/shadow/update', payload }))
    expect(await client.json('$aws/things/t/shadow/update/accepted')).toMatchObject({ version: 1 })
  })
})

describe('retained messages', () => {
  test('are kept, listed, replaced and removed', async () => {
    await using client = await connectDevice(local, device)
    const userProperties = { unit: 'C' }
    await client.mqtt.publishAsync('r/2', 'two', { qos: 1, retain: true, properties: { userProperties } })
    await data.send(new PublishCommand({ topic: 'r/1', payload: Buffer.from('one'), retain: true }))

    const found = await data.send(new GetRetainedMessageCommand({ topic: 'r/2' }))
    expect(found).toMatchObject({ topic: 'r/2', qos: 1, lastModifiedTime: expect.any(Number) })
    expect(Buffer.from(found.payload ?? []).toString()).toBe('two')
    expect(Buffer.from(found.userProperties ?? []).toString()).toBe('[{"unit":"C"}]')

    const first = await data.send(new ListRetainedMessagesCommand({ maxResults: 1 }))
    const second = await data.send(new ListRetainedMessagesCommand({ nextToken: first.nextToken }))
    expect([first.retainedTopics, second.retainedTopics]).toMatchObject([
      [{ topic: 'r/1', payloadSize: 3, qos: 0 }],
      [{ topic: 'r/2', payloadSize: 3, qos: 1 }],
    ])
    expect(second.nextToken).toBeUndefined()

    await client.mqtt.subscribeAsync('r/1', { qos: 1 })
    const { text, packet } = await client.inbox.take()
    expect([text, packet.retain]).toEqual(['one', true])
    await data.send(new PublishCommand({ topic: 'r/1', retain: true }))
    await expect(data.send(new GetRetainedMessageCommand({ topic: 'r/1' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    })
  })

  test('end when they expire', async () => {
    await data.send(new PublishCommand({ topic: 'r', payload: Buffer.from('x'), retain: true, messageExpiry: 60 }))
    local.advanceClock(61_000)
    await expect(data.send(new GetRetainedMessageCommand({ topic: 'r' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    })
    expect((await data.send(new ListRetainedMessagesCommand({}))).retainedTopics).toEqual([])
  })
})

describe('connections', () => {
  test('GetConnection tells of a live one, and for half an hour of one that ended', async () => {
    const client = await connectDevice(local, device, { clientId: 'c1', keepalive: 45 })
    const get = (includeSocketInformation = false) =>
      data.send(new GetConnectionCommand({ clientId: 'c1', includeSocketInformation }))
    const live = await get()
    expect(live).toMatchObject({
      connected: true,
      clientId: 'c1',
      cleanSession: true,
      keepAliveDuration: 45,
      sessionExpiry: 0,
      connectedSince: expect.any(Number),
    })
    expect(live).not.toHaveProperty('sourceIp')
    expect(await get(true)).toMatchObject({
      sourceIp: expect.stringMatching(/^(127\.0\.0\.1|::1)$/),
      targetPort: Number(new URL(local.urls.mqtts).port),
    })
    await client.mqtt.endAsync()
    await using other = await connectDevice(local, device) // its CONNACK comes after the DISCONNECT was read
    expect(other.mqtt.connected).toBe(true)
    expect(await get()).toMatchObject({
      connected: false,
      disconnectReason: 'CLIENT_INITIATED_DISCONNECT',
      disconnectedSince: expect.any(Number),
    })
    local.advanceClock(31 * 60_000)
    await expect(get()).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
  })

  test('ListSubscriptions, in pages', async () => {
    await using client = await connectDevice(local, device, { clientId: 'c1' })
    await client.mqtt.subscribeAsync(['b/#', 'a', '$share/g/c'], { qos: 1 })
    const list = (nextToken?: string) =>
      data.send(new ListSubscriptionsCommand({ clientId: 'c1', maxResults: 2, nextToken }))
    const first = await list()
    const second = await list(first.nextToken)
    expect([first.subscriptions, second.subscriptions]).toEqual([
      [
        { topicFilter: '$share/g/c', qos: 1 },
        { topicFilter: 'a', qos: 1 },
      ],
      [{ topicFilter: 'b/#', qos: 1 }],
    ])
    await expect(data.send(new ListSubscriptionsCommand({ clientId: 'nobody' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    })
  })

  test('SendDirectMessage needs no subscription', async () => {
    await using client = await connectDevice(local, device, { clientId: 'c1' })
    const send = (clientId: string, topic: string, confirmation: boolean) =>
      data.send(new SendDirectMessageCommand({ clientId, topic, confirmation, payload: Buffer.from('x') }))
    expect((await send('c1', 'direct/1', true)).message).toBe('OK')
    await send('c1', 'direct/2', false)
    expect([(await client.inbox.take()).packet.qos, (await client.inbox.take()).packet.qos]).toEqual([1, 0])
    await expect(send('nobody', 'a', false)).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
    await expect(send('c1', '$aws/x', false)).rejects.toMatchObject({ name: 'InvalidRequestException' })
  })

  test('DeleteConnection ends the connection, and with cleanSession the session', async () => {
    const options = { clientId: 'c1', clean: false, properties: { sessionExpiryInterval: 600 } }
    const client = await connectDevice(local, device, options)
    await client.mqtt.subscribeAsync('a', { qos: 1 })
    const reason = new Promise((resolve) => client.mqtt.once('disconnect', (packet) => resolve(packet.reasonCode)))
    const closed = new Promise((resolve) => client.mqtt.once('close', () => resolve(undefined)))
    await data.send(new DeleteConnectionCommand({ clientId: 'c1' }))
    expect(await reason).toBe(0x98)
    await closed
    expect(await data.send(new GetConnectionCommand({ clientId: 'c1' }))).toMatchObject({
      connected: false,
      disconnectReason: 'API_INITIATED_DISCONNECT',
    })
    await data.send(new DeleteConnectionCommand({ clientId: 'c1', cleanSession: true }))
    await expect(data.send(new ListSubscriptionsCommand({ clientId: 'c1' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    })
    await expect(data.send(new DeleteConnectionCommand({ clientId: 'nobody' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    })
    client.mqtt.end(true)
  })

  describe.each([
    ['3.1.1', 4],
    ['5', 5],
  ] as const)('with MQTT %s', (_, protocolVersion) => {
    const will = { topic: 'will/c1', payload: Buffer.from('gone'), qos: 1, retain: false } as const

    test.each([
      [false, ['gone', 'after']],
      [true, ['after']],
    ])('DeleteConnection with preventWillMessage %s: others hear %j', async (preventWillMessage, heard) => {
      await using other = await connectDevice(local, device, { protocolVersion })
      await other.mqtt.subscribeAsync(['will/#', 'after'], { qos: 1 })
      const client = await connectDevice(local, device, { clientId: 'c1', protocolVersion, will })
      const closed = new Promise((resolve) => client.mqtt.once('close', () => resolve(undefined)))
      await data.send(new DeleteConnectionCommand({ clientId: 'c1', preventWillMessage }))
      await closed
      await data.send(new PublishCommand({ topic: 'after', payload: Buffer.from('after'), qos: 1 }))
      const texts: string[] = []
      while (texts.at(-1) !== 'after') texts.push((await other.inbox.take()).text)
      expect(texts).toEqual(heard)
    })

    test.each([
      [false, ['queued']],
      [true, []],
    ])('DeleteConnection with cleanSession %s: of what was queued is left %j', async (cleanSession, left) => {
      const properties = protocolVersion === 5 ? { properties: { sessionExpiryInterval: 600 } } : {}
      const options = { clientId: 'c1', protocolVersion, clean: false, ...properties }
      const client = await connectDevice(local, device, options)
      await client.mqtt.subscribeAsync('a', { qos: 1 })
      const closed = new Promise((resolve) => client.mqtt.once('close', () => resolve(undefined)))
      await data.send(new DeleteConnectionCommand({ clientId: 'c1' }))
      await closed
      await data.send(new PublishCommand({ topic: 'a', payload: Buffer.from('queued'), qos: 1 }))
      await data.send(new DeleteConnectionCommand({ clientId: 'c1', cleanSession }))
      const back = startDevice(local, device, options)
      const inbox: string[] = []
      back.on('message', (_topic, payload) => inbox.push(String(payload)))
      const connack = await new Promise<IConnackPacket>((resolve) => back.once('connect', resolve))
      expect(connack.sessionPresent).toBe(!cleanSession)
      await back.subscribeAsync('end', { qos: 1 })
      const ended = new Promise((resolve) => back.on('message', (topic) => topic === 'end' && resolve(undefined)))
      await data.send(new PublishCommand({ topic: 'end', payload: Buffer.from('end'), qos: 1 }))
      await ended
      expect(inbox).toEqual([...left, 'end'])
      await back.endAsync(true)
    })

    test('SendDirectMessage carries its properties to who can read them, and is neither retained nor queued', async () => {
      await using client = await connectDevice(local, device, { clientId: 'c1', protocolVersion })
      await using other = await connectDevice(local, device, { protocolVersion })
      await other.mqtt.subscribeAsync('direct', { qos: 1 })
      const send = (clientId: string, confirmation = true) =>
        data.send(
          new SendDirectMessageCommand({
            clientId,
            topic: 'direct',
            confirmation,
            timeout: 5,
            payload: Buffer.from('x'),
            contentType: 'text/plain',
            responseTopic: 'reply/to',
            correlationData: Buffer.from('c1').toString('base64'),
            payloadFormatIndicator: 'UTF8_DATA',
            userProperties: '[{"deviceName":"alpha"}]',
          }),
        )
      expect(await send('c1')).toMatchObject({ message: 'OK', traceId: expect.any(String) })
      const { text, packet } = await client.inbox.take()
      expect([text, packet.retain]).toEqual(['x', false])
      if (protocolVersion === 5) {
        expect({ ...packet.properties }).toMatchObject({
          contentType: 'text/plain',
          responseTopic: 'reply/to',
          correlationData: Buffer.from('c1'),
          payloadFormatIndicator: true,
          userProperties: { deviceName: 'alpha' },
        })
      } else expect(packet.properties).toBeUndefined()
      await data.send(new PublishCommand({ topic: 'direct', payload: Buffer.from('to all'), qos: 1 }))
      expect((await other.inbox.take()).text).toBe('to all') // and nothing before it
      await expect(data.send(new GetRetainedMessageCommand({ topic: 'direct' }))).rejects.toMatchObject({
        name: 'ResourceNotFoundException',
      })
    })
  })

  test.each([
    ['a client id with $ in front', { clientId: '$c1' }, 'InvalidRequestException'],
    ['a topic with a wildcard', { topic: 'a/#' }, 'InvalidRequestException'],
    ['a time out of its range', { confirmation: true, timeout: 16 }, 'InvalidRequestException'],
    ['129 KB of payload', { payload: Buffer.alloc(128 * 1024 + 1) }, 'RequestEntityTooLargeException'],
  ])('SendDirectMessage refuses %s', async (_, change, name) => {
    await using client = await connectDevice(local, device, { clientId: 'c1' })
    expect(client.mqtt.connected).toBe(true)
    const send = data.send(new SendDirectMessageCommand({ clientId: 'c1', topic: 'a', ...change }))
    await expect(send).rejects.toMatchObject({ name })
  })

  test('SendDirectMessage waits no longer than it is told for a client that does not confirm', async () => {
    await using client = await connectDevice(local, device, { clientId: 'c1' })
    client.mqtt.handleMessage = () => {} // answers nothing, so that there is no PUBACK
    const once = new IoTDataPlaneClient({ ...local.sdk, maxAttempts: 1 })
    const send = once.send(new SendDirectMessageCommand({ clientId: 'c1', topic: 'a', confirmation: true, timeout: 1 }))
    await expect(send).rejects.toMatchObject({ name: 'GatewayTimeoutException' })
    once.destroy()
  })
})
