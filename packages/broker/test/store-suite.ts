import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type BrokerStore, type Message, messageBytes, type StoredSession } from '../src/index.ts'

/** How to make the store under test. */
export interface StoreFactory {
  /** An empty store. */
  open(): BrokerStore
  /** For stores that outlive the process: a second store on what the first has written, without closing the first. */
  reopen?(store: BrokerStore): BrokerStore
  close?(store: BrokerStore): void
}

/**
 * What any {@link BrokerStore} must do. Call it in a Vitest file:
 * `storeSuite('memoryStore', { open: memoryStore })`.
 */
export function storeSuite(name: string, factory: StoreFactory): void {
  describe(name, () => {
    let store: BrokerStore
    const opened: BrokerStore[] = []

    function reopened(): BrokerStore {
      store.commit?.()
      if (!factory.reopen) return store
      const second = factory.reopen(store)
      opened.push(second)
      return second
    }

    beforeEach(() => {
      store = factory.open()
      opened.push(store)
    })
    afterEach(() => {
      for (const each of opened.splice(0).reverse()) factory.close?.(each)
    })

    describe('sessions', () => {
      test('are put, replaced and deleted', () => {
        store.putSession(session('a'))
        store.putSession(session('b', { disconnectedAtMs: 1_700_000_000_123 }))
        store.putSession(session('a', { sessionExpirySeconds: 0xffff_ffff, protocolVersion: 5 }))
        expect(byId(reopened().sessions())).toEqual([
          session('a', { sessionExpirySeconds: 0xffff_ffff, protocolVersion: 5 }),
          session('b', { disconnectedAtMs: 1_700_000_000_123 }),
        ])
        store.deleteSession('a')
        store.deleteSession('unknown')
        expect(byId(reopened().sessions())).toEqual([session('b', { disconnectedAtMs: 1_700_000_000_123 })])
      })

      test('a reconnect takes disconnectedAtMs away', () => {
        store.putSession(session('a', { disconnectedAtMs: 5 }))
        store.putSession(session('a'))
        const [stored] = [...reopened().sessions()]
        expect(stored).toEqual(session('a'))
        expect(stored?.disconnectedAtMs).toBeUndefined()
      })

      test('keep their subscriptions as they are, in order', () => {
        const subscriptions = [
          { filter: 'z/+/é/#', qos: 1, noLocal: true, retainAsPublished: false },
          { filter: '$share/g/a', qos: 0, noLocal: false, retainAsPublished: true },
        ] as const
        store.putSession(session('a', { subscriptions }))
        expect([...reopened().sessions()][0]?.subscriptions).toEqual(subscriptions)
        store.putSession(session('a', { subscriptions: subscriptions.slice(1) }))
        expect([...reopened().sessions()][0]?.subscriptions).toEqual(subscriptions.slice(1))
      })

      test('what is put later does not change by what happens to the object', () => {
        const subscriptions = [{ filter: 'a', qos: 1 as const, noLocal: false, retainAsPublished: false }]
        store.putSession(session('a', { subscriptions }))
        subscriptions.pop()
        expect([...store.sessions()][0]?.subscriptions).toHaveLength(1)
      })

      test('can be deleted while they are listed', () => {
        for (const clientId of ['a', 'b', 'c']) store.putSession(session(clientId))
        for (const { clientId } of store.sessions()) store.deleteSession(clientId)
        expect([...store.sessions()]).toEqual([])
      })
    })

    describe('queues', () => {
      test('keep messages whole, in order, under growing keys', () => {
        const messages = [FULL, message({ payload: bytes() }), message({ qos: 1, topic: 'é/日本' })]
        const keys = messages.map((each) => store.enqueue('client', each))
        expect(keys).toEqual([...keys].sort((a, b) => a - b))
        expect(new Set(keys).size).toBe(3)
        const queue = reopened().queue('client', 0, 10)
        expect(queue.map(({ key }) => key)).toEqual(keys)
        expect(queue.map((each) => plain(each.message))).toEqual(messages.map(plain))
        expect(store.queueLength('client')).toBe(3)
      })

      test('are read in pages', () => {
        const keys = Array.from({ length: 5 }, (_, index) => store.enqueue('client', message({ topic: `t/${index}` })))
        const page = (afterKey: number, limit: number) => store.queue('client', afterKey, limit).map(({ key }) => key)
        expect(page(0, 2)).toEqual(keys.slice(0, 2))
        expect(page(keys[1] ?? 0, 2)).toEqual(keys.slice(2, 4))
        expect(page(keys[3] ?? 0, 2)).toEqual(keys.slice(4))
        expect(page(keys[4] ?? 0, 2)).toEqual([])
        expect(page((keys[2] ?? 0) - 1, 1)).toEqual(keys.slice(2, 3))
      })

      test('keys grow also after the last message was dequeued', () => {
        const first = store.enqueue('client', message())
        store.dequeue('client', first)
        expect(reopened().enqueue('client', message())).toBeGreaterThan(first)
      })

      test('dequeue takes one away, wherever it is', () => {
        const [a = 0, b = 0, c = 0] = [1, 2, 3].map(() => store.enqueue('client', message()))
        store.dequeue('client', b)
        store.dequeue('client', b)
        store.dequeue('client', 999_999)
        store.dequeue('unknown', a)
        expect(store.queue('client', 0, 10).map(({ key }) => key)).toEqual([a, c])
        expect(reopened().queueLength('client')).toBe(2)
      })

      test('are counted in bytes: of payload, topic and properties', () => {
        expect(store.queueBytes('client')).toBe(0)
        const messages = [FULL, message({ payload: bytes() }), message({ qos: 1, topic: 'é/日本/🦊' }), FULL]
        const [first = 0] = messages.map((each) => store.enqueue('client', each))
        store.enqueue('other', FULL)
        const sum = messages.reduce((total, each) => total + messageBytes(each), 0)
        expect(store.queueBytes('client')).toBe(sum)
        store.dequeue('client', first)
        expect(reopened().queueBytes('client')).toBe(sum - messageBytes(FULL))
        store.deleteQueue('client')
        expect(store.queueBytes('client')).toBe(0)
        expect(store.queueBytes('other')).toBe(messageBytes(FULL))
      })

      test('of different owners do not meet', () => {
        store.enqueue('a', message({ topic: 'for/a' }))
        store.enqueue('$share/g/a', message({ topic: 'for/group' }))
        expect(store.queue('a', 0, 10).map((each) => each.message.topic)).toEqual(['for/a'])
        store.deleteQueue('a')
        expect(store.queueLength('a')).toBe(0)
        expect(store.queue('$share/g/a', 0, 10)).toHaveLength(1)
        expect(store.queueLength('unknown')).toBe(0)
      })

      test('go with their session', () => {
        store.putSession(session('a'))
        store.enqueue('a', message())
        store.enqueue('b', message())
        store.deleteSession('a')
        const after = reopened()
        expect(after.queueLength('a')).toBe(0)
        expect(after.queue('a', 0, 10)).toEqual([])
        expect(after.queueLength('b')).toBe(1)
      })

      test('keep a copy: the payload may be a view on bytes that change', () => {
        const buffer = Buffer.from('before and more')
        const correlationData = buffer.subarray(0, 3)
        store.enqueue('a', message({ payload: buffer.subarray(0, 6), properties: { correlationData } }))
        buffer.fill(0)
        const [queued] = store.queue('a', 0, 1)
        expect(Buffer.from(queued?.message.payload ?? []).toString()).toBe('before')
        expect(Buffer.from(queued?.message.properties.correlationData ?? []).toString()).toBe('bef')
      })
    })

    describe('retained messages', () => {
      test('one per topic, whole', () => {
        store.putRetained(message({ topic: 'a', payload: bytes(1) }))
        store.putRetained({ ...FULL, topic: 'a' })
        store.putRetained(message({ topic: 'b' }))
        const after = reopened()
        expect(plain(after.retained('a'))).toEqual(plain({ ...FULL, topic: 'a' }))
        expect(after.retained('unknown')).toBeUndefined()
        expect(after.retainedCount()).toBe(2)
        const all = after.retainedTopics(undefined, 10)
        expect(all.reduce((sum, each) => sum + messageBytes(each), 0)).toBe(after.retainedBytes())
        expect(store.retainedBytes()).toBe(after.retainedBytes())
      })

      test('are deleted', () => {
        store.putRetained(message({ topic: 'a' }))
        store.deleteRetained('a')
        store.deleteRetained('a')
        const after = reopened()
        expect(after.retained('a')).toBeUndefined()
        expect(after.retainedCount()).toBe(0)
        expect([store.retainedBytes(), after.retainedBytes()]).toEqual([0, 0])
        expect(after.retainedTopics(undefined, 10)).toEqual([])
      })

      test('are listed in topic order, in pages', () => {
        const topics = ['b', 'a/b', 'a', 'é', 'B', 'a b', '日']
        for (const topic of topics) store.putRetained(message({ topic }))
        const sorted = [...topics].sort()
        const list = (afterTopic: string | undefined, limit: number) =>
          store.retainedTopics(afterTopic, limit).map(({ topic }) => topic)
        expect(list(undefined, 100)).toEqual(sorted)
        expect(list(undefined, 3)).toEqual(sorted.slice(0, 3))
        expect(list(sorted[2], 3)).toEqual(sorted.slice(3, 6))
        expect(list(sorted[6], 3)).toEqual([])
        expect(list('a/a', 2)).toEqual(['a/b', 'b'])
        store.putRetained(message({ topic: 'a/c' }))
        store.deleteRetained('a/b')
        expect(list('a/a', 1)).toEqual(['a/c'])
      })
    })
  })
}

const FULL: Message = {
  topic: 'dt/pump-7/temp',
  payload: Uint8Array.of(0, 1, 2, 255),
  qos: 1,
  retain: true,
  properties: {
    payloadFormatIndicator: 1,
    contentType: 'application/json',
    responseTopic: 'answers/1',
    correlationData: Uint8Array.of(9, 0, 9),
    userProperties: [
      ['b', '1'],
      ['a', ''],
      ['b', 'é'],
    ],
  },
  receivedAtMs: 1_700_000_000_123,
  expiresAtMs: 1_700_000_060_123,
  traceId: '8d9f6a0e-3c1b-4a5e-9a57-0f4b1a2c3d4e',
}

function message(overrides: Partial<Message> = {}): Message {
  return { topic: 't', payload: bytes(1, 2, 3), qos: 1, retain: false, properties: {}, receivedAtMs: 1, ...overrides }
}

function session(clientId: string, overrides: Partial<StoredSession> = {}): StoredSession {
  return { clientId, protocolVersion: 4, sessionExpirySeconds: 3600, subscriptions: [], ...overrides }
}

function bytes(...values: number[]): Uint8Array {
  return Uint8Array.from(values)
}

function byId(sessions: Iterable<StoredSession>): StoredSession[] {
  return [...sessions].sort((a, b) => (a.clientId < b.clientId ? -1 : 1))
}

/** So that a Buffer and a Uint8Array of the same bytes are equal. */
function plain(message: Message | undefined) {
  if (!message) return undefined
  const { correlationData } = message.properties
  const properties = correlationData
    ? { ...message.properties, correlationData: Array.from(correlationData) }
    : message.properties
  return { ...message, properties, payload: Array.from(message.payload) }
}
