import type { IPublishPacket } from 'mqtt-packet'
import { describe, expect, test } from 'vitest'
import { memoryStore } from '../src/index.ts'
import { FakeClock } from './fake-clock.ts'
import type { PacketClient } from './packet-client.ts'
import { TestBroker } from './test-broker.ts'

const BOTH = [4, 5] as const

/** Of a persistent session, whatever the version. */
function persistent(version: 4 | 5, expirySeconds = 3600) {
  return { clean: false, ...(version === 5 ? { properties: { sessionExpiryInterval: expirySeconds } } : {}) }
}

async function publish(test: TestBroker, payload: string, topic = 'a', qos: 0 | 1 = 1) {
  await test.broker.publish({ topic, payload: Buffer.from(payload), qos })
}

async function payloads(client: PacketClient): Promise<string[]> {
  return (await client.receiveAll()).map((packet) => String((packet as IPublishPacket).payload))
}

function acknowledge(client: PacketClient, packet: { messageId?: number | undefined }) {
  client.send({ cmd: 'puback', messageId: packet.messageId })
}

describe.each(BOTH)('a persistent session of protocol level %i', (version) => {
  test('[MQTT-3.1.2-4] keeps subscriptions and QoS 1 messages; session present says so', async () => {
    await using test = new TestBroker()
    const first = test.open(version)
    expect(await first.connect(persistent(version))).toMatchObject({ sessionPresent: false })
    await first.subscribe('a')
    await first.subscribe('b', { qos: 0 })
    await first.drop()
    await publish(test, '1')
    await publish(test, 'QoS 0 is not stored', 'a', 0)
    await publish(test, 'nor for a QoS 0 subscription', 'b')
    const second = test.open(version)
    expect(await second.connect(persistent(version))).toMatchObject({ sessionPresent: true })
    await publish(test, '2')
    expect(await payloads(second)).toEqual(['1', '2'])
    expect(test.broker.subscriptions('client')).toEqual([
      { filter: 'a', qos: 1 },
      { filter: 'b', qos: 0 },
    ])
  })

  test('[MQTT-4.4.0-1] what was not acknowledged is sent again, with its packet id and DUP, before the rest', async () => {
    await using test = new TestBroker()
    const first = await test.connect(version, 'client', persistent(version))
    await first.subscribe('a')
    for (const payload of ['1', '2', '3']) await publish(test, payload)
    const sent = (await first.receiveAll()) as IPublishPacket[]
    acknowledge(first, { messageId: sent[1]?.messageId })
    await first.receiveAll()
    await first.drop()
    await publish(test, '4')
    const second = await test.connect(version, 'client', persistent(version))
    expect(await second.receiveAll()).toMatchObject([
      { dup: true, messageId: sent[0]?.messageId, payload: Buffer.from('1') },
      { dup: true, messageId: sent[2]?.messageId, payload: Buffer.from('3') },
      { dup: false, payload: Buffer.from('4') },
    ])
  })

  test('ends with a clean connect', async () => {
    await using test = new TestBroker()
    const first = await test.connect(version, 'client', persistent(version))
    await first.subscribe('a')
    await first.drop()
    await publish(test, '1')
    const second = test.open(version)
    expect(await second.connect({ clean: true })).toMatchObject({ sessionPresent: false })
    expect(await payloads(second)).toEqual([])
    await second.drop()
    expect(await test.open(version).connect(persistent(version))).toMatchObject({ sessionPresent: false })
    expect([...test.broker.store.sessions()]).toHaveLength(1)
  })

  test('ends an hour after the disconnect, not earlier', async () => {
    await using test = new TestBroker()
    const first = await test.connect(version, 'client', persistent(version))
    test.clock.advance(50_000)
    await first.subscribe('a')
    await first.drop()
    test.clock.advance(3_599_999)
    expect(test.broker.subscriptions('client')).toEqual([{ filter: 'a', qos: 1 }])
    test.clock.advance(1)
    expect(test.broker.subscriptions('client')).toBeUndefined()
    expect([...test.broker.store.sessions()]).toEqual([])
    expect(await test.open(version).connect(persistent(version))).toMatchObject({ sessionPresent: false })
  })

  test('AWS: cannot be resumed in the other version', async () => {
    await using test = new TestBroker()
    const first = await test.connect(version, 'client', persistent(version))
    await first.subscribe('a')
    await first.drop()
    const other = version === 4 ? 5 : 4
    expect(await test.open(other).connect(persistent(other))).toMatchObject({ sessionPresent: false })
    expect(test.broker.subscriptions('client')).toEqual([])
  })

  test('survives the broker', async () => {
    const store = memoryStore()
    const clock = new FakeClock()
    await using before = new TestBroker({ store, clock })
    const first = await before.connect(version, 'client', persistent(version))
    await first.subscribe('a')
    const idle = await before.connect(version, 'idle', persistent(version))
    await idle.drop()
    await publish(before, '1')
    await publish(before, '2')
    const [sent] = (await first.receiveAll()) as IPublishPacket[]
    acknowledge(first, { messageId: sent?.messageId })
    await first.receiveAll() // and now the process is gone: nothing was closed
    clock.advance(1000)
    await using after = new TestBroker({ store, clock })
    expect(after.broker.subscriptions('client')).toEqual([{ filter: 'a', qos: 1 }])
    await publish(after, '3')
    const second = after.open(version)
    expect(await second.connect(persistent(version))).toMatchObject({ sessionPresent: true })
    expect(await payloads(second)).toEqual(['2', '3'])
    clock.advance(3_598_999)
    expect(after.broker.subscriptions('idle')).toEqual([])
    clock.advance(1)
    expect(after.broker.subscriptions('idle')).toBeUndefined()
  })

  test('that expired while the broker was away is gone', async () => {
    const store = memoryStore()
    const clock = new FakeClock()
    {
      await using before = new TestBroker({ store, clock })
      const first = await before.connect(version, 'client', persistent(version))
      await first.subscribe('a')
      await first.drop()
      await publish(before, '1')
    }
    clock.advance(3_600_000)
    await using after = new TestBroker({ store, clock })
    expect(after.broker.subscriptions('client')).toBeUndefined()
    expect(store.queueLength('client')).toBe(0)
  })

  test('AWS: what was stored comes at 10 messages a second; new messages do not wait for it', async () => {
    await using test = new TestBroker({ limits: { storedMessagesPerSecond: 10 } })
    const first = await test.connect(version, 'client', persistent(version))
    await first.subscribe('a')
    await first.drop()
    for (let index = 0; index < 25; index++) await publish(test, String(index))
    const second = await test.connect(version, 'client', persistent(version))
    await publish(test, 'new')
    const stored = Array.from({ length: 25 }, (_, index) => String(index))
    expect(await payloads(second)).toEqual([...stored.slice(0, 10), 'new'])
    test.clock.advance(1000)
    expect(await payloads(second)).toEqual(stored.slice(10, 20))
    test.clock.advance(1000)
    expect(await payloads(second)).toEqual(stored.slice(20))
  })

  test('a message that expired while it waited is not sent', async () => {
    await using test = new TestBroker()
    const first = await test.connect(version, 'client', persistent(version))
    await first.subscribe('a')
    await first.drop()
    const expiresAtMs = test.clock.now() + 5000
    await test.broker.publish({ topic: 'a', payload: Buffer.from('1'), qos: 1, expiresAtMs })
    await publish(test, '2')
    test.clock.advance(5000)
    const second = await test.connect(version, 'client', persistent(version))
    expect(await payloads(second)).toEqual(['2'])
    expect(test.broker.store.queueLength('client')).toBe(1)
  })

  test('a message that the client may not receive any more is not sent', async () => {
    let isAllowed = true
    await using test = new TestBroker({ hooks: { authorizeReceive: () => isAllowed } })
    const first = await test.connect(version, 'client', persistent(version))
    await first.subscribe('a')
    await first.drop()
    await publish(test, '1')
    isAllowed = false
    const second = await test.connect(version, 'client', persistent(version))
    expect(await payloads(second)).toEqual([])
    expect(test.broker.store.queueLength('client')).toBe(0)
  })

  test('holds as many messages as the limit says', async () => {
    await using test = new TestBroker({ limits: { queuedMessages: 2 } })
    const first = await test.connect(version, 'client', persistent(version))
    await first.subscribe('a')
    await first.drop()
    for (const payload of ['1', '2', '3']) await publish(test, payload)
    const second = await test.connect(version, 'client', persistent(version))
    expect(await payloads(second)).toEqual(['1', '2'])
  })
})

describe('flow control', () => {
  test.each([
    ['the limit', 4, {}, 100],
    ['[MQTT-3.3.4-9] the receive maximum of the client', 5, { receiveMaximum: 3 }, 3],
  ] as const)('no more than %s is in flight, and each PUBACK lets one out', async (_, version, properties, window) => {
    for (const clean of [true, false]) {
      await using test = new TestBroker()
      const options = { clean, ...(version === 5 ? { properties: { ...properties, sessionExpiryInterval: 60 } } : {}) }
      const client = await test.connect(version, 'client', options)
      await client.subscribe('a')
      for (let index = 0; index < window + 2; index++) await publish(test, String(index))
      const sent = (await client.receiveAll()) as IPublishPacket[]
      expect(sent).toHaveLength(window)
      acknowledge(client, { messageId: sent[0]?.messageId })
      expect(await payloads(client)).toEqual([String(window)])
      await publish(test, 'QoS 0 does not wait', 'a', 0)
      expect(await payloads(client)).toEqual(['QoS 0 does not wait'])
      acknowledge(client, { messageId: sent[1]?.messageId })
      acknowledge(client, { messageId: sent[2]?.messageId })
      expect(await payloads(client)).toEqual([String(window + 1)])
      await publish(test, 'last')
      expect(await payloads(client)).toEqual(['last'])
    }
  })

  test('a smaller receive maximum after a reconnect holds for what is sent again', async () => {
    await using test = new TestBroker()
    const options = (receiveMaximum: number) => ({
      clean: false,
      properties: { receiveMaximum, sessionExpiryInterval: 60 },
    })
    const first = await test.connect(5, 'client', options(10))
    await first.subscribe('a')
    for (let index = 0; index < 5; index++) await publish(test, String(index))
    await first.receiveAll()
    await first.drop()
    const second = await test.connect(5, 'client', options(2))
    await publish(test, '5')
    for (let index = 0; index < 5; index += 2) {
      const sent = (await second.receiveAll()) as IPublishPacket[]
      expect(sent.map(({ payload }) => String(payload))).toEqual([String(index), String(index + 1)])
      for (const packet of sent) acknowledge(second, packet)
    }
    expect(await second.receiveAll()).toEqual([])
    expect(test.broker.store.queueLength('client')).toBe(0)
  })

  test('a PUBACK of a message that was to be sent again settles it', async () => {
    await using test = new TestBroker()
    const options = { clean: false, properties: { receiveMaximum: 1, sessionExpiryInterval: 60 } }
    const first = await test.connect(5, 'client', { ...options, properties: { sessionExpiryInterval: 60 } })
    await first.subscribe('a')
    await publish(test, '1')
    await publish(test, '2')
    const [, waiting] = (await first.receiveAll()) as IPublishPacket[]
    await first.drop()
    const second = await test.connect(5, 'client', options)
    const [again] = (await second.receiveAll()) as IPublishPacket[]
    acknowledge(second, { messageId: waiting?.messageId })
    expect(await second.receiveAll()).toEqual([])
    await publish(test, '3')
    expect(await second.receiveAll()).toEqual([])
    acknowledge(second, { messageId: again?.messageId })
    expect(await payloads(second)).toEqual(['3'])
  })

  test('a PUBACK that answers nothing is ignored', async () => {
    await using test = new TestBroker()
    const client = await test.connect(4, 'client')
    acknowledge(client, { messageId: 77 })
    expect(await client.receiveAll()).toEqual([])
  })
})

describe('session expiry of MQTT 5', () => {
  test('[MQTT-3.1.2-23] 0 ends the session with its connection', async () => {
    await using test = new TestBroker()
    const first = await test.connect(5, 'client', { clean: false })
    await first.subscribe('a')
    await first.drop()
    expect(await test.open(5).connect({ clean: false })).toMatchObject({ sessionPresent: false })
    expect([...test.broker.store.sessions()]).toEqual([])
  })

  test('DISCONNECT replaces it', async () => {
    await using test = new TestBroker()
    const first = await test.connect(5, 'client', persistent(5, 60))
    first.send({ cmd: 'disconnect', properties: { sessionExpiryInterval: 600 } })
    await first.receiveUntilClosed()
    test.clock.advance(599_999)
    expect(test.broker.subscriptions('client')).toEqual([])
    const second = await test.connect(5, 'client', persistent(5, 60))
    second.send({ cmd: 'disconnect', properties: { sessionExpiryInterval: 0 } })
    await second.receiveUntilClosed()
    expect(test.broker.subscriptions('client')).toBeUndefined()
  })

  test('DISCONNECT cannot give one to a session that had none', async () => {
    await using test = new TestBroker()
    const client = await test.connect(5, 'client')
    client.send({ cmd: 'disconnect', properties: { sessionExpiryInterval: 60 } })
    expect(await client.receiveUntilClosed()).toMatchObject([{ cmd: 'disconnect', reasonCode: 0x82 }])
    expect(test.broker.subscriptions('client')).toBeUndefined()
  })

  test('a session without end, where the limit is off', async () => {
    await using test = new TestBroker({ limits: { sessionExpirySeconds: Number.POSITIVE_INFINITY } })
    const first = await test.connect(5, 'client', persistent(5, 0xffff_ffff))
    await first.drop()
    test.clock.advance(1e12)
    expect(await test.open(5).connect(persistent(5))).toMatchObject({ sessionPresent: true })
  })
})

test('a session that is resumed without expiry ends with that connection, queue included', async () => {
  await using test = new TestBroker()
  const first = await test.connect(5, 'client', persistent(5))
  await first.subscribe('a')
  await first.drop()
  await publish(test, '1')
  const second = await test.connect(5, 'client', { clean: false })
  expect(await payloads(second)).toEqual(['1'])
  await second.drop()
  expect([...test.broker.store.sessions()]).toEqual([])
  expect(test.broker.store.queueLength('client')).toBe(0)
})

test('a subscription made while messages wait goes on to receive in order', async () => {
  await using test = new TestBroker({ limits: { outboundInFlight: 1, storedMessagesPerSecond: 1 } })
  const first = await test.connect(4, 'client', persistent(4))
  await first.subscribe('a')
  await first.drop()
  await publish(test, 'stored')
  const second = await test.connect(4, 'client', persistent(4))
  for (const payload of ['1', '2', '3']) await publish(test, payload)
  const order: string[] = []
  for (let index = 0; index < 4; index++) {
    const [packet] = (await second.receiveAll()) as IPublishPacket[]
    order.push(String(packet?.payload))
    acknowledge(second, { messageId: packet?.messageId })
  }
  expect(order).toEqual(['stored', '1', '2', '3'])
  expect(await second.receiveAll()).toEqual([])
  expect(test.broker.store.queueLength('client')).toBe(0)
})
