import { describe, expect, test, vi } from 'vitest'
import { memoryStore } from '../src/index.ts'
import { TestBroker } from './test-broker.ts'

const BOTH = [4, 5] as const
const OFF = Number.POSITIVE_INFINITY

describe.each(BOTH)('protocol level %i', (version) => {
  test('[MQTT-3.8.4-6] one code per filter, in order', async () => {
    await using test = new TestBroker()
    const client = await test.connect(version, 'client')
    client.send({
      cmd: 'subscribe',
      messageId: 7,
      subscriptions: [
        { topic: 'a', qos: 0 },
        { topic: 'b/+', qos: 1 },
        { topic: '$share/g/c', qos: 1 },
      ],
    })
    expect(await client.receive()).toMatchObject({ cmd: 'suback', messageId: 7, granted: [0, 1, 1] })
    expect(test.broker.subscriptions('client')).toEqual([
      { filter: 'a', qos: 0 },
      { filter: 'b/+', qos: 1 },
      { filter: '$share/g/c', qos: 1 },
    ])
    expect(test.events.at(-1)).toEqual(['subscribed', 'client', ['a', 'b/+', '$share/g/c']])
  })

  test('a subscription that is there as it should be is acknowledged, and stored no second time', async () => {
    const store = memoryStore()
    const putSession = vi.spyOn(store, 'putSession')
    await using test = new TestBroker({ store })
    const client = await test.connect(version, 'client', { clean: false, properties: { sessionExpiryInterval: 3600 } })
    await client.subscribe('a')
    await client.subscribe('$share/g/b')
    putSession.mockClear()
    await client.subscribe('a')
    await client.subscribe('$share/g/b')
    expect(putSession).not.toHaveBeenCalled()
    await client.subscribe('a', { qos: 0 })
    expect(putSession).toHaveBeenCalledOnce()
    await test.broker.publish({ topic: 'a', payload: Buffer.from('1'), qos: 1 })
    expect(await client.receiveAll()).toMatchObject([{ topic: 'a', qos: 0 }])
  })

  test('[MQTT-3.10.4-2] after UNSUBACK nothing more is sent', async () => {
    await using test = new TestBroker()
    const client = await test.connect(version, 'client')
    await client.subscribe('a')
    await client.subscribe('b')
    client.send({ cmd: 'unsubscribe', messageId: 9, unsubscriptions: ['a', 'never'] })
    expect(await client.receive()).toMatchObject({ cmd: 'unsuback', messageId: 9 })
    await test.broker.publish({ topic: 'a', payload: Buffer.from('1') })
    await test.broker.publish({ topic: 'b', payload: Buffer.from('2') })
    expect(await client.receiveAll()).toMatchObject([{ topic: 'b' }])
    expect(test.events.at(-1)).toEqual(['unsubscribed', 'client', ['a']])
  })

  test('the 51st subscription is refused, but not the 50th again', async () => {
    await using test = new TestBroker()
    const client = await test.connect(version, 'client')
    for (let index = 0; index < 50; index++) {
      expect(await client.subscribe(`t/${index}`)).toMatchObject({ granted: [1] })
    }
    expect(await client.subscribe('t/50')).toMatchObject({ granted: [version === 5 ? 0x97 : 0x80] })
    expect(await client.subscribe('t/49')).toMatchObject({ granted: [1] })
    expect(test.broker.subscriptions('client')).toHaveLength(50)
  })

  test('nine filters in one SUBSCRIBE end the connection', async () => {
    await using test = new TestBroker()
    const client = await test.connect(version, 'client')
    const subscriptions = Array.from({ length: 9 }, (_, index) => ({ topic: `t/${index}`, qos: 0 }))
    client.send({ cmd: 'subscribe', messageId: 7, subscriptions: subscriptions.slice(1) })
    expect(await client.receive()).toMatchObject({ cmd: 'suback' })
    client.send({ cmd: 'subscribe', messageId: 8, subscriptions })
    const last = await client.receiveUntilClosed()
    expect(last).toMatchObject(version === 5 ? [{ cmd: 'disconnect', reasonCode: 0x97 }] : [])
  })

  test('limits that are off', async () => {
    await using test = new TestBroker({
      limits: { filtersPerSubscribe: OFF, subscriptionsPerClient: OFF, topicSlashes: OFF, topicBytes: OFF },
    })
    const client = await test.connect(version, 'client')
    const subscriptions = Array.from({ length: 100 }, (_, index) => ({ topic: `${'x/'.repeat(200)}${index}`, qos: 0 }))
    client.send({ cmd: 'subscribe', messageId: 8, subscriptions })
    expect(await client.receive()).toMatchObject({ granted: new Array(100).fill(0) })
  })

  test('[MQTT-4.7.1-1], [MQTT-4.7.1-2] a filter that is none', async () => {
    for (const filter of ['a/#/b', 'a+', '', '$share//a', '$share/g/', '$share/g+/a']) {
      await using test = new TestBroker()
      const client = await test.connect(version, 'client')
      client.send({ cmd: 'subscribe', messageId: 7, subscriptions: [{ topic: filter || 'x', qos: 0 }] })
      if (filter === '') continue
      if (version === 5) expect(await client.receive()).toMatchObject({ granted: [0x8f] })
      else expect(await client.receiveUntilClosed()).toEqual([])
    }
  })

  test.each([
    ['257 bytes', 'x'.repeat(257)],
    ['eight slashes', '1/2/3/4/5/6/7/8/9'],
  ])('a filter of %s', async (_, filter) => {
    await using test = new TestBroker()
    const client = await test.connect(version, 'client')
    expect(await client.subscribe(filter)).toMatchObject({ granted: [version === 5 ? 0x8f : 0x80] })
  })

  test('the prefix of a shared subscription counts toward no limit', async () => {
    await using test = new TestBroker()
    const client = await test.connect(version, 'client')
    expect(await client.subscribe(`$share/${'g'.repeat(128)}/1/2/3/4/5/6/7/${'x'.repeat(242)}`)).toMatchObject({
      granted: [1],
    })
  })
})

test('MQTT 5: UNSUBACK 0x8F for a filter that is none', async () => {
  await using test = new TestBroker()
  const client = await test.connect(5, 'client')
  client.send({ cmd: 'unsubscribe', messageId: 9, unsubscriptions: ['a', 'a/#/b'] })
  expect(await client.receive()).toMatchObject({ cmd: 'unsuback', granted: [0, 0x8f] })
})

describe('not authorized', () => {
  const hooks = { authorizeSubscribe: (_: unknown, filter: string) => filter !== 'no' }
  const subscriptions = [
    { topic: 'yes', qos: 0 },
    { topic: 'no', qos: 0 },
  ]

  test('MQTT 3.1.1: the connection is closed, and the session has no subscription that nobody heard of', async () => {
    await using test = new TestBroker({ hooks })
    const client = await test.connect(4, 'client', { clean: false })
    client.send({ cmd: 'subscribe', messageId: 7, subscriptions })
    expect(await client.receiveUntilClosed()).toEqual([])
    expect(test.events.at(-1)).toEqual(['disconnected', 'client', 'AUTH_ERROR'])
    expect(test.broker.subscriptions('client')).toEqual([])
  })

  test('MQTT 5: 0x87 for that filter, and the others hold', async () => {
    await using test = new TestBroker({ hooks })
    const client = await test.connect(5, 'client')
    client.send({ cmd: 'subscribe', messageId: 7, subscriptions })
    expect(await client.receive()).toMatchObject({
      granted: [0, 0x87],
      properties: { reasonString: expect.any(String) },
    })
    expect(test.broker.subscriptions('client')).toEqual([{ filter: 'yes', qos: 0 }])
  })

  test('the hook is asked for the literal filter of a shared subscription', async () => {
    const asked: string[] = []
    await using test = new TestBroker({ hooks: { authorizeSubscribe: (_, filter) => asked.push(filter) > 0 } })
    const client = await test.connect(5, 'client')
    await client.subscribe('$share/g/a/+')
    expect(asked).toEqual(['$share/g/a/+'])
  })
})

describe('what AWS does not support', () => {
  test('QoS 2: MQTT 3.1.1 hears nothing, MQTT 5 gets DISCONNECT 0x9B', async () => {
    await using test = new TestBroker()
    const v4 = await test.connect(4, 'v4')
    v4.send({ cmd: 'subscribe', messageId: 7, subscriptions: [{ topic: 'a', qos: 2 }] })
    expect(await v4.receiveAll()).toEqual([])
    const v5 = await test.connect(5, 'v5')
    v5.send({ cmd: 'subscribe', messageId: 7, subscriptions: [{ topic: 'a', qos: 2 }] })
    expect(await v5.receiveUntilClosed()).toMatchObject([{ cmd: 'disconnect', reasonCode: 0x9b }])
  })

  test('subscription identifiers: DISCONNECT 0xA1', async () => {
    await using test = new TestBroker()
    const client = await test.connect(5, 'client')
    client.send({
      cmd: 'subscribe',
      messageId: 7,
      subscriptions: [{ topic: 'a', qos: 0 }],
      properties: { subscriptionIdentifier: 1 },
    })
    expect(await client.receiveUntilClosed()).toMatchObject([{ cmd: 'disconnect', reasonCode: 0xa1 }])
  })

  test('[MQTT-3.8.3-4] no local on a shared subscription: DISCONNECT 0x82', async () => {
    await using test = new TestBroker()
    const client = await test.connect(5, 'client')
    client.send({ cmd: 'subscribe', messageId: 7, subscriptions: [{ topic: '$share/g/a', qos: 0, nl: true }] })
    expect(await client.receiveUntilClosed()).toMatchObject([{ cmd: 'disconnect', reasonCode: 0x82 }])
  })
})
