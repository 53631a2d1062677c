import { duplexPair, Writable } from 'node:stream'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, test } from 'vitest'
import { BudgetShare, ByteBudget } from '../src/byte-budget.ts'
import { Delivery } from '../src/delivery.ts'
import { type DropCause, memoryStore } from '../src/index.ts'
import { Output } from '../src/output.ts'
import { encodePacket } from './packet-client.ts'
import { TestBroker, TRANSPORT } from './test-broker.ts'

const MEBIBYTE = 1_048_576

/** A client that connects, subscribes, and then never reads. */
function neverReads(test: TestBroker, clientId: string, filter: string, qos: 0 | 1) {
  const [ours, theirs] = duplexPair()
  test.broker.accept(theirs, TRANSPORT)
  ours.write(
    encodePacket(4, {
      cmd: 'connect',
      protocolId: 'MQTT',
      protocolVersion: 4,
      clean: true,
      clientId,
      keepalive: 60,
    }),
  )
  ours.write(encodePacket(4, { cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: filter, qos }] }))
  ours.once('close', () => theirs.destroy()) // as a socket does
  return ours
}

function countDrops() {
  const drops = new Map<string, number>()
  const onDropped = (owner: string, _: unknown, cause: DropCause) => {
    const key = `${owner} ${cause}`
    drops.set(key, (drops.get(key) ?? 0) + 1)
  }
  return { drops, onDropped }
}

setFlagsFromString('--expose-gc')
const collectGarbage: () => void = runInNewContext('gc')

/** Bytes of all buffers, once what nobody refers to is gone: another thread frees them, for which the next run waits. */
function bufferBytes(): number {
  collectGarbage()
  collectGarbage()
  return process.memoryUsage().arrayBuffers
}

describe.each([0, 1] as const)('subscribers that never read (QoS %i)', (qos) => {
  test('share what they wait with, and give it back', async () => {
    await using test = new TestBroker()
    const good = await test.connect(4, 'good')
    await good.subscribe('big', { qos: 0 })
    const greedy = Array.from({ length: 50 }, (_, index) => neverReads(test, `greedy-${index}`, 'big', qos))
    await good.receiveAll()
    const before = bufferBytes()
    let received = 0
    for (let index = 0; index < 100; index++) {
      // 50 times 10 MB, if each had its own.
      await test.broker.publish({ topic: 'big', payload: Buffer.alloc(100_000, index), qos })
      received += (await good.receiveAll()).length
    }
    expect(received).toBe(100)
    expect(bufferBytes() - before).toBeLessThan(100 * MEBIBYTE)
    for (const stream of greedy) stream.destroy()
    await good.receiveAll()
    test.clock.advance(2000)
    await good.receiveAll()
    expect(bufferBytes() - before).toBeLessThan(10 * MEBIBYTE)
  })
})

test('all together keep within the budget, whatever each waits with', async () => {
  const { drops, onDropped } = countDrops()
  const limits = { memoryBytes: 4 * MEBIBYTE }
  await using test = new TestBroker({ limits, hooks: { onDropped } })
  const good = await test.connect(4, 'good')
  await good.subscribe('to/good')
  for (let index = 0; index < 30; index++) neverReads(test, `greedy-${index}`, `to/${index}`, 1)
  await good.receiveAll()
  const before = bufferBytes()
  let received = 0
  for (let round = 0; round < 40; round++) {
    for (let index = 0; index < 30; index++) {
      await test.broker.publish({ topic: `to/${index}`, payload: Buffer.alloc(50_000), qos: round % 2 === 0 ? 0 : 1 })
    }
    await test.broker.publish({ topic: 'to/good', payload: Buffer.alloc(50_000), qos: 0 })
    received += (await good.receiveAll()).length
  }
  expect(received).toBe(40)
  expect(drops.get('good MEMORY_FULL')).toBeUndefined()
  expect(drops.get('greedy-0 MEMORY_FULL')).toBeGreaterThan(20)
  // Below its high-water mark a stream is not counted: 30 streams of at most one packet more than that.
  expect(bufferBytes() - before).toBeLessThan(limits.memoryBytes + 30 * 120_000 + 4 * MEBIBYTE)
})

test('one that was slow gets what waited, whole and in order, and what was dropped is told', async () => {
  const { drops, onDropped } = countDrops()
  await using test = new TestBroker({ limits: { outboundBufferBytes: 2 * MEBIBYTE }, hooks: { onDropped } })
  const slow = await test.connect(5, 'slow')
  const other = await test.connect(5, 'other')
  await slow.subscribe('zero', { qos: 0 })
  await slow.subscribe('one', { qos: 1 })
  slow.stream.pause()
  for (let index = 0; index < 100; index++) {
    for (const [topic, qos] of [
      ['zero', 0],
      ['one', 1],
    ] as const) {
      const payload = Buffer.alloc(20_000)
      payload.writeUInt32BE(index)
      await test.broker.publish({ topic, payload, qos })
    }
    await other.receiveAll()
  }
  slow.stream.resume()
  const numbers: Record<string, number[]> = { zero: [], one: [] }
  const packetIds: unknown[] = []
  while ((numbers.one?.length ?? 0) < 100) {
    const packet = await slow.receive()
    if (packet.cmd !== 'publish') continue
    expect(packet.payload).toHaveLength(20_000)
    numbers[packet.topic]?.push(Buffer.from(packet.payload).readUInt32BE())
    if (packet.qos === 0) continue
    packetIds.push(packet.messageId)
    slow.send({ cmd: 'puback', messageId: packet.messageId })
  }
  const rest = await slow.receiveAll()
  expect(rest).toEqual([])
  expect(numbers.one).toEqual(Array.from({ length: 100 }, (_, index) => index))
  expect(new Set(packetIds).size).toBe(100)
  const zeroes = numbers.zero ?? []
  expect(zeroes).toEqual([...zeroes].sort((a, b) => a - b))
  expect(drops).toEqual(new Map([['slow OUTPUT_FULL', 100 - zeroes.length]]))
})

test('topic aliases hold for one that was slow', async () => {
  await using test = new TestBroker()
  const slow = await test.connect(5, 'slow', { properties: { topicAliasMaximum: 2 } })
  const other = await test.connect(5, 'other')
  await slow.subscribe('#', { qos: 0 })
  slow.stream.pause()
  for (let index = 0; index < 60; index++) {
    await test.broker.publish({ topic: `topic/${index % 3}`, payload: Buffer.alloc(20_000) })
    await other.receiveAll()
  }
  slow.stream.resume()
  const aliases = new Map<number, string>()
  const topics: string[] = []
  for (const packet of await slow.receiveAll()) {
    if (packet.cmd !== 'publish') continue
    const alias = packet.properties?.topicAlias
    if (alias !== undefined && packet.topic) aliases.set(alias, packet.topic)
    topics.push(packet.topic || (aliases.get(alias ?? 0) ?? ''))
  }
  expect(topics).toEqual(Array.from({ length: 60 }, (_, index) => `topic/${index % 3}`))
})

describe('what is stored for those that are away', () => {
  /** Makes a session and leaves it. */
  async function leave(test: TestBroker, clientId: string, filter: string) {
    const client = await test.connect(4, clientId, { clean: false })
    await client.subscribe(filter, { qos: 1 })
    client.send({ cmd: 'disconnect' })
    await client.receiveUntilClosed()
  }

  const send = async (test: TestBroker, topic: string, count: number) => {
    for (let index = 0; index < count; index++) {
      await test.broker.publish({ topic, payload: Buffer.alloc(999), qos: 1 }) // 1000 bytes with its topic
    }
  }

  /** Comes back, takes everything, and stays. */
  async function fetchAll(test: TestBroker, clientId: string, count: number) {
    const client = await test.connect(4, clientId, { clean: false })
    for (let received = 0; received < count; received++) {
      const packet = await client.receive()
      if (packet.cmd === 'publish') client.send({ cmd: 'puback', messageId: packet.messageId })
    }
    expect(await client.receiveAll()).toEqual([])
    return client
  }

  test('is bounded for each, in bytes', async () => {
    const { drops, onDropped } = countDrops()
    await using test = new TestBroker({ limits: { storedBytesPerQueue: 10_000 }, hooks: { onDropped } })
    await leave(test, 'away', 'a')
    await send(test, 'a', 25)
    expect(test.broker.store.queueBytes('away')).toBe(10_000)
    expect(drops).toEqual(new Map([['away QUEUE_FULL', 15]]))
    await fetchAll(test, 'away', 10)
    await send(test, 'a', 1)
    expect(drops.get('away QUEUE_FULL')).toBe(15)
  })

  test('is bounded for a shared subscription', async () => {
    const { drops, onDropped } = countDrops()
    await using test = new TestBroker({ limits: { storedBytesPerQueue: 10_000 }, hooks: { onDropped } })
    await leave(test, 'member', '$share/group/a')
    await send(test, 'a', 25)
    expect(test.broker.store.queueBytes('$share/group/a')).toBe(10_000)
    expect(drops).toEqual(new Map([['$share/group/a QUEUE_FULL', 15]]))
    await fetchAll(test, 'member', 10)
    expect(test.broker.store.queueBytes('$share/group/a')).toBe(0)
  })

  test('is bounded for all: who holds the most is refused first, and an end makes room', async () => {
    const { drops, onDropped } = countDrops()
    const limits = { storedBytes: 100_000 }
    await using test = new TestBroker({ limits, hooks: { onDropped } })
    for (const topic of ['a', 'b', 'c']) await leave(test, `client-${topic}`, topic)
    await send(test, 'a', 100)
    expect(test.broker.store.queueLength('client-a')).toBe(50)
    await send(test, 'b', 100)
    expect(test.broker.store.queueLength('client-b')).toBe(25)
    await send(test, 'c', 10)
    await send(test, 'a', 1)
    expect(drops).toEqual(
      new Map([
        ['client-a STORE_FULL', 51],
        ['client-b STORE_FULL', 75],
      ]),
    )
    test.broker.disconnect('client-a', { cleanSession: true })
    await send(test, 'b', 1)
    expect(drops.get('client-b STORE_FULL')).toBe(75)
  })

  test('counts also what an earlier process stored', async () => {
    const { drops, onDropped } = countDrops()
    const store = memoryStore()
    const limits = { storedBytes: 20_000 }
    {
      await using first = new TestBroker({ store, limits })
      await leave(first, 'away', 'a')
      await leave(first, 'other', 'b')
      await send(first, 'a', 10)
    }
    await using second = new TestBroker({ store, limits, hooks: { onDropped } })
    await send(second, 'a', 1)
    await send(second, 'b', 6)
    expect(drops).toEqual(
      new Map([
        ['away STORE_FULL', 1],
        ['other STORE_FULL', 1],
      ]),
    )
    await fetchAll(second, 'away', 10)
    await send(second, 'b', 5)
    expect(drops.get('other STORE_FULL')).toBe(1)
  })
})

describe('one that sends too much', () => {
  test.each([4, 5] as const)('has its filters beyond the rate read later, in order (version %i)', async (version) => {
    await using test = new TestBroker({ limits: { filtersPerSecond: 10 } })
    const flooding = await test.connect(version, 'flooding')
    const good = await test.connect(version, 'good')
    for (let messageId = 1; messageId <= 24; messageId += 2) {
      flooding.send({ cmd: 'subscribe', messageId, subscriptions: [{ topic: `a/${messageId}`, qos: 0 }] })
      flooding.send({ cmd: 'unsubscribe', messageId: messageId + 1, unsubscriptions: [`a/${messageId}`] })
    }
    const answers: unknown[] = []
    const receive = async (count: number) => {
      for (let index = 0; index < count; index++) {
        const packet = await flooding.receive()
        answers.push([packet.cmd, packet.messageId])
      }
    }
    await receive(10)
    expect(test.broker.subscriptions('flooding')).toEqual([])
    expect((await good.subscribe('b')).cmd).toBe('suback')
    expect(test.events.filter(([, clientId]) => clientId === 'flooding')).toHaveLength(11)
    test.clock.advance(1000)
    await receive(10)
    test.clock.advance(1000)
    await receive(4)
    expect(answers).toEqual(
      Array.from({ length: 24 }, (_, index) => [index % 2 === 0 ? 'suback' : 'unsuback', index + 1]),
    )
  })

  test('waits for the others: nobody has to wait for all that it sent', async () => {
    await using test = new TestBroker()
    const flooding = await test.connect(4, 'flooding')
    const good = await test.connect(4, 'good')
    let answered = 0
    const all = new Promise<void>((resolve) => {
      flooding.stream.on('data', (chunk: Buffer) => {
        answered += chunk.length / 2
        if (answered === 20_000) resolve()
      })
    })
    flooding.write(Buffer.alloc(40_000, Buffer.from('c000', 'hex')))
    expect(await good.receiveAll()).toEqual([])
    expect(answered).toBeLessThan(5000)
    await all
    expect(await good.receiveAll()).toEqual([])
  })
})

describe('the budget', () => {
  const message = {
    topic: 'a',
    payload: Buffer.alloc(100_000),
    qos: 1,
    retain: false,
    properties: {},
    receivedAtMs: 0,
  } as const

  /** A stream that takes something when it is told to. */
  function stoppedStream() {
    const taken: Buffer[] = []
    let take: (() => void) | undefined
    const stream = new Writable({
      highWaterMark: 65_536,
      write(chunk: Buffer, _, callback) {
        taken.push(chunk)
        take = callback
      },
    })
    return { stream, taken, take: () => take?.() }
  }

  test('counts once what several wait with, and nothing when nobody waits', () => {
    const budget = new ByteBudget(1_000_000)
    const outputs = [1, 2, 3].map(() => {
      const { stream } = stoppedStream()
      const output = new Output(stream, new BudgetShare(budget), 1_000_000, () => {})
      output.push(Buffer.alloc(300_000))
      output.flush()
      return output
    })
    expect(budget.usedBytes).toBe(900_000)
    const delivery = new Delivery(message, 0)
    const kept = delivery.keptFrame(4, 1, false)
    for (const output of outputs) {
      expect(output.isStalled).toBe(true)
      output.keep(kept, 7)
    }
    expect(budget.usedBytes).toBe(900_000 + kept.sizeBytes + 3 * 128)
    outputs[0]?.end()
    expect(budget.usedBytes).toBe(600_000 + kept.sizeBytes + 2 * 128)
    for (const output of outputs) output.end()
    expect(budget.usedBytes).toBe(0)
  })

  test('is given back as the stream takes what waits, in order', async () => {
    const budget = new ByteBudget(10_000_000)
    const { stream, taken, take } = stoppedStream()
    const output = new Output(stream, new BudgetShare(budget), 1_000_000, () => output.flush())
    output.push(Buffer.alloc(300_000, 1))
    output.flush()
    for (let packetId = 1; packetId <= 5; packetId++) {
      output.keep(
        new Delivery({ ...message, payload: Buffer.alloc(100_000, packetId) }, 0).keptFrame(4, 1, false),
        packetId,
      )
      output.push(Buffer.of(0xd0, 0))
      output.flush()
    }
    while (stream.writableLength > 0) {
      const drained = new Promise((resolve) => setImmediate(resolve))
      take()
      await drained
    }
    expect(output.backlogBytes).toBe(0)
    expect(budget.usedBytes).toBe(0)
    const bytes = Buffer.concat(taken).subarray(300_000)
    const packetBytes = 1 + 3 + 2 + 1 + 2 + 100_000
    for (let packetId = 1; packetId <= 5; packetId++) {
      const packet = bytes.subarray((packetId - 1) * (packetBytes + 2))
      expect(packet.readUInt16BE(7)).toBe(packetId)
      expect(packet[9]).toBe(packetId)
      expect(packet[packetBytes]).toBe(0xd0)
    }
  })

  test('has room for one that holds less than is free', () => {
    const budget = new ByteBudget(1000)
    const [first, second, third] = [new BudgetShare(budget), new BudgetShare(budget), new BudgetShare(budget)]
    first.add(500)
    expect([first.hasRoom, second.hasRoom]).toEqual([false, true])
    second.add(300)
    expect([first.hasRoom, second.hasRoom, third.hasRoom]).toEqual([false, false, true])
    first.add(-500)
    expect([first.hasRoom, second.hasRoom]).toEqual([true, true])
  })
})
