import type { IPublishPacket } from 'mqtt-packet'
import { describe, expect, test } from 'vitest'
import { memoryStore } from '../src/index.ts'
import type { PacketClient } from './packet-client.ts'
import { TestBroker } from './test-broker.ts'

const FILTER = '$share/workers/dt/+'
const BOTH = [4, 5] as const

function persistent(version: 4 | 5) {
  return { clean: false, ...(version === 5 ? { properties: { sessionExpiryInterval: 3600 } } : {}) }
}

async function publish(test: TestBroker, payload: string, qos: 0 | 1 = 1) {
  await test.broker.publish({ topic: 'dt/1', payload: Buffer.from(payload), qos })
}

async function payloads(client: PacketClient): Promise<string[]> {
  return (await client.receiveAll()).map((packet) => String((packet as IPublishPacket).payload))
}

describe.each(BOTH)('shared subscriptions, protocol level %i', (version) => {
  test('each message goes to one member, chosen at random; each group and ordinary subscription gets its own', async () => {
    const choices = [0.9, 0, 0.4, 0.99]
    await using test = new TestBroker({ random: () => choices.shift() ?? 0 })
    const members = [await test.connect(version, 'm0'), await test.connect(version, 'm1')]
    for (const member of members) await member.subscribe(FILTER)
    const ordinary = await test.connect(version, 'ordinary')
    await ordinary.subscribe('dt/#')
    for (const payload of ['a', 'b', 'c', 'd']) await publish(test, payload)
    expect(await Promise.all(members.map(payloads))).toEqual([
      ['b', 'c'],
      ['a', 'd'],
    ])
    expect(await payloads(ordinary)).toEqual(['a', 'b', 'c', 'd'])
    await ordinary.subscribe('$share/others/dt/1')
    await publish(test, 'e')
    expect(await payloads(ordinary)).toEqual(['e', 'e'])
  })

  test('members come and go', async () => {
    await using test = new TestBroker()
    const members = [await test.connect(version, 'm0'), await test.connect(version, 'm1')]
    for (const member of members) await member.subscribe(FILTER)
    members[0]?.send({ cmd: 'unsubscribe', messageId: 3, unsubscriptions: [FILTER] })
    await members[0]?.receive()
    for (const payload of ['1', '2', '3']) await publish(test, payload)
    expect(await payloads(members[1] as PacketClient)).toEqual(['1', '2', '3'])
    await members[1]?.drop()
    await publish(test, 'no one is there, and no one will come back')
    expect(test.broker.store.queueLength(FILTER)).toBe(0)
  })

  test('a member that may not receive the topic is passed over', async () => {
    await using test = new TestBroker({ hooks: { authorizeReceive: (client) => client.clientId === 'm1' } })
    const members = [await test.connect(version, 'm0'), await test.connect(version, 'm1')]
    for (const member of members) await member.subscribe(FILTER)
    for (const payload of ['1', '2', '3', '4']) await publish(test, payload, 0)
    expect(await payloads(members[1] as PacketClient)).toEqual(['1', '2', '3', '4'])
  })

  test('QoS 1 is queued for the group while its persistent members are away; QoS 0 is dropped', async () => {
    await using test = new TestBroker()
    const member = await test.connect(version, 'm0', persistent(version))
    await member.subscribe(FILTER)
    await member.drop()
    await publish(test, '1')
    await publish(test, 'dropped', 0)
    await publish(test, '2')
    expect(test.broker.store.queueLength(FILTER)).toBe(2)
    const other = await test.connect(version, 'm1')
    await other.subscribe(FILTER)
    expect(await payloads(other)).toEqual(['1', '2'])
    expect(test.broker.store.queueLength(FILTER)).toBe(0)
  })

  test('the queue of a group survives the broker, and goes with its last member', async () => {
    const store = memoryStore()
    {
      await using before = new TestBroker({ store })
      const member = await before.connect(version, 'm0', persistent(version))
      await member.subscribe(FILTER)
      await member.drop()
      await publish(before, '1')
      await publish(before, '2')
    }
    await using after = new TestBroker({ store })
    const back = await after.connect(version, 'm0', persistent(version))
    expect(await payloads(back)).toEqual(['1', '2'])
    await back.drop()
    await publish(after, '3')
    expect(store.queueLength(FILTER)).toBe(1)
    after.broker.disconnect('m0', { cleanSession: true })
    expect(store.queueLength(FILTER)).toBe(0)
  })

  test('drains at up to 20 messages a second and member', async () => {
    await using test = new TestBroker({ limits: { sharedMessagesPerSecond: 20 } })
    const member = await test.connect(version, 'm0', persistent(version))
    await member.subscribe(FILTER)
    await member.drop()
    for (let index = 0; index < 50; index++) await publish(test, String(index))
    const back = await test.connect(version, 'm0', persistent(version))
    expect(await payloads(back)).toHaveLength(20)
    test.clock.advance(1000)
    expect(await payloads(back)).toHaveLength(20)
    test.clock.advance(1000)
    expect(await payloads(back)).toHaveLength(10)
  })

  test('while every member is busy, QoS 1 waits for the first that is not', async () => {
    await using test = new TestBroker({ limits: { outboundInFlight: 1 }, random: () => 0 })
    const m0 = await test.connect(version, 'm0', persistent(version))
    const m1 = await test.connect(version, 'm1', persistent(version))
    for (const member of [m0, m1]) await member.subscribe(FILTER)
    for (const payload of ['1', '2', '3']) await publish(test, payload)
    const [first] = (await m0.receiveAll()) as IPublishPacket[]
    const [second] = (await m1.receiveAll()) as IPublishPacket[]
    expect([String(first?.payload), String(second?.payload)]).toEqual(['1', '2'])
    m1.send({ cmd: 'puback', messageId: second?.messageId })
    await m1.receiveAll()
    test.clock.advance(50)
    expect(await payloads(m1)).toEqual(['3'])
  })

  test('a message that expires in the queue is not delivered', async () => {
    await using test = new TestBroker()
    const member = await test.connect(version, 'm0', persistent(version))
    await member.subscribe(FILTER)
    await member.drop()
    const expiresAtMs = test.clock.now() + 1000
    await test.broker.publish({ topic: 'dt/1', payload: Buffer.from('1'), qos: 1, expiresAtMs })
    test.clock.advance(1000)
    const back = await test.connect(version, 'm0', persistent(version))
    expect(await payloads(back)).toEqual([])
    expect(test.broker.store.queueLength(FILTER)).toBe(0)
  })

  test('to subscribe again changes the QoS and keeps the queue', async () => {
    await using test = new TestBroker({ hooks: { authorizeReceive: () => false } })
    const member = await test.connect(version, 'm0', persistent(version))
    await member.subscribe(FILTER)
    await publish(test, '1')
    expect(test.broker.store.queueLength(FILTER)).toBe(1)
    await member.subscribe(FILTER)
    expect(test.broker.store.queueLength(FILTER)).toBe(1)
    expect(test.broker.subscriptions('m0')).toEqual([{ filter: FILTER, qos: 1 }])
  })
})
