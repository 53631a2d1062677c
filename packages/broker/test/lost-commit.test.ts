import type { IPublishPacket } from 'mqtt-packet'
import { describe, expect, test } from 'vitest'
import { lossyStore } from './lossy-store.ts'
import { TestBroker } from './test-broker.ts'

const PERSISTENT = { clean: false }

/** A broker with a session that is away and subscribed to `a`. */
async function withSleeper(limits: ConstructorParameters<typeof TestBroker>[0] = {}) {
  const store = lossyStore()
  const test = new TestBroker({ store, ...limits })
  const sleeper = await test.connect(4, 'sleeper', PERSISTENT)
  await sleeper.subscribe('a')
  await sleeper.drop()
  return { store, test }
}

async function received(broker: TestBroker, clientId = 'sleeper'): Promise<string[]> {
  const client = await broker.connect(4, clientId, PERSISTENT)
  const packets = (await client.receiveAll()) as IPublishPacket[]
  await client.drop()
  return packets.map(({ payload }) => String(payload))
}

test('a commit that fails for one connection acknowledges nothing to the others of the turn', async () => {
  const { store, test } = await withSleeper()
  await using broker = test
  const publisher = await broker.connect(4, 'publisher')
  const leaver = await broker.connect(4, 'leaver')
  // Both in one turn: the end of the second commits what the first waits for.
  store.failNextCommit()
  publisher.publish('a', 'lost', { qos: 1, messageId: 1 })
  leaver.send({ cmd: 'disconnect' })
  expect(await publisher.receiveUntilClosed()).toEqual([])
  expect(await received(broker)).toEqual([])
  const again = await broker.connect(4, 'publisher')
  again.publish('a', 'kept', { qos: 1, messageId: 1 })
  expect(await again.receive()).toMatchObject({ cmd: 'puback' })
  expect(await received(broker)).toEqual(['kept'])
})

test('what a failed commit took away does not fill a queue', async () => {
  const { store, test } = await withSleeper({ limits: { queuedMessages: 3 } })
  await using broker = test
  for (const payload of ['1', '2', '3']) {
    const unheard = await broker.connect(4, 'publisher')
    store.failNextCommit()
    unheard.publish('a', `lost ${payload}`, { qos: 1, messageId: 1 })
    await unheard.receiveUntilClosed()
  }
  const publisher = await broker.connect(4, 'publisher')
  for (const payload of ['1', '2', '3', 'one too many']) {
    publisher.publish('a', payload, { qos: 1, messageId: 1 })
    await publisher.receive()
  }
  expect(await received(broker)).toEqual(['1', '2', '3'])
})

test('a session whose end was lost is not there again for the next one of its client', async () => {
  const { store, test } = await withSleeper()
  await using broker = test
  await broker.broker.publish({ topic: 'a', payload: Buffer.from('old'), qos: 1 })
  store.commit()
  const clean = broker.open(4)
  store.failNextCommit()
  clean.sendConnect({ clientId: 'sleeper', clean: true })
  expect(await clean.receiveUntilClosed()).toEqual([])
  const next = broker.open(4)
  expect(await next.connect({ clientId: 'sleeper', clean: true })).toMatchObject({ returnCode: 0 })
  await next.drop()
  store.commit()
  expect([...store.sessions()]).toEqual([])
  expect(store.queueLength('sleeper')).toBe(0)
})

describe('a write that fails outside of any packet ends nothing else', () => {
  test('the end of a connection', async () => {
    const { store, test } = await withSleeper()
    await using broker = test
    const sleeper = await broker.connect(4, 'sleeper', PERSISTENT)
    const bystander = await broker.connect(4, 'bystander')
    store.failNextWrite()
    await sleeper.drop()
    expect(await bystander.receiveAll()).toEqual([])
    expect(broker.errors).toEqual([new Error('disk I/O error')])
    expect(broker.events.at(-1)).toEqual(['disconnected', 'sleeper', 'CONNECTION_LOST'])
    broker.clock.advance(3_600_000)
    expect(broker.broker.subscriptions('sleeper')).toBeUndefined()
  })

  test('the end of a session', async () => {
    const { store, test } = await withSleeper()
    await using broker = test
    store.failNextWrite()
    broker.clock.advance(3_600_000)
    expect(broker.errors).toEqual([new Error('disk I/O error')])
    expect(broker.broker.subscriptions('sleeper')).toBeUndefined()
    const next = broker.open(4)
    expect(await next.connect({ clientId: 'sleeper', ...PERSISTENT })).toMatchObject({ sessionPresent: false })
  })

  test('a message that expired while it waited for its turn', async () => {
    const { store, test } = await withSleeper({ limits: { storedMessagesPerSecond: 1 } })
    await using broker = test
    const expiresAtMs = broker.clock.now() + 500
    for (const payload of ['1', '2']) {
      await broker.broker.publish({ topic: 'a', payload: Buffer.from(payload), qos: 1, expiresAtMs })
    }
    const sleeper = await broker.connect(4, 'sleeper', PERSISTENT)
    expect(await sleeper.receiveAll()).toHaveLength(1)
    store.failNextWrite()
    broker.clock.advance(1000)
    expect(broker.errors).toEqual([new Error('disk I/O error')])
    expect(await sleeper.receiveAll()).toEqual([])
  })
})
