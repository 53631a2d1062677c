import { expect, test } from 'vitest'
import { type BrokerStore, memoryStore } from '../src/index.ts'
import { TestBroker } from './test-broker.ts'

// What a client can make grow without being greedy at any one moment. See greedy.test.ts for what waits for clients.

const PERSISTENT = { clean: false, properties: { sessionExpiryInterval: 3600 } }

test('bytes of messages that wait for the hook: the client is read on when they are through', async () => {
  const verdicts: ((verdict: 'deliver') => void)[] = []
  const onMessage = () => new Promise<'deliver'>((resolve) => void verdicts.push(resolve))
  await using test = new TestBroker({ hooks: { onMessage }, limits: { pendingBytes: 10_000 } })
  const client = await test.connect(4, 'client')
  for (let index = 0; index < 30; index++) client.publish('a', 'x'.repeat(3000))
  const other = await test.connect(4, 'other')
  await other.receiveAll()
  expect(verdicts).toHaveLength(4)
  const answer = client.receiveAll()
  for (let answered = 0; answered < 30; answered++) {
    verdicts.shift()?.('deliver')
    await other.receiveAll()
  }
  expect(await answer).toEqual([])
})

test('they count as memory for all, until they are through or refused', async () => {
  const verdicts: PromiseWithResolvers<'deliver'>[] = []
  const onMessage = () => {
    const verdict = Promise.withResolvers<'deliver'>()
    verdicts.push(verdict)
    return verdict.promise
  }
  await using test = new TestBroker({ hooks: { onMessage }, limits: { memoryBytes: 20_000 } })
  const clients = [await test.connect(4, 'a'), await test.connect(4, 'b')]
  for (const client of clients) for (let index = 0; index < 9; index++) client.publish('a', 'x'.repeat(3000))
  const other = await test.connect(4, 'other')
  await other.receiveAll()
  expect(verdicts.length).toBeLessThan(8)
  const before = verdicts.splice(0)
  before[0]?.reject(new Error('no'))
  for (const verdict of before.slice(1)) verdict.resolve('deliver')
  await other.receiveAll()
  expect(verdicts.length).toBeGreaterThan(0)
  for (const { resolve } of verdicts) resolve('deliver')
})

test.each([4, 5] as const)('version %i: retained messages by their bytes', async (version) => {
  const store = memoryStore()
  await using test = new TestBroker({ store, limits: { retainedBytes: 1000 } })
  const retain = async (topic: string, bytes: number) => {
    const client = await test.connect(version, 'client')
    client.publish(topic, 'x'.repeat(bytes), { qos: 1, messageId: 1, retain: true })
    const answers = await client.receiveAll()
    await client.drop()
    return answers
  }
  expect(await retain('a', 500)).toMatchObject([{ cmd: 'puback' }])
  expect(await retain('b', 400)).toMatchObject([{ cmd: 'puback' }])
  const refused = version === 5 ? [{ cmd: 'puback', reasonCode: 0x97 }] : []
  expect(await retain('c', 200)).toMatchObject(refused)
  expect(await retain('a', 700)).toMatchObject(refused)
  expect(await retain('a', 100)).toMatchObject([{ cmd: 'puback' }])
  expect(await retain('c', 200)).toMatchObject([{ cmd: 'puback' }])
  expect(store.retainedBytes()).toBeLessThanOrEqual(1000)
})

const sessionsOf = (store: BrokerStore) => [...store.sessions()].map(({ clientId }) => clientId)

test('sessions and their subscriptions count as what is stored', async () => {
  const store = memoryStore()
  const limits = { storedBytes: 2000 }
  await using test = new TestBroker({ store, limits })
  let refused = 0
  for (let index = 0; index < 40 && refused === 0; index++) {
    const client = test.open(5)
    const connack = await client.connect({ clientId: `client-${index}`, ...PERSISTENT })
    if ('reasonCode' in connack && connack.reasonCode === 0x97) refused = index
    await client.drop()
  }
  expect(refused).toBeGreaterThan(5)
  expect(sessionsOf(store)).toHaveLength(refused)
  // Who has a session comes back to it, and one that ends makes room.
  await using again = new TestBroker({ store, limits })
  const back = again.open(5)
  expect(await back.connect({ clientId: 'client-0', ...PERSISTENT })).toMatchObject({ sessionPresent: true })
  expect(await back.subscribe('a')).toMatchObject({ cmd: 'suback', granted: [0x97] })
  again.broker.disconnect('client-0', { cleanSession: true })
  again.broker.disconnect('client-1', { cleanSession: true })
  const another = again.open(5)
  expect(await another.connect({ clientId: 'another', ...PERSISTENT })).toMatchObject({ reasonCode: 0 })
})

test('wills count as memory', async () => {
  await using test = new TestBroker({ limits: { memoryBytes: 10_000 } })
  const will = { topic: 'w', payload: Buffer.alloc(3000), qos: 0 as const, retain: false }
  const answers = []
  for (const clientId of ['a', 'b', 'c', 'd', 'e']) {
    answers.push(await test.open(5).connect({ clientId, will }))
  }
  expect(answers.map((answer) => 'reasonCode' in answer && answer.reasonCode)).toEqual([0, 0, 0, 0, 0x97])
  test.broker.disconnect('a')
  expect(await test.open(5).connect({ clientId: 'e', will })).toMatchObject({ reasonCode: 0 })
})

test('connections', async () => {
  await using test = new TestBroker({ limits: { connections: 2 } })
  const [first, second] = [await test.connect(4, 'a'), await test.connect(4, 'b')]
  const third = test.open(4)
  expect(await third.receiveUntilClosed()).toEqual([])
  await Promise.all([first.drop(), third.drop()])
  await second.receiveAll()
  await test.connect(4, 'c')
})
