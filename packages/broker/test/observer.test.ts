import { describe, expect, test } from 'vitest'
import { type BrokerObserver, type Failure, memoryStore } from '../src/index.ts'
import { TestBroker, type TestContext } from './test-broker.ts'

/** What the observer heard, as `[what, client id or receiver, topic or filters, why]`. */
type Heard = (readonly unknown[])[]

function observer(): { heard: Heard; observer: BrokerObserver<TestContext> } {
  const heard: Heard = []
  const kindOf = (failure: Failure | undefined) => failure?.kind
  return {
    heard,
    observer: {
      connectRefused: (clientId, _, failure) => heard.push(['connectRefused', clientId, failure.kind, failure.message]),
      pinged: ({ clientId }) => heard.push(['pinged', clientId]),
      publishRefused: ({ clientId }, { topic, retain }, { kind }) =>
        heard.push(['publishRefused', clientId, topic, retain, kind]),
      sent: ({ clientId }, { topic }) => heard.push(['sent', clientId, topic]),
      notSent: ({ clientId }, { topic }, { kind }) => heard.push(['notSent', clientId, topic, kind]),
      queued: (owner, { topic }) => heard.push(['queued', owner, topic]),
      notQueued: (owner, { topic }) => heard.push(['notQueued', owner, topic]),
      subscribed: ({ clientId }, filters, failure) =>
        heard.push([
          'subscribed',
          clientId,
          filters.map((result) => [result.filter, result.reasonCode, kindOf(result.failure)]),
          kindOf(failure),
        ]),
      unsubscribed: ({ clientId }, filters, failure) =>
        heard.push([
          'unsubscribed',
          clientId,
          filters.map((result) => [result.filter, result.reasonCode]),
          kindOf(failure),
        ]),
      throttled: ({ clientId }, limit) => heard.push(['throttled', clientId, limit]),
    },
  }
}

describe('an observer hears of', () => {
  test('CONNECTs that are refused, as far as they could be read', async () => {
    const { heard, observer: own } = observer()
    await using test = new TestBroker({
      observer: own,
      limits: { connectsPerSecondPerClientId: 1 },
      hooks: {
        authenticate: ({ clientId }) =>
          clientId === 'no' ? { ok: false, reason: 'NOT_AUTHORIZED' } : { ok: true, context: { user: clientId } },
      },
    })
    for (const clientId of ['no', '$a', 'a', 'a']) {
      const client = test.open(5)
      client.send({ cmd: 'connect', protocolId: 'MQTT', protocolVersion: 5, clientId, clean: true, keepalive: 60 })
      await client.receive()
    }
    const rude = test.open(5)
    rude.write(Buffer.from([0x10, 0x03, 0, 1, 0x61]))
    await rude.receiveUntilClosed()
    expect(heard).toEqual([
      ['connectRefused', 'no', 'NOT_AUTHORIZED', 'Not authorized to connect'],
      ['connectRefused', '$a', 'CLIENT_ERROR', 'The client id starts with $'],
      ['connectRefused', 'a', 'CLIENT_ID_THROTTLED', 'Too many CONNECT packets'],
      ['connectRefused', undefined, 'CLIENT_ERROR', 'The protocol name is not MQTT'],
    ])
  })

  test('publishes that are not taken, and why', async () => {
    const { heard, observer: own } = observer()
    await using test = new TestBroker({
      observer: own,
      limits: { inboundPublishesPerSecond: 3, retainedMessages: 0 },
      hooks: { authorizePublish: (_, topic) => topic !== 'no' },
    })
    const client = await test.connect(5, 'a')
    const publish = (topic: string, retain = false) =>
      client.send({ cmd: 'publish', topic, payload: 'x', qos: 1, messageId: 1, retain, dup: false })
    publish('no')
    publish('kept', true)
    publish('yes')
    publish('much')
    await client.receiveAll()
    client.send({ cmd: 'publish', topic: 'a', payload: 'x', qos: 2, messageId: 1, retain: false, dup: false })
    await client.receiveUntilClosed()
    expect(heard.filter(([what]) => what !== 'pinged')).toEqual([
      ['publishRefused', 'a', 'no', false, 'NOT_AUTHORIZED'],
      ['publishRefused', 'a', 'kept', true, 'THROTTLED'],
      ['throttled', 'a', 'inboundPublishesPerSecond'],
      ['publishRefused', 'a', 'much', false, 'THROTTLED'],
      ['publishRefused', 'a', 'a', false, 'CLIENT_ERROR'],
    ])
  })

  test('a hook that throws, and a topic that is none', async () => {
    const { heard, observer: own } = observer()
    const onMessage = () => {
      throw new Error('down')
    }
    await using test = new TestBroker({ observer: own, hooks: { onMessage } })
    for (const topic of ['a', 'a/+']) {
      const client = await test.connect(5, topic)
      client.send({ cmd: 'publish', topic, payload: 'x', qos: 0, retain: false, dup: false })
      await client.receiveUntilClosed()
    }
    expect(heard).toEqual([
      ['publishRefused', 'a', 'a', false, 'SERVER_ERROR'],
      ['publishRefused', 'a/+', 'a/+', false, 'CLIENT_ERROR'],
    ])
  })

  test('deliveries, and why there are none', async () => {
    const { heard, observer: own } = observer()
    await using test = new TestBroker({
      observer: own,
      hooks: { authorizeReceive: ({ clientId }) => clientId !== 'deaf' },
    })
    for (const clientId of ['deaf', 'small', 'fine']) {
      const properties = clientId === 'small' ? { maximumPacketSize: 40 } : {}
      const client = await test.connect(5, clientId, { properties })
      await client.subscribe('t')
    }
    heard.length = 0
    await test.broker.publish({ topic: 't', payload: Buffer.alloc(60), qos: 1 })
    expect(heard).toEqual([
      ['notSent', 'deaf', 't', 'NOT_AUTHORIZED'],
      ['notSent', 'small', 't', 'CLIENT_ERROR'],
      ['sent', 'fine', 't'],
    ])
  })

  test('what is stored for those who are away, or is not', async () => {
    const { heard, observer: own } = observer()
    const store = memoryStore()
    await using test = new TestBroker({ observer: own, store })
    const session = { clean: false, properties: { sessionExpiryInterval: 3600 } }
    const client = await test.connect(5, 'away', session)
    await client.subscribe('t')
    await client.drop()
    heard.length = 0
    await test.broker.publish({ topic: 't', payload: Buffer.from('1'), qos: 1 })
    const { enqueue } = store
    store.enqueue = () => {
      throw new Error('full')
    }
    await expect(test.broker.publish({ topic: 't', payload: Buffer.from('2'), qos: 1 })).rejects.toThrow('full')
    store.enqueue = enqueue
    const back = await test.connect(5, 'away', session)
    await back.receiveAll()
    expect(heard).toEqual([
      ['queued', 'away', 't'],
      ['notQueued', 'away', 't'],
      ['sent', 'away', 't'],
      ['pinged', 'away'],
    ])
  })

  test('each filter with its reason code, whatever the version', async () => {
    const { heard, observer: own } = observer()
    await using test = new TestBroker({
      observer: own,
      limits: { subscriptionsPerClient: 1 },
      hooks: { authorizeSubscribe: (_, filter) => filter !== 'no' },
    })
    const five = await test.connect(5, 'five')
    const subscribe = (...topics: string[]) => ({
      cmd: 'subscribe' as const,
      messageId: 1,
      subscriptions: topics.map((topic) => ({ topic, qos: 1 as const, nl: false, rap: false, rh: 0 })),
    })
    five.send(subscribe('a', 'no', 'b'))
    await five.receive()
    five.send({ cmd: 'unsubscribe', messageId: 2, unsubscriptions: ['a', 'a/#/b'] })
    await five.receive()
    const four = await test.connect(4, 'four')
    four.send(subscribe('a', 'b'))
    await four.receive()
    four.send(subscribe('no'))
    await four.receiveUntilClosed()
    expect(heard).toEqual([
      [
        'subscribed',
        'five',
        [
          ['a', 1, undefined],
          ['no', 0x87, 'NOT_AUTHORIZED'],
          ['b', 0x97, 'THROTTLED'],
        ],
        undefined,
      ],
      [
        'unsubscribed',
        'five',
        [
          ['a', 0],
          ['a/#/b', 0x8f],
        ],
        undefined,
      ],
      [
        'subscribed',
        'four',
        [
          ['a', 1, undefined],
          ['b', 0x97, 'THROTTLED'],
        ],
        undefined,
      ],
      ['subscribed', 'four', [['no', 0x80, undefined]], 'NOT_AUTHORIZED'],
    ])
  })

  test('a will that may not be published any more', async () => {
    const { heard, observer: own } = observer()
    let isAllowed = true
    await using test = new TestBroker({ observer: own, hooks: { authorizePublish: () => isAllowed } })
    const will = { topic: 'gone', payload: Buffer.from('x'), qos: 0 as const, retain: false }
    const client = await test.connect(5, 'a', { will })
    isAllowed = false
    await client.drop()
    expect(heard).toEqual([['publishRefused', 'a', 'gone', false, 'NOT_AUTHORIZED']])
  })
})
