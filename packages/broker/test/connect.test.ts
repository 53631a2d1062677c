import { duplexPair } from 'node:stream'
import { describe, expect, test } from 'vitest'
import type { ConnectDecision } from '../src/index.ts'
import { FakeClock } from './fake-clock.ts'
import { TestBroker, type TestContext, TRANSPORT } from './test-broker.ts'

const BOTH = [4, 5] as const
const WILL = { topic: 'will/t', payload: Buffer.from('gone'), qos: 1, retain: false } as const

describe('CONNACK of MQTT 5 announces what AWS IoT Core announces', () => {
  test('the limits', async () => {
    await using test = new TestBroker()
    expect(await test.open(5).connect({ clientId: 'c', keepalive: 60 })).toMatchObject({
      cmd: 'connack',
      reasonCode: 0,
      sessionPresent: false,
      properties: {
        receiveMaximum: 100,
        maximumQoS: 1,
        retainAvailable: true,
        maximumPacketSize: 149_504,
        topicAliasMaximum: 8,
        wildcardSubscriptionAvailable: true,
        subscriptionIdentifiersAvailable: false,
        sharedSubscriptionAvailable: true,
        serverKeepAlive: 60,
      },
    })
  })

  test.each([
    [0, 1200],
    [1, 30],
    [29, 30],
    [30, 30],
    [600, 600],
    [1200, 1200],
    [1201, 1200],
    [65_535, 1200],
  ])('keep-alive %i s becomes %i s', async (keepalive, serverKeepAlive) => {
    await using test = new TestBroker()
    expect(await test.open(5).connect({ keepalive })).toMatchObject({ properties: { serverKeepAlive } })
  })

  test.each([
    [undefined, undefined],
    [0, undefined],
    [600, undefined],
    [3600, undefined],
    [3601, 3600],
    [0xffff_ffff, 3600],
  ])('session expiry %s s is answered with %s', async (asked, answered) => {
    await using test = new TestBroker()
    const properties = asked === undefined ? {} : { sessionExpiryInterval: asked }
    const connack = await test.open(5).connect({ properties })
    expect(connack).toMatchObject({ reasonCode: 0 })
    expect(connack.cmd === 'connack' && connack.properties?.sessionExpiryInterval).toBe(answered)
  })

  test('[MQTT-3.2.2-16] a client without an id gets one', async () => {
    await using test = new TestBroker({ newClientId: () => 'made-up' })
    const connack = await test.open(5).connect({ clientId: '' })
    expect(connack).toMatchObject({ properties: { assignedClientIdentifier: 'made-up' } })
    expect(test.broker.client('made-up')).toMatchObject({ clientId: 'made-up' })
  })

  test('limits that are off are not announced', async () => {
    const off = Number.POSITIVE_INFINITY
    await using test = new TestBroker({
      limits: { inboundInFlight: off, packetBytes: off, keepAliveMaxSeconds: off, keepAliveMinSeconds: 0 },
    })
    const connack = await test.open(5).connect({ keepalive: 0 })
    expect(connack).toMatchObject({ reasonCode: 0, properties: { serverKeepAlive: 0 } })
    expect(connack).not.toHaveProperty('properties.receiveMaximum')
    expect(connack).not.toHaveProperty('properties.maximumPacketSize')
  })
})

test('MQTT 3.1.1: [MQTT-3.2.2-4] CONNACK 0 and session present 0', async () => {
  await using test = new TestBroker()
  expect(await test.open(4).connect()).toMatchObject({ cmd: 'connack', returnCode: 0, sessionPresent: false })
})

describe('refused', () => {
  type Row = [what: string, options: Record<string, unknown>, returnCode: number | undefined, reasonCode: number]
  test.each<Row>([
    ['an id of 129 bytes', { clientId: 'x'.repeat(129) }, 2, 0x85],
    ['an id of 65 characters and 130 bytes', { clientId: 'é'.repeat(65) }, 2, 0x85],
    ['an id that starts with $', { clientId: '$x' }, 2, 0x85],
    ['a will with QoS 2', { will: { ...WILL, qos: 2 } }, undefined, 0x9b],
    ['a will topic with a wildcard', { will: { ...WILL, topic: 'a/+' } }, 5, 0x90],
    ['a will topic with eight slashes', { will: { ...WILL, topic: '1/2/3/4/5/6/7/8/9' } }, 5, 0x90],
  ])('%s', async (_, options, returnCode, reasonCode) => {
    for (const version of BOTH) {
      await using test = new TestBroker()
      const client = test.open(version)
      const answer = await client.connect(options).catch(() => undefined)
      if (version === 5) expect(answer).toMatchObject({ cmd: 'connack', sessionPresent: false, reasonCode })
      else expect(answer).toEqual(returnCode === undefined ? undefined : expect.objectContaining({ returnCode }))
      expect(await client.receiveUntilClosed()).toEqual([])
      expect([...test.broker.clients()]).toEqual([])
    }
  })

  test('MQTT 3.1.1 without an id: [MQTT-3.1.3-8], and AWS also with a clean session', async () => {
    await using test = new TestBroker()
    expect(await test.open(4).connect({ clientId: '', clean: true })).toMatchObject({ returnCode: 2 })
  })

  test('[MQTT-4.12.0-1] enhanced authentication', async () => {
    await using test = new TestBroker()
    const properties = { authenticationMethod: 'SCRAM' }
    expect(await test.open(5).connect({ properties })).toMatchObject({ reasonCode: 0x87 })
  })

  test.each<[(ConnectDecision<TestContext> & { ok: false })['reason'], number, number]>([
    ['NOT_AUTHORIZED', 5, 0x87],
    ['BAD_CREDENTIALS', 4, 0x86],
    ['SERVER_UNAVAILABLE', 3, 0x88],
    ['QUOTA_EXCEEDED', 3, 0x97],
    ['BAD_WILL_TOPIC', 5, 0x90],
  ])('by the hook: %s', async (reason, returnCode, reasonCode) => {
    await using test = new TestBroker({ hooks: { authenticate: async () => ({ ok: false, reason }) } })
    const v4 = test.open(4)
    expect(await v4.connect({ clientId: 'v4' })).toMatchObject({ returnCode })
    expect(await v4.receiveUntilClosed()).toEqual([])
    expect(await test.open(5).connect({ clientId: 'v5' })).toMatchObject({ reasonCode })
    expect(test.events).toEqual([
      ['connect-failed', 'v4', reason],
      ['connect-failed', 'v5', reason],
    ])
  })

  test('when the hook fails: server unavailable, and the error is reported', async () => {
    const authenticate = () => Promise.reject(new Error('database gone'))
    await using test = new TestBroker({ hooks: { authenticate } })
    expect(await test.open(5).connect()).toMatchObject({ reasonCode: 0x88 })
    expect(test.errors).toEqual([new Error('database gone')])
  })

  test('[MQTT-3.1.2-24] by a client that takes smaller packets than CONNACK', async () => {
    await using test = new TestBroker()
    const client = test.open(5)
    expect(await client.connect({ properties: { maximumPacketSize: 10 } })).toMatchObject({ reasonCode: 0x95 })
    expect(await client.receiveUntilClosed()).toEqual([])
  })

  test.each([
    [34, undefined],
    [35, 'The client id starts with $'],
  ])('[MQTT-3.2.2-19] by a client that takes %i bytes: reason string %s', async (maximumPacketSize, reasonString) => {
    await using test = new TestBroker()
    const client = test.open(5)
    const connack = await client.connect({ clientId: '$x', properties: { maximumPacketSize } })
    expect(connack).toMatchObject({ reasonCode: 0x85 })
    expect(connack.cmd === 'connack' && connack.properties?.reasonString).toBe(reasonString)
  })

  test('[MQTT-3.1.2-24] without a word to a client that takes less than the shortest CONNACK', async () => {
    await using test = new TestBroker()
    const client = test.open(5)
    client.sendConnect({ clientId: '$x', properties: { maximumPacketSize: 4 } })
    expect(await client.receiveUntilClosed()).toEqual([])
  })

  test('when the hook does not answer in time', async () => {
    await using test = new TestBroker({ hooks: { authenticate: () => new Promise(() => {}) } })
    const client = test.open(5)
    client.sendConnect()
    const other = test.open(5)
    other.write(Buffer.of(0x10))
    test.clock.advance(30_000)
    expect(await client.receiveUntilClosed()).toEqual([])
    expect(await other.receiveUntilClosed()).toEqual([])
  })

  test.each([
    [3, 'MQIsdp', 4, Buffer.from('100e00064d5149736470030200000000', 'hex'), { returnCode: 1 }],
    [6, 'MQTT', 5, Buffer.from('100c00044d5154540602003c0000', 'hex'), { reasonCode: 0x84 }],
  ] as const)('[MQTT-3.1.2-2] protocol level %i (%s)', async (_level, _name, version, bytes, answer) => {
    await using test = new TestBroker()
    const client = test.open(version)
    client.write(bytes)
    expect(await client.receiveUntilClosed()).toMatchObject([{ cmd: 'connack', ...answer }])
  })

  test('more CONNECT packets of one client id than the rate allows, where there is one', async () => {
    await using test = new TestBroker({ limits: { connectsPerSecondPerClientId: 1 } })
    expect(await test.open(5).connect()).toMatchObject({ reasonCode: 0 })
    expect(await test.open(5).connect()).toMatchObject({ reasonCode: 0x97 })
    expect(await test.open(5).connect({ clientId: 'other' })).toMatchObject({ reasonCode: 0 })
    test.clock.advance(1000)
    expect(await test.open(5).connect()).toMatchObject({ reasonCode: 0 })
  })
})

test('a stream that is gone before it is accepted does no harm', async () => {
  await using test = new TestBroker()
  const [, gone] = duplexPair()
  gone.destroy()
  test.broker.accept(gone, TRANSPORT)
  await test.broker.close()
})

describe('the hook is asked', () => {
  test('with everything the client said, adjusted', async () => {
    const requests: unknown[] = []
    await using test = new TestBroker({
      hooks: {
        authenticate: (request, transport) => {
          requests.push(request, transport.remoteAddress)
          return { ok: true, context: { user: 'u' } }
        },
      },
    })
    await test.open(5).connect({
      clientId: 'c',
      clean: false,
      keepalive: 5,
      username: 'ann',
      password: Buffer.from('secret'),
      properties: { sessionExpiryInterval: 100_000 },
      will: { ...WILL, retain: true, properties: { contentType: 'text/plain' } },
    })
    expect(requests).toEqual([
      {
        clientId: 'c',
        clientIdAssigned: false,
        protocolVersion: 5,
        cleanStart: false,
        sessionExpirySeconds: 3600,
        keepAliveSeconds: 30,
        requestedKeepAliveSeconds: 5,
        username: 'ann',
        password: new Uint8Array(Buffer.from('secret')),
        will: {
          topic: 'will/t',
          payload: new Uint8Array(Buffer.from('gone')),
          qos: 1,
          retain: true,
          properties: { contentType: 'text/plain' },
          receivedAtMs: test.clock.now(),
        },
      },
      '198.51.100.20',
    ])
  })

  test('and what the client sent meanwhile waits for its answer', async () => {
    const decision = Promise.withResolvers<ConnectDecision<TestContext>>()
    await using test = new TestBroker({ hooks: { authenticate: () => decision.promise } })
    const client = test.open(4)
    client.sendConnect()
    client.send({ cmd: 'subscribe', messageId: 5, subscriptions: [{ topic: 'a', qos: 0 }] })
    decision.resolve({ ok: true, context: { user: 'u' } })
    expect(await client.receive()).toMatchObject({ cmd: 'connack' })
    expect(await client.receive()).toMatchObject({ cmd: 'suback', messageId: 5 })
  })

  test('and a client that left meanwhile is not connected', async () => {
    const decision = Promise.withResolvers<ConnectDecision<TestContext>>()
    const asked = Promise.withResolvers<void>()
    const authenticate = () => {
      asked.resolve()
      return decision.promise
    }
    await using test = new TestBroker({ hooks: { authenticate } })
    const client = test.open(4)
    client.sendConnect()
    await asked.promise
    await client.drop()
    decision.resolve({ ok: true, context: { user: 'u' } })
    await decision.promise
    expect([...test.broker.clients()]).toEqual([])
    expect(test.events).toEqual([])
  })
})

describe('the connection', () => {
  test.each(BOTH)('[MQTT-3.1.0-2] version %i ends with a second CONNECT', async (version) => {
    await using test = new TestBroker()
    const client = await test.connect(version, 'client')
    client.sendConnect()
    const last = await client.receiveUntilClosed()
    expect(last).toMatchObject(version === 5 ? [{ cmd: 'disconnect', reasonCode: 0x82 }] : [])
    expect(test.events.at(-1)).toEqual(['disconnected', 'client', 'CLIENT_ERROR'])
  })

  test('[MQTT-3.1.0-1] ends when the first packet is another, before its body was read', async () => {
    await using test = new TestBroker()
    const client = test.open(4)
    client.write(Buffer.from('30ffff7f', 'hex'))
    expect(await client.receiveUntilClosed()).toEqual([])
  })

  test('ends when no CONNECT comes', async () => {
    await using test = new TestBroker()
    const client = test.open(4)
    client.write(Buffer.from('101000', 'hex'))
    test.clock.advance(29_999)
    client.write(Buffer.from('04', 'hex'))
    test.clock.advance(1)
    expect(await client.receiveUntilClosed()).toEqual([])
  })

  test.each(BOTH)('[MQTT-3.1.2-22] version %i ends after 1.5 keep-alives without a packet', async (version) => {
    await using test = new TestBroker()
    const client = await test.connect(version, 'client', { keepalive: 40 })
    test.clock.advance(59_999)
    expect(await client.receiveAll()).toEqual([])
    test.clock.advance(59_999)
    client.write(Buffer.of(0x30)) // the beginning of a packet is not a packet
    test.clock.advance(1)
    const last = await client.receiveUntilClosed()
    expect(last).toMatchObject(version === 5 ? [{ cmd: 'disconnect', reasonCode: 0x8d }] : [])
    expect(test.events.at(-1)).toEqual(['disconnected', 'client', 'MQTT_KEEP_ALIVE_TIMEOUT'])
  })

  test('a lower keep-alive than 30 s counts as 30 s', async () => {
    await using test = new TestBroker()
    const client = await test.connect(4, 'client', { keepalive: 1 })
    test.clock.advance(44_999)
    expect(await client.receiveAll()).toEqual([])
  })

  test('ends with its credentials', async () => {
    const clock = new FakeClock()
    const expires = { atMs: clock.now() + 1000, reason: 'WEBSOCKET_TTL_EXPIRATION' } as const
    await using test = new TestBroker({
      clock,
      hooks: { authenticate: () => ({ ok: true, context: { user: 'u' }, expires }) },
    })
    const client = await test.connect(4, 'client')
    clock.advance(1000)
    expect(await client.receiveUntilClosed()).toEqual([])
    expect(test.events.at(-1)).toEqual(['disconnected', 'client', 'WEBSOCKET_TTL_EXPIRATION'])
  })

  test.each(BOTH)('[MQTT-3.1.4-3] version %i: the newer connection of a client id wins', async (version) => {
    await using test = new TestBroker()
    const older = await test.connect(version, 'client')
    const newer = await test.connect(version, 'client')
    const last = await older.receiveUntilClosed()
    expect(last).toMatchObject(version === 5 ? [{ cmd: 'disconnect', reasonCode: 0x8e }] : [])
    expect(await newer.receiveAll()).toEqual([])
    expect(test.events.map(([event]) => event)).toEqual(['connected', 'disconnected', 'connected'])
    expect(test.events[1]).toEqual(['disconnected', 'client', 'DUPLICATE_CLIENTID'])
    expect([...test.broker.clients()]).toHaveLength(1)
  })
})

describe('the will', () => {
  async function withWatcher(test: TestBroker, options: Record<string, unknown> = {}) {
    const watcher = await test.connect(5, 'watcher')
    await watcher.subscribe('will/#')
    const client = await test.connect(5, 'client', { will: { ...WILL, ...options } })
    return { watcher, client }
  }

  test('[MQTT-3.1.2-8] is published when the connection is lost', async () => {
    await using test = new TestBroker()
    const { watcher, client } = await withWatcher(test)
    await client.drop()
    expect(await watcher.receive()).toMatchObject({ cmd: 'publish', topic: 'will/t', qos: 1, retain: false })
    expect(test.events.at(-1)).toEqual(['disconnected', 'client', 'CONNECTION_LOST'])
  })

  test('[MQTT-3.1.2-10] is not published after DISCONNECT', async () => {
    await using test = new TestBroker()
    const { watcher, client } = await withWatcher(test)
    client.send({ cmd: 'disconnect' })
    await client.receiveUntilClosed()
    expect(await watcher.receiveAll()).toEqual([])
    expect(test.events.at(-1)).toEqual(['disconnected', 'client', 'CLIENT_INITIATED_DISCONNECT'])
  })

  test('[MQTT-3.14.4-3] is published after DISCONNECT 0x04', async () => {
    await using test = new TestBroker()
    const { watcher, client } = await withWatcher(test)
    client.send({ cmd: 'disconnect', reasonCode: 4 })
    expect(await watcher.receive()).toMatchObject({ cmd: 'publish', topic: 'will/t' })
  })

  test('is published on takeover (AWS), keep-alive timeout and protocol error', async () => {
    await using test = new TestBroker()
    const watcher = await test.connect(5, 'watcher', { keepalive: 1200 })
    await watcher.subscribe('will/#')
    await test.connect(4, 'client', { will: WILL })
    const second = await test.connect(4, 'client', { will: WILL })
    expect(await watcher.receive()).toMatchObject({ topic: 'will/t' })
    second.write(Buffer.of(0xf0, 0))
    expect(await watcher.receive()).toMatchObject({ topic: 'will/t' })
    await test.connect(4, 'client', { will: WILL, keepalive: 30 })
    test.clock.advance(45_000)
    expect(await watcher.receive()).toMatchObject({ topic: 'will/t' })
  })

  test('is kept where the API says so', async () => {
    await using test = new TestBroker()
    const { watcher } = await withWatcher(test)
    test.broker.disconnect('client', { preventWill: true })
    expect(await watcher.receiveAll()).toEqual([])
    expect(test.events.at(-1)).toEqual(['disconnected', 'client', 'API_INITIATED_DISCONNECT'])
  })

  test('[MQTT-3.1.2-15] is retained where it says so', async () => {
    await using test = new TestBroker()
    const { client } = await withWatcher(test, { retain: true })
    await client.drop()
    expect(test.broker.store.retained('will/t')).toMatchObject({ topic: 'will/t', retain: true })
  })

  test('expires from the disconnect on, whatever its delay (AWS has none)', async () => {
    await using test = new TestBroker()
    const { watcher, client } = await withWatcher(test, {
      properties: { messageExpiryInterval: 90, willDelayInterval: 1000, contentType: 'text/plain' },
    })
    test.clock.advance(60_000)
    await watcher.receiveAll()
    await client.drop()
    expect(await watcher.receive()).toMatchObject({
      properties: { messageExpiryInterval: 90, contentType: 'text/plain' },
    })
  })

  test('goes through the message hook like any other message', async () => {
    const topics: unknown[] = []
    await using test = new TestBroker({
      hooks: {
        onMessage: (message, client) => {
          topics.push([message.topic, client?.clientId])
          return 'consume'
        },
      },
    })
    const { watcher, client } = await withWatcher(test)
    await client.drop()
    expect(await watcher.receiveAll()).toEqual([])
    expect(topics).toEqual([['will/t', 'client']])
  })

  test.each([4, 5] as const)('is not published where the right to was taken away (version %i)', async (version) => {
    const revoked = new Set<string>()
    const authorizePublish = ({ clientId }: { clientId: string }, topic: string, retain: boolean) =>
      !revoked.has(`${clientId} ${topic} ${retain}`)
    await using test = new TestBroker({ hooks: { authorizePublish } })
    const watcher = await test.connect(5, 'watcher')
    await watcher.subscribe('will/#')
    for (const clientId of ['demoted', 'no-longer-retained', 'trusted']) {
      const client = await test.connect(version, clientId, { will: { ...WILL, payload: clientId, retain: true } })
      if (clientId === 'trusted') revoked.add(`${clientId} will/t false`).add(`${clientId} elsewhere true`)
      else revoked.add(`${clientId} will/t true`)
      await client.drop()
    }
    const packets = await watcher.receiveAll()
    expect(packets).toMatchObject([{ topic: 'will/t', payload: Buffer.from('trusted') }])
    expect(test.errors).toEqual([])
  })

  test('is not published where the hook cannot tell', async () => {
    let isAnswering = true
    const problem = new Error('no policies')
    const authorizePublish = () => {
      if (!isAnswering) throw problem
      return true
    }
    await using test = new TestBroker({ hooks: { authorizePublish } })
    const { watcher, client } = await withWatcher(test)
    isAnswering = false
    await client.drop()
    expect(await watcher.receiveAll()).toEqual([])
    expect(test.errors).toEqual([problem])
  })
})

describe('a clock that is set', () => {
  test.each([-86_400_000, 86_400_000])('by %i ms neither keeps silent clients nor ends others', async (ms) => {
    await using test = new TestBroker()
    const silent = await test.connect(4, 'silent', { keepalive: 60 })
    const good = await test.connect(4, 'good', { keepalive: 60 })
    test.clock.advance(1000)
    test.clock.put(ms)
    for (let seconds = 1; seconds < 89; seconds += 22) {
      test.clock.advance(22_000)
      expect(await good.receiveAll()).toEqual([])
    }
    expect(test.events).not.toContainEqual(expect.arrayContaining(['disconnected']))
    test.clock.advance(1000)
    await silent.receiveUntilClosed()
    expect(test.events).toContainEqual(['disconnected', 'silent', 'MQTT_KEEP_ALIVE_TIMEOUT'])
    expect(test.broker.client('good')).toBeDefined()
  })
})
