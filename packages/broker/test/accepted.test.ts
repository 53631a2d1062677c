import { describe, expect, test } from 'vitest'
import { type BrokerHooks, type BrokerStore, memoryStore } from '../src/index.ts'
import type { PacketClient } from './packet-client.ts'
import { TestBroker, type TestContext } from './test-broker.ts'

type Accepted = NonNullable<BrokerHooks<TestContext>['onAccepted']>

/** A broker whose hook notes what it is told of, as `client: topic`, and then does what the test wants. */
function broker(hooks: Partial<BrokerHooks<TestContext>> = {}, store?: BrokerStore) {
  const accepted: string[] = []
  const onAccepted: Accepted = (message, client) => {
    accepted.push(`${client?.clientId ?? 'server'}: ${message.topic}`)
    hooks.onAccepted?.(message, client)
  }
  const test = new TestBroker({ hooks: { ...hooks, onAccepted }, ...(store && { store }) })
  return Object.assign(test, { accepted })
}

async function topicsOf(client: PacketClient): Promise<unknown[]> {
  return (await client.receiveAll()).map((packet) => (packet.cmd === 'publish' ? packet.topic : packet.cmd))
}

const payload = Buffer.from('1')

describe('onAccepted hears of', () => {
  test('messages of clients in the order in which they were accepted, and not of those that were refused', async () => {
    await using test = broker({ authorizePublish: (_, topic) => topic !== 'no' })
    const client = await test.connect(5, 'client')
    client.publish('a', '1')
    client.publish('no', '1', { qos: 1, messageId: 1 })
    client.publish('b', '1', { qos: 1, messageId: 2 })
    client.publish('c', '1', { retain: true })
    await client.receiveAll()
    expect(test.accepted).toEqual(['client: a', 'client: b', 'client: c'])
  })

  test('a message that is consumed', async () => {
    await using test = broker({ onMessage: () => 'consume' })
    const client = await test.connect(4, 'client')
    await client.subscribe('#')
    client.publish('$aws/rules/r', '1', { qos: 1, messageId: 1 })
    expect(await client.receiveAll()).toMatchObject([{ cmd: 'puback', messageId: 1 }])
    expect(test.accepted).toEqual(['client: $aws/rules/r'])
  })

  test('a will, with the client that left it', async () => {
    await using test = broker()
    const will = { topic: 'gone', payload, qos: 1, retain: false } as const
    const client = await test.connect(4, 'client', { will })
    await client.drop()
    expect(test.accepted).toEqual(['client: gone'])
  })

  test("the server's own messages, before publish resolves; not of messages to one client", async () => {
    await using test = broker()
    await test.connect(4, 'client')
    await test.broker.publish({ topic: 'a', payload })
    expect(test.accepted).toEqual(['server: a'])
    test.broker.deliverTo('client', { topic: 'b', payload })
    await test.broker.sendDirect('client', { topic: 'c', payload }, { qos: 0, timeoutMs: 1000 })
    expect(test.accepted).toEqual(['server: a'])
  })

  test('a message whose verdict was waited for when the verdict is there', async () => {
    const gates = new Map<string, (verdict: 'deliver' | 'consume') => void>()
    const onMessage: NonNullable<BrokerHooks<TestContext>['onMessage']> = ({ topic }) =>
      topic === 'now' ? 'deliver' : new Promise((resolve) => gates.set(topic, resolve))
    await using test = broker({ onMessage })
    const client = await test.connect(5, 'client')
    client.publish('late', '1', { qos: 1, messageId: 1 })
    client.publish('later', '1', { qos: 1, messageId: 2 })
    client.publish('now', '1', { qos: 1, messageId: 3 })
    expect(await client.receiveAll()).toMatchObject([{ cmd: 'puback', messageId: 3 }])
    gates.get('later')?.('consume')
    expect(await client.receive()).toMatchObject({ cmd: 'puback', messageId: 2 })
    gates.get('late')?.('deliver')
    expect(await client.receive()).toMatchObject({ cmd: 'puback', messageId: 1 })
    expect(test.accepted).toEqual(['client: now', 'client: later', 'client: late'])
  })
})

describe('what onAccepted publishes', () => {
  /** Answers on `<topic>/answer`, and that one too, to a depth of two. */
  function answering() {
    const test = broker({
      onAccepted: ({ topic }) => {
        if (topic.split('/').length < 3) void test.broker.publish({ topic: `${topic}/answer`, payload, qos: 1 })
      },
    })
    return test
  }

  test('follows the message that caused it, whoever published that', async () => {
    await using test = answering()
    const subscriber = await test.connect(5, 'subscriber')
    await subscriber.subscribe('#')
    const client = await test.connect(4, 'client', { will: { topic: 'gone', payload, qos: 0, retain: false } })
    client.publish('a', '1', { qos: 1, messageId: 1 })
    await client.receiveAll()
    await test.broker.publish({ topic: 'b', payload })
    await client.drop()
    const chain = (topic: string) => [topic, `${topic}/answer`, `${topic}/answer/answer`]
    expect(await topicsOf(subscriber)).toEqual([...chain('a'), ...chain('b'), ...chain('gone')])
  })

  test('reaches the publisher before its PUBACK', async () => {
    await using test = answering()
    const client = await test.connect(5, 'client')
    await client.subscribe('#')
    client.publish('a', '1', { qos: 1, messageId: 1 })
    expect(await topicsOf(client)).toEqual(['a', 'a/answer', 'a/answer/answer', 'puback'])
  })

  test('is told to the hook when it is done with the cause', async () => {
    const log: string[] = []
    await using test = broker({
      onAccepted: ({ topic }) => {
        log.push(`begin ${topic}`)
        if (topic === 'a') for (const next of ['b', 'c']) void test.broker.publish({ topic: next, payload })
        if (topic === 'b') void test.broker.publish({ topic: 'd', payload })
        log.push(`end ${topic}`)
      },
    })
    await test.broker.publish({ topic: 'a', payload })
    expect(log).toEqual(['a', 'b', 'c', 'd'].flatMap((topic) => [`begin ${topic}`, `end ${topic}`]))
  })

  test('is in the same commit, however large: nothing is let out between the message and the end of the hook', async () => {
    const log: string[] = []
    const store = memoryStore()
    store.commit = () => log.push('commit')
    const large = Buffer.alloc(100_000)
    await using test = broker(
      {
        onAccepted: ({ topic }) => {
          if (topic !== 'a') return
          for (let count = 0; count < 3; count++) void test.broker.publish({ topic: 'b', payload: large, qos: 1 })
          log.push('hook')
        },
      },
      store,
    )
    const subscriber = await test.connect(5, 'subscriber')
    await subscriber.subscribe('#')
    const client = await test.connect(5, 'client')
    log.length = 0
    client.publish('a', String(large), { qos: 1, messageId: 1 })
    expect(await client.receive()).toMatchObject({ cmd: 'puback', messageId: 1 })
    expect(log.slice(0, 2)).toEqual(['hook', 'commit'])
    for (let count = 0; count < 4; count++) expect(await subscriber.receive()).toMatchObject({ cmd: 'publish' })
  })
})

describe('onAccepted that throws', () => {
  const no = new Error('no')
  const onAccepted: Accepted = ({ topic }) => {
    if (topic === 'bad') throw no
  }

  test.each([0, 1])(
    'at QoS %i: the message is delivered, there is no PUBACK, and its publisher is closed',
    async (qos) => {
      await using test = broker({ onAccepted })
      const subscriber = await test.connect(5, 'subscriber')
      await subscriber.subscribe('#')
      const client = await test.connect(5, 'client')
      client.publish('bad', '1', { qos, ...(qos && { messageId: 1 }) })
      expect(await client.receiveUntilClosed()).toMatchObject([{ cmd: 'disconnect', reasonCode: 0x80 }])
      expect(await topicsOf(subscriber)).toEqual(['bad'])
      expect(test.errors).toEqual([no])
      expect(test.events.at(-1)).toEqual(['disconnected', 'client', 'SERVER_ERROR'])
    },
  )

  test('after a verdict that was waited for: the same', async () => {
    await using test = broker({ onAccepted, onMessage: () => Promise.resolve('deliver') })
    const client = await test.connect(5, 'client')
    client.publish('bad', '1', { qos: 1, messageId: 1 })
    expect(await client.receiveUntilClosed()).toMatchObject([{ cmd: 'disconnect', reasonCode: 0x80 }])
    expect(test.errors).toEqual([no])
  })

  test('for a will: onError hears of it', async () => {
    await using test = broker({ onAccepted })
    const client = await test.connect(4, 'client', { will: { topic: 'bad', payload, qos: 0, retain: false } })
    await client.drop()
    expect(test.errors).toEqual([no])
  })

  test('for a message of the server itself: publish rejects, also from within the hook, whose message is acknowledged', async () => {
    let inner: Promise<void> | undefined
    await using test = broker({
      onAccepted: (message, client) => {
        if (message.topic === 'a') inner = expect(test.broker.publish({ topic: 'bad', payload })).rejects.toBe(no)
        onAccepted(message, client)
      },
    })
    await expect(test.broker.publish({ topic: 'bad', payload })).rejects.toBe(no)
    const client = await test.connect(5, 'client')
    client.publish('a', '1', { qos: 1, messageId: 1 })
    expect(await client.receive()).toMatchObject({ cmd: 'puback', messageId: 1 })
    await inner
    expect(test.accepted).toEqual(['server: bad', 'client: a', 'server: bad'])
    expect(test.errors).toEqual([])
  })

  test('what it published before it threw is told all the same, and so are later messages', async () => {
    await using test = broker({
      onAccepted: ({ topic }) => {
        if (topic !== 'a') return
        void test.broker.publish({ topic: 'b', payload })
        throw no
      },
    })
    await expect(test.broker.publish({ topic: 'a', payload })).rejects.toBe(no)
    await test.broker.publish({ topic: 'c', payload })
    expect(test.accepted).toEqual(['server: a', 'server: b', 'server: c'])
  })
})
