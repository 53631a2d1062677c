import type { IPublishPacket } from 'mqtt-packet'
import { describe, expect, test } from 'vitest'
import { encodeProperties } from '../src/codec/properties.ts'
import { encodePublish } from '../src/codec/publish.ts'
import type { PacketClient } from './packet-client.ts'
import { TestBroker } from './test-broker.ts'

const BOTH = [4, 5] as const

async function pair(test: TestBroker, filter: string, versions: { from: 4 | 5; to: 4 | 5 } = { from: 5, to: 5 }) {
  const subscriber = await test.connect(versions.to, 'subscriber')
  await subscriber.subscribe(filter)
  const publisher = await test.connect(versions.from, 'publisher')
  return { subscriber, publisher }
}

async function receivePublish(client: PacketClient): Promise<IPublishPacket> {
  const packet = await client.receive()
  if (packet.cmd !== 'publish') throw new Error(`${packet.cmd} instead of publish`)
  return packet
}

describe.each(BOTH)('from protocol level %i', (from) => {
  test.each(BOTH)('to %i: QoS is the lower of both, and the payload is the same', async (to) => {
    await using test = new TestBroker()
    const { subscriber, publisher } = await pair(test, 'dt/+/temp', { from, to })
    const payload = 'x'.repeat(300)
    publisher.publish('dt/p7/temp', payload, { qos: 1, messageId: 7 })
    expect(await publisher.receive()).toMatchObject({ cmd: 'puback', messageId: 7 })
    const first = await receivePublish(subscriber)
    expect(first).toMatchObject({ topic: 'dt/p7/temp', qos: 1, retain: false, dup: false })
    expect(String(first.payload)).toBe(payload)
    publisher.publish('dt/p7/temp', '')
    expect(await receivePublish(subscriber)).toMatchObject({ qos: 0, payload: Buffer.alloc(0) })
    await subscriber.subscribe('dt/+/temp', { qos: 0 })
    publisher.publish('dt/p7/temp', '1', { qos: 1, messageId: 8 })
    expect(await receivePublish(subscriber)).toMatchObject({ qos: 0 })
  })

  test('DUP is not passed on [MQTT-3.3.1-3]', async () => {
    await using test = new TestBroker()
    const { subscriber, publisher } = await pair(test, 'a', { from, to: from })
    publisher.publish('a', '1', { qos: 1, messageId: 7, dup: true })
    expect(await receivePublish(subscriber)).toMatchObject({ dup: false })
  })

  test('a client with two matching filters gets one copy, at the higher QoS', async () => {
    await using test = new TestBroker()
    const { subscriber, publisher } = await pair(test, 'a/+', { from, to: from })
    await subscriber.subscribe('a/#', { qos: 0 })
    publisher.publish('a/b', '1', { qos: 1, messageId: 7 })
    expect(await receivePublish(subscriber)).toMatchObject({ qos: 1 })
    expect(await subscriber.receiveAll()).toEqual([])
  })

  test('a/# does not match a (AWS), unless told so', async () => {
    for (const hashMatchesParent of [false, true]) {
      await using test = new TestBroker({ hashMatchesParent })
      const { subscriber, publisher } = await pair(test, 'a/#', { from, to: from })
      publisher.publish('a', '1')
      await publisher.receiveAll()
      expect(await subscriber.receiveAll()).toHaveLength(hashMatchesParent ? 1 : 0)
    }
  })

  test('many messages at once arrive in order, whatever their QoS', async () => {
    await using test = new TestBroker({ limits: { outboundInFlight: 1000, inboundInFlight: 1000 } })
    const { subscriber, publisher } = await pair(test, '#', { from, to: from })
    for (let index = 0; index < 500; index++) {
      publisher.publish(`t/${index % 7}`, String(index), index % 3 === 0 ? { qos: 1, messageId: index + 1 } : {})
    }
    const payloads: string[] = []
    while (payloads.length < 500) payloads.push(String((await receivePublish(subscriber)).payload))
    expect(payloads).toEqual(Array.from({ length: 500 }, (_, index) => String(index)))
  })
})

describe('what AWS does not support', () => {
  test('QoS 2: MQTT 3.1.1 hears nothing, MQTT 5 gets DISCONNECT 0x9B', async () => {
    await using test = new TestBroker()
    const { subscriber, publisher } = await pair(test, 'a', { from: 4, to: 4 })
    publisher.publish('a', '1', { qos: 2, messageId: 7 })
    expect(await publisher.receiveAll()).toEqual([])
    expect(await subscriber.receiveAll()).toEqual([])
    const v5 = await test.connect(5, 'v5')
    v5.publish('a', '1', { qos: 2, messageId: 7 })
    expect(await v5.receiveUntilClosed()).toMatchObject([{ cmd: 'disconnect', reasonCode: 0x9b }])
  })
})

describe('refused topics and payloads', () => {
  type Row = [what: string, topic: string, payloadBytes: number, v5: number]
  test.each<Row>([
    ['a wildcard [MQTT-3.3.2-2]', 'a/+', 1, 0x90],
    ['257 bytes', `${'é'.repeat(128)}x`, 1, 0x90],
    ['eight slashes', '1/2/3/4/5/6/7/8/9', 1, 0x90],
    ['a payload of more than 128 KB', 'a', 131_073, 0x95],
  ])('%s', async (_, topic, payloadBytes, reasonCode) => {
    for (const version of BOTH) {
      await using test = new TestBroker()
      const { subscriber, publisher } = await pair(test, '#', { from: version, to: version })
      publisher.publish(topic, 'x'.repeat(payloadBytes))
      const last = await publisher.receiveUntilClosed()
      expect(last).toMatchObject(version === 5 ? [{ cmd: 'disconnect', reasonCode }] : [])
      expect(await subscriber.receiveAll()).toEqual([])
      expect(test.events.at(-1)).toEqual(['disconnected', 'publisher', 'CLIENT_ERROR'])
    }
  })

  test('256 bytes, seven slashes and 128 KB are allowed', async () => {
    await using test = new TestBroker()
    const { subscriber, publisher } = await pair(test, '#')
    const topic = `1/2/3/4/5/6/7/${'x'.repeat(242)}`
    publisher.publish(topic, 'x'.repeat(131_072))
    expect(await receivePublish(subscriber)).toMatchObject({ topic })
  })

  test('a packet beyond the maximum is refused by its fixed header, before its body came', async () => {
    for (const version of BOTH) {
      await using test = new TestBroker()
      const client = await test.connect(version, 'client')
      client.write(Buffer.from('30ffffff7f', 'hex'))
      const last = await client.receiveUntilClosed()
      expect(last).toMatchObject(version === 5 ? [{ cmd: 'disconnect', reasonCode: 0x95 }] : [])
    }
  })
})

describe('not authorized', () => {
  const hooks = { authorizePublish: (_: unknown, topic: string, retain: boolean) => topic !== 'no' && !retain }

  test.each([
    ['no', {}],
    ['yes', { retain: true }],
  ])('MQTT 3.1.1: to %s %o closes the connection, whatever the QoS', async (topic, options) => {
    for (const qos of [0, 1]) {
      await using test = new TestBroker({ hooks })
      const client = await test.connect(4, 'client')
      client.publish(topic, '1', { ...options, qos, messageId: 7 })
      expect(await client.receiveUntilClosed()).toEqual([])
      expect(test.events.at(-1)).toEqual(['disconnected', 'client', 'AUTH_ERROR'])
    }
  })

  test('MQTT 5, QoS 1: PUBACK 0x87, and the connection stays', async () => {
    await using test = new TestBroker({ hooks })
    const client = await test.connect(5, 'client')
    client.publish('no', '1', { qos: 1, messageId: 7 })
    expect(await client.receiveAll()).toMatchObject([
      { cmd: 'puback', messageId: 7, reasonCode: 0x87, properties: { reasonString: expect.any(String) } },
    ])
  })

  test('[MQTT-3.1.2-29] without problem information there is no reason string', async () => {
    await using test = new TestBroker({ hooks })
    const client = await test.connect(5, 'client', { properties: { requestProblemInformation: false } })
    client.publish('no', '1', { qos: 1, messageId: 7 })
    const [puback] = await client.receiveAll()
    expect(puback).toMatchObject({ cmd: 'puback', reasonCode: 0x87 })
    expect(puback).not.toHaveProperty('properties.reasonString')
  })

  test('MQTT 5, QoS 0: DISCONNECT 0x87', async () => {
    await using test = new TestBroker({ hooks })
    const client = await test.connect(5, 'client')
    client.publish('no', '1')
    expect(await client.receiveUntilClosed()).toMatchObject([{ cmd: 'disconnect', reasonCode: 0x87 }])
    expect(test.events.at(-1)).toEqual(['disconnected', 'client', 'AUTH_ERROR'])
  })

  test('to receive: not delivered, and the subscription stays', async () => {
    await using test = new TestBroker({ hooks: { authorizeReceive: (_, topic) => topic !== 'secret' } })
    const { subscriber, publisher } = await pair(test, '#')
    publisher.publish('secret', '1', { qos: 1, messageId: 7 })
    publisher.publish('open', '2')
    await publisher.receiveAll()
    expect(await subscriber.receiveAll()).toMatchObject([{ topic: 'open' }])
    expect(test.broker.subscriptions('subscriber')).toEqual([{ filter: '#', qos: 1 }])
  })
})

describe('the message hook', () => {
  test('sees messages with their properties, and consumes them', async () => {
    const seen: unknown[] = []
    await using test = new TestBroker({
      hooks: {
        onMessage: (message, client) => {
          seen.push({ ...message, payload: String(message.payload), by: client?.clientId })
          return message.topic.startsWith('$aws/rules/') ? 'consume' : 'deliver'
        },
      },
    })
    const { subscriber, publisher } = await pair(test, '#')
    publisher.publish('$aws/rules/r/a', '1', { qos: 1, messageId: 7, properties: { contentType: 'x' } })
    expect(await publisher.receive()).toMatchObject({ cmd: 'puback', messageId: 7 })
    await test.broker.publish({ topic: 'b', payload: Buffer.from('2') })
    expect(await receivePublish(subscriber)).toMatchObject({ topic: 'b' })
    const receivedAtMs = test.clock.now()
    expect(seen).toEqual([
      {
        topic: '$aws/rules/r/a',
        payload: '1',
        qos: 1,
        retain: false,
        properties: { contentType: 'x' },
        receivedAtMs,
        by: 'publisher',
      },
      { topic: 'b', payload: '2', qos: 0, retain: false, properties: {}, receivedAtMs, by: undefined },
    ])
  })

  test.each([4, 5] as const)('gives a message of a publisher of level %d other properties', async (version) => {
    const properties = { userProperties: [['site', 'north']] as const }
    await using test = new TestBroker({
      hooks: {
        onMessage: (message) => {
          message.properties = { ...message.properties, ...properties }
          return 'deliver'
        },
      },
    })
    const { subscriber, publisher } = await pair(test, 'a', { from: version, to: 5 })
    publisher.publish('a', '1', { qos: 1, messageId: 7, ...(version === 5 && { properties: { contentType: 'x' } }) })
    publisher.publish('a', '2')
    const added = { userProperties: { site: 'north' } }
    expect((await receivePublish(subscriber)).properties).toEqual({
      ...(version === 5 && { contentType: 'x' }),
      ...added,
    })
    expect((await receivePublish(subscriber)).properties).toEqual(added)
  })

  test('delays PUBACK and delivery with a promise; the client may have as many in flight as it was told', async () => {
    const gate = Promise.withResolvers<'deliver'>()
    await using test = new TestBroker({ hooks: { onMessage: () => gate.promise }, limits: { inboundInFlight: 2 } })
    const { subscriber, publisher } = await pair(test, 'a')
    publisher.publish('a', '1', { qos: 1, messageId: 1 })
    publisher.publish('a', '2', { qos: 1, messageId: 2 })
    publisher.publish('a', '3')
    expect(await publisher.receiveAll()).toEqual([])
    gate.resolve('deliver')
    expect(await publisher.receive()).toMatchObject({ cmd: 'puback', messageId: 1 })
    expect(await publisher.receive()).toMatchObject({ cmd: 'puback', messageId: 2 })
    expect(await subscriber.receiveAll()).toHaveLength(3)
  })

  test('[MQTT-3.3.4-9] MQTT 5: one more in flight is DISCONNECT 0x93', async () => {
    await using test = new TestBroker({
      hooks: { onMessage: () => new Promise(() => {}) },
      limits: { inboundInFlight: 1 },
    })
    const client = await test.connect(5, 'client')
    client.publish('a', '1', { qos: 1, messageId: 1 })
    client.publish('a', '2', { qos: 1, messageId: 2 })
    expect(await client.receiveUntilClosed()).toMatchObject([{ cmd: 'disconnect', reasonCode: 0x93 }])
  })

  test('MQTT 5: a packet id that is in use is PUBACK 0x91', async () => {
    await using test = new TestBroker({ hooks: { onMessage: () => new Promise(() => {}) } })
    const client = await test.connect(5, 'client')
    client.publish('a', '1', { qos: 1, messageId: 1 })
    client.publish('a', '2', { qos: 1, messageId: 1 })
    expect(await client.receiveAll()).toMatchObject([{ cmd: 'puback', messageId: 1, reasonCode: 0x91 }])
  })

  test('MQTT 3.1.1: the client is not read further while too much is in flight', async () => {
    const gates: ((verdict: 'deliver') => void)[] = []
    await using test = new TestBroker({
      hooks: {
        onMessage: () => new Promise((resolve) => void gates.push(resolve)),
      },
      limits: { inboundInFlight: 1 },
    })
    const client = await test.connect(4, 'client')
    client.publish('a', '1', { qos: 1, messageId: 1 })
    client.publish('a', '2', { qos: 1, messageId: 2 })
    const other = await test.connect(4, 'other')
    expect(await other.receiveAll()).toEqual([])
    expect(gates).toHaveLength(1)
    gates[0]?.('deliver')
    expect(await client.receive()).toMatchObject({ cmd: 'puback', messageId: 1 })
    gates[1]?.('deliver')
    expect(await client.receive()).toMatchObject({ cmd: 'puback', messageId: 2 })
  })

  test('that fails: no PUBACK, the connection ends with SERVER_ERROR, others notice nothing', async () => {
    for (const fail of [
      () => Promise.reject(new Error('no')),
      () => {
        throw new Error('no')
      },
    ]) {
      await using test = new TestBroker({ hooks: { onMessage: fail } })
      const { subscriber, publisher } = await pair(test, 'a')
      publisher.publish('a', '1', { qos: 1, messageId: 1 })
      expect(await publisher.receiveUntilClosed()).toMatchObject([{ cmd: 'disconnect', reasonCode: 0x80 }])
      expect(await subscriber.receiveAll()).toEqual([])
      expect(test.errors).toEqual([new Error('no')])
      expect(test.events.at(-1)).toEqual(['disconnected', 'publisher', 'SERVER_ERROR'])
    }
  })
})

describe('MQTT 5 properties', () => {
  test('[MQTT-3.3.2-15] and following: travel unchanged to MQTT 5, and not at all to 3.1.1', async () => {
    await using test = new TestBroker()
    const { subscriber, publisher } = await pair(test, 'a')
    const old = await test.connect(4, 'old')
    await old.subscribe('a')
    const properties = {
      payloadFormatIndicator: true,
      messageExpiryInterval: 60,
      contentType: 'application/json',
      responseTopic: 'answers/1',
      correlationData: Buffer.from('c-1'),
      userProperties: { a: '1', b: ['2', '3'] },
    }
    publisher.publish('a', '{}', { properties })
    expect(await receivePublish(subscriber)).toMatchObject({ properties })
    expect(await receivePublish(old)).toMatchObject({ payload: Buffer.from('{}') })
  })

  test('[MQTT-3.3.2-17] user properties keep their order, across names and in retained copies', async () => {
    await using test = new TestBroker()
    const { subscriber, publisher } = await pair(test, 'a')
    const pairs = [
      ['b', '1'],
      ['a', '2'],
      ['b', '3'],
    ] as const
    const { bytes } = encodePublish('a', Buffer.from('x'), 0, true, encodeProperties({ userProperties: [...pairs] }))
    const received = new Promise<Buffer>((resolve) => subscriber.stream.once('data', resolve))
    publisher.write(bytes)
    const block = encodeProperties({ userProperties: [...pairs] })
    expect((await received).includes(block)).toBe(true)
    expect(test.broker.store.retained('a')?.properties.userProperties).toEqual(pairs)
  })

  test('[MQTT-3.3.2-6] message expiry: the rest of it is passed on, and what expired is not delivered', async () => {
    await using test = new TestBroker()
    const publisher = await test.connect(5, 'publisher')
    publisher.publish('a', '1', { retain: true, properties: { messageExpiryInterval: 10 } })
    await publisher.receiveAll()
    test.clock.advance(4500)
    const early = await test.connect(5, 'early')
    await early.subscribe('a')
    expect(await receivePublish(early)).toMatchObject({ properties: { messageExpiryInterval: 5 } })
    test.clock.advance(5000)
    await early.subscribe('a')
    expect(await receivePublish(early)).toMatchObject({ properties: { messageExpiryInterval: 0 } })
    test.clock.advance(500)
    await early.subscribe('a')
    expect(await early.receiveAll()).toEqual([])
    expect(test.broker.store.retained('a')).toBeUndefined()
  })

  test.each([
    [0, 1],
    [1, 1],
    [604_800, 604_800],
    [604_801, 604_800],
  ])('AWS: message expiry %i s becomes %i s', async (messageExpiryInterval, expected) => {
    await using test = new TestBroker()
    const { subscriber, publisher } = await pair(test, 'a')
    publisher.publish('a', '1', { properties: { messageExpiryInterval } })
    expect(await receivePublish(subscriber)).toMatchObject({ properties: { messageExpiryInterval: expected } })
  })

  test.each([
    ['[MQTT-3.3.2-14] a response topic with a wildcard', { responseTopic: 'a/+' }, 0x82],
    ['[MQTT-3.3.4-6] a subscription identifier', { subscriptionIdentifier: 3 }, 0x82],
  ])('%s ends the connection', async (_, properties, reasonCode) => {
    await using test = new TestBroker()
    const client = await test.connect(5, 'client')
    client.publish('a', '1', { qos: 1, messageId: 1, properties })
    expect(await client.receiveUntilClosed()).toMatchObject([{ cmd: 'disconnect', reasonCode }])
  })

  test('properties that are too large: PUBACK 0x97, or DISCONNECT 0x97 with QoS 0', async () => {
    await using test = new TestBroker()
    const client = await test.connect(5, 'client')
    const properties = { correlationData: Buffer.alloc(257) }
    client.publish('a', '1', { qos: 1, messageId: 1, properties })
    expect(await client.receiveAll()).toMatchObject([{ cmd: 'puback', reasonCode: 0x97 }])
    client.publish('a', '1', { properties: { userProperties: { k: 'x'.repeat(8192) } } })
    expect(await client.receiveUntilClosed()).toMatchObject([{ cmd: 'disconnect', reasonCode: 0x97 }])
  })
})

describe('topic aliases', () => {
  test('inbound: [MQTT-3.3.2-12] an alias stands for the topic it was last sent with', async () => {
    await using test = new TestBroker()
    const { subscriber, publisher } = await pair(test, '#')
    const send = (topic: string, topicAlias: number) => publisher.publish(topic, '', { properties: { topicAlias } })
    send('a', 1)
    send('', 1)
    send('b', 8)
    send('c', 1)
    send('', 1)
    send('', 8)
    const topics: string[] = []
    while (topics.length < 6) {
      const packet = await receivePublish(subscriber)
      topics.push(packet.topic)
      expect(packet).not.toHaveProperty('properties.topicAlias') // [MQTT-3.3.2-10] it allowed none
    }
    expect(topics).toEqual(['a', 'a', 'b', 'c', 'c', 'b'])
  })

  test.each([
    ['[MQTT-3.3.2-8] 0', 'a', 0, 0x94],
    ['[MQTT-3.3.2-9] above the maximum', 'a', 9, 0x94],
    ['without a topic it stands for', '', 3, 0x82],
    ['no topic and no alias', '', undefined, 0x82],
  ])('inbound: %s ends the connection', async (_, topic, topicAlias, reasonCode) => {
    await using test = new TestBroker()
    const client = await test.connect(5, 'client')
    const properties = encodeProperties(topicAlias === undefined ? {} : { topicAlias })
    client.write(encodePublish(topic, Buffer.from('1'), 0, false, properties).bytes)
    expect(await client.receiveUntilClosed()).toMatchObject([{ cmd: 'disconnect', reasonCode }])
  })

  test('outbound: the first topics get those that the client allows, at most eight', async () => {
    await using test = new TestBroker()
    const publisher = await test.connect(4, 'publisher')
    const subscriber = await test.connect(5, 'subscriber', { properties: { topicAliasMaximum: 20 } })
    await subscriber.subscribe('#')
    for (let index = 0; index < 10; index++) publisher.publish(`t${index}`, '')
    for (let index = 0; index < 10; index++) publisher.publish(`t${index}`, '')
    for (let index = 0; index < 20; index++) {
      const { topic, properties } = await receivePublish(subscriber)
      const number = index % 10
      expect(topic).toBe(index < 10 || number >= 8 ? `t${number}` : '')
      expect(properties?.topicAlias).toBe(number < 8 ? number + 1 : undefined)
    }
  })
})

describe('retained messages', () => {
  test('[MQTT-3.3.1-5] are kept and sent with RETAIN; live copies go without [MQTT-3.3.1-12]', async () => {
    await using test = new TestBroker()
    const { subscriber, publisher } = await pair(test, 'a')
    publisher.publish('a', '1', { qos: 1, messageId: 1, retain: true })
    expect(await receivePublish(subscriber)).toMatchObject({ retain: false })
    const late = await test.connect(4, 'late')
    expect(await late.subscribe('a')).toMatchObject({ cmd: 'suback' })
    expect(await receivePublish(late)).toMatchObject({ retain: true, qos: 1, topic: 'a' })
    await late.subscribe('a', { qos: 0 })
    expect(await receivePublish(late)).toMatchObject({ retain: true, qos: 0 })
  })

  test('[MQTT-3.3.1-6] an empty one removes it, and is published but not kept', async () => {
    await using test = new TestBroker()
    const { subscriber, publisher } = await pair(test, 'a')
    publisher.publish('a', '1', { retain: true })
    publisher.publish('a', '', { retain: true })
    expect(await receivePublish(subscriber)).toMatchObject({ retain: false })
    expect(await receivePublish(subscriber)).toMatchObject({ retain: false, payload: Buffer.alloc(0) })
    expect(test.broker.store.retained('a')).toBeUndefined()
  })

  test('AWS: wildcards and shared subscriptions get none', async () => {
    await using test = new TestBroker()
    await test.broker.publish({ topic: 'a', payload: Buffer.from('1'), retain: true })
    const client = await test.connect(5, 'client')
    for (const filter of ['+', '#', '$share/g/a']) await client.subscribe(filter)
    expect(await client.receiveAll()).toEqual([])
  })

  test('[MQTT-3.3.1-9] to [MQTT-3.3.1-11] retain handling', async () => {
    await using test = new TestBroker()
    await test.broker.publish({ topic: 'a', payload: Buffer.from('1'), retain: true })
    const client = await test.connect(5, 'client')
    const subscribe = async (rh: number) => {
      await client.subscribe('a', { rh })
      return (await client.receiveAll()).length
    }
    expect(await subscribe(2)).toBe(0)
    expect(await subscribe(1)).toBe(0)
    expect(await subscribe(0)).toBe(1)
    client.send({ cmd: 'unsubscribe', messageId: 2, unsubscriptions: ['a'] })
    await client.receive()
    expect(await subscribe(1)).toBe(1)
  })

  test('[MQTT-3.3.1-13] retain as published', async () => {
    await using test = new TestBroker()
    const client = await test.connect(5, 'client')
    await client.subscribe('a', { rap: true })
    await test.broker.publish({ topic: 'a', payload: Buffer.from('1'), retain: true })
    await test.broker.publish({ topic: 'a', payload: Buffer.from('2') })
    expect(await client.receiveAll()).toMatchObject([{ retain: true }, { retain: false }])
  })

  test('a retained message that the client may not receive is not sent', async () => {
    await using test = new TestBroker({ hooks: { authorizeReceive: () => false } })
    await test.broker.publish({ topic: 'a', payload: Buffer.from('1'), retain: true })
    const client = await test.connect(5, 'client')
    await client.subscribe('a')
    expect(await client.receiveAll()).toEqual([])
  })

  test('at the limit, only topics that have one get another', async () => {
    await using test = new TestBroker({ limits: { retainedMessages: 1 } })
    const client = await test.connect(5, 'client')
    client.publish('a', '1', { qos: 1, messageId: 1, retain: true })
    client.publish('b', '1', { qos: 1, messageId: 2, retain: true })
    client.publish('a', '2', { qos: 1, messageId: 3, retain: true })
    expect(await client.receiveAll()).toMatchObject([
      { messageId: 1, reasonCode: 0 },
      { messageId: 2, reasonCode: 0x97 },
      { messageId: 3, reasonCode: 0 },
    ])
  })
})

test('[MQTT-3.8.3-3] no local', async () => {
  await using test = new TestBroker()
  const client = await test.connect(5, 'client')
  await client.subscribe('a', { nl: true })
  client.publish('a', 'own')
  await test.broker.publish({ topic: 'a', payload: Buffer.from('other') })
  expect(await client.receiveAll()).toMatchObject([{ payload: Buffer.from('other') }])
})

test('[MQTT-3.1.2-24], [MQTT-3.1.2-25] a message too large for one client is delivered to the others', async () => {
  await using test = new TestBroker()
  const small = await test.connect(5, 'small', { properties: { maximumPacketSize: 100 } })
  await small.subscribe('a')
  const { subscriber, publisher } = await pair(test, 'a')
  publisher.publish('a', 'x'.repeat(200), { qos: 1, messageId: 1 })
  publisher.publish('a', 'y', { qos: 1, messageId: 2 })
  await publisher.receiveAll()
  expect(await subscriber.receiveAll()).toHaveLength(2)
  expect(await small.receiveAll()).toMatchObject([{ payload: Buffer.from('y') }])
})
