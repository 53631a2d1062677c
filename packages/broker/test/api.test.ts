import type { IPublishPacket } from 'mqtt-packet'
import { describe, expect, test } from 'vitest'
import type { BrokerStore, MessageProperties } from '../src/index.ts'
import { memoryStore } from '../src/index.ts'
import { TestBroker } from './test-broker.ts'

const payload = Buffer.from('hello')

describe('sendDirect', () => {
  test('QoS 0: delivered without a subscription', async () => {
    await using test = new TestBroker()
    const client = await test.connect(5, 'client')
    const message = { topic: 'direct/1', payload, properties: { contentType: 'text/plain' } }
    expect(await test.broker.sendDirect('client', message, { qos: 0, timeoutMs: 5000 })).toBe('delivered')
    expect(await client.receiveAll()).toMatchObject([
      { topic: 'direct/1', qos: 0, payload, properties: { contentType: 'text/plain' } },
    ])
  })

  test('QoS 1: resolves with the PUBACK', async () => {
    await using test = new TestBroker()
    const client = await test.connect(4, 'client')
    const result = test.broker.sendDirect('client', { topic: 'd', payload }, { qos: 1, timeoutMs: 5000 })
    const packet = (await client.receive()) as IPublishPacket
    client.send({ cmd: 'puback', messageId: packet.messageId })
    expect(await result).toBe('acknowledged')
  })

  test('QoS 1 without PUBACK: timeout', async () => {
    await using test = new TestBroker()
    const client = await test.connect(4, 'client')
    const result = test.broker.sendDirect('client', { topic: 'd', payload }, { qos: 1, timeoutMs: 5000 })
    const packet = (await client.receive()) as IPublishPacket
    test.clock.advance(5000)
    expect(await result).toBe('timeout')
    client.send({ cmd: 'puback', messageId: packet.messageId })
    expect(await client.receiveAll()).toEqual([])
  })

  test('to a client that leaves, is not there, may not receive, or takes no more', async () => {
    await using test = new TestBroker({
      hooks: { authorizeReceive: (_, topic) => topic !== 'no' },
      limits: { outboundInFlight: 1 },
    })
    const options = { qos: 1, timeoutMs: 5000 } as const
    const client = await test.connect(5, 'client', { properties: { maximumPacketSize: 100 } })
    const send = (topic: string, bytes: Uint8Array = payload) =>
      test.broker.sendDirect('client', { topic, payload: bytes }, options)
    expect(await test.broker.sendDirect('nobody', { topic: 'd', payload }, options)).toBe('not-connected')
    expect(await send('no')).toBe('not-authorized')
    expect(await send('d', Buffer.alloc(200))).toBe('not-deliverable')
    const pending = send('d')
    expect(await send('d')).toBe('not-deliverable')
    await client.receive()
    await client.drop()
    expect(await pending).toBe('not-connected')
  })
})

test('deliverTo answers a client that did not subscribe', async () => {
  await using test = new TestBroker({ hooks: { authorizeReceive: (_, topic) => topic !== 'no' } })
  const client = await test.connect(5, 'client')
  expect(test.broker.deliverTo('client', { topic: 'answer', payload, qos: 1 })).toBe(true)
  expect(test.broker.deliverTo('client', { topic: 'answer', payload })).toBe(true)
  expect(test.broker.deliverTo('client', { topic: 'no', payload })).toBe(false)
  expect(test.broker.deliverTo('nobody', { topic: 'answer', payload })).toBe(false)
  expect(await client.receiveAll()).toMatchObject([{ qos: 1 }, { qos: 0 }])
})

test('publish refuses what is no topic name', async () => {
  await using test = new TestBroker()
  await expect(test.broker.publish({ topic: 'a/+', payload })).rejects.toThrow(RangeError)
})

test.each<[what: string, properties: MessageProperties]>([
  ['U+0000 [MQTT-1.5.4-2]', { contentType: 'a\0b' }],
  ['a lone surrogate [MQTT-1.5.4-1]', { userProperties: [['k', '\ud800']] }],
  ['a longer string than MQTT has', { responseTopic: 'é'.repeat(32_768) }],
  ['more correlation data than MQTT has', { correlationData: new Uint8Array(65_536) }],
])('publish refuses properties with %s', async (_, properties) => {
  await using test = new TestBroker()
  await expect(test.broker.publish({ topic: 'a', payload, properties })).rejects.toThrow(RangeError)
})

describe('disconnect', () => {
  test('MQTT 5 hears 0x98; the session stays unless it is to be cleaned', async () => {
    await using test = new TestBroker()
    const options = { clean: false, properties: { sessionExpiryInterval: 60 } }
    const first = await test.connect(5, 'client', options)
    expect(test.broker.disconnect('client')).toBe(true)
    expect(await first.receiveUntilClosed()).toMatchObject([{ cmd: 'disconnect', reasonCode: 0x98 }])
    const second = test.open(5)
    expect(await second.connect(options)).toMatchObject({ sessionPresent: true })
    expect(test.broker.disconnect('client', { cleanSession: true })).toBe(true)
    expect(await test.open(5).connect(options)).toMatchObject({ sessionPresent: false })
  })

  test('of a client that is away: cleans its session, or finds nothing', async () => {
    await using test = new TestBroker()
    const first = await test.connect(4, 'client', { clean: false })
    await first.drop()
    expect(test.broker.disconnect('client')).toBe(false)
    expect(test.broker.disconnect('client', { cleanSession: true })).toBe(true)
    expect(test.broker.disconnect('client', { cleanSession: true })).toBe(false)
    expect([...test.broker.store.sessions()]).toEqual([])
  })
})

test('reauthorize drops those that are not allowed any more', async () => {
  await using test = new TestBroker()
  const kept = await test.connect(5, 'kept')
  const dropped = await test.connect(5, 'dropped')
  test.broker.reauthorize(({ context }) => context.user !== 'dropped')
  expect(await dropped.receiveUntilClosed()).toMatchObject([{ cmd: 'disconnect', reasonCode: 0x87 }])
  expect(await kept.receiveAll()).toEqual([])
  expect(test.events.at(-1)).toEqual(['disconnected', 'dropped', 'FORBIDDEN_ACCESS'])
})

test('clients and subscriptions are listed', async () => {
  await using test = new TestBroker()
  const client = await test.connect(5, 'client', { keepalive: 5, clean: true })
  await client.subscribe('a')
  expect(test.broker.client('client')).toEqual({
    clientId: 'client',
    context: { user: 'client' },
    protocolVersion: 5,
    transport: expect.objectContaining({ remoteAddress: '198.51.100.20' }),
    connectedAtMs: test.clock.now(),
    keepAliveSeconds: 30,
    requestedKeepAliveSeconds: 5,
    cleanStart: true,
    sessionExpirySeconds: 0,
  })
  expect([...test.broker.clients()]).toHaveLength(1)
  expect(test.broker.subscriptions('client')).toEqual([{ filter: 'a', qos: 1 }])
  expect(test.broker.subscriptions('nobody')).toBeUndefined()
})

describe('close', () => {
  test('tells MQTT 5 clients 0x8B, publishes wills, and resolves when all is closed', async () => {
    await using test = new TestBroker()
    const v5 = await test.connect(5, 'v5')
    const v4 = await test.connect(4, 'v4')
    await test.broker.close()
    expect(await v5.receiveUntilClosed()).toMatchObject([{ cmd: 'disconnect', reasonCode: 0x8b }])
    expect(await v4.receiveUntilClosed()).toEqual([])
    expect(test.events.slice(2)).toEqual([
      ['disconnected', 'v5', 'SERVER_INITIATED_DISCONNECT'],
      ['disconnected', 'v4', 'SERVER_INITIATED_DISCONNECT'],
    ])
    await test.broker.close()
  })

  test('whoever comes then is sent away', async () => {
    await using test = new TestBroker()
    await test.broker.close()
    expect(await test.open(4).receiveUntilClosed()).toEqual([])
  })
})

describe('a store that fails', () => {
  function failingStore(fails: Partial<Record<keyof BrokerStore, boolean>>): BrokerStore {
    const store = memoryStore()
    return new Proxy(store, {
      get(target, name: keyof BrokerStore) {
        if (fails[name]) {
          return () => {
            throw new Error('disk full')
          }
        }
        const value = target[name]
        return typeof value === 'function' ? value.bind(target) : value
      },
    })
  }

  test('a message that could not be stored is not acknowledged; others notice nothing', async () => {
    await using test = new TestBroker({ store: failingStore({ putRetained: true }) })
    const other = await test.connect(5, 'other')
    const client = await test.connect(5, 'client')
    client.publish('a', '1', { qos: 1, messageId: 1, retain: true })
    expect(await client.receiveUntilClosed()).toMatchObject([{ cmd: 'disconnect', reasonCode: 0x80 }])
    expect(await other.receiveAll()).toEqual([])
    expect(test.errors).toEqual([new Error('disk full')])
  })

  test('a turn that could not be committed acknowledges nothing', async () => {
    const fails = { commit: false }
    await using test = new TestBroker({ store: failingStore(fails) })
    const client = await test.connect(5, 'client')
    fails.commit = true
    client.publish('a', '1', { qos: 1, messageId: 1, retain: true })
    expect(await client.receiveUntilClosed()).toEqual([])
    expect(test.events.at(-1)).toEqual(['disconnected', 'client', 'SERVER_ERROR'])
  })
})

test('one turn is one commit, before anything is acknowledged', async () => {
  const log: string[] = []
  const store = memoryStore()
  store.commit = () => log.push('commit')
  await using test = new TestBroker({ store })
  const client = await test.connect(5, 'client')
  log.length = 0
  client.stream.on('data', () => log.push('acknowledged'))
  client.stream.cork()
  for (let messageId = 1; messageId <= 50; messageId++) client.publish('a', '1', { qos: 1, messageId, retain: true })
  client.stream.uncork()
  await client.receiveAll()
  expect(log.slice(0, 2)).toEqual(['commit', 'acknowledged'])
})
