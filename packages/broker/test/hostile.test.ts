import { duplexPair } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { TestBroker, TRANSPORT } from './test-broker.ts'

const BOTH = [4, 5] as const

describe('malformed packets end their connection, with the reason, and no one else notices', () => {
  type Row = [what: string, hex: string, reasonCode: number]
  test.each<Row>([
    ['[MQTT-3.3.1-4] PUBLISH with QoS 3', '3605000161' + '0001', 0x81],
    ['[MQTT-3.3.1-2] DUP with QoS 0', '3803000161', 0x81],
    ['[MQTT-2.2.1-3] packet id 0', '3205000161' + '0000', 0x81],
    ['PUBLISH that ends inside its topic', '3003000561', 0x81],
    ['[MQTT-1.5.4-1] ill-formed UTF-8', '30060002c3280000', 0x81],
    ['[MQTT-1.5.4-1] a surrogate', '30070003eda0800000', 0x81],
    ['[MQTT-1.5.4-2] U+0000', '3005000361006200', 0x81],
    ['[MQTT-2.1.3-1] SUBSCRIBE without its flags', '8006000100000161', 0x81],
    ['[MQTT-3.8.3-2] SUBSCRIBE without a filter', '8203000100', 0x82],
    ['[MQTT-3.10.3-2] UNSUBSCRIBE without a filter', 'a203000100', 0x82],
    ['a remaining length of five bytes', '30ffffffff01', 0x81],
    ['[MQTT-1.5.5-1] a remaining length longer than needed', 'c08000', 0x81],
    ['PINGREQ with a body', 'c00100', 0x81],
    ['a packet type of 0', '0000', 0x82],
    ['CONNACK', '20020000', 0x82],
    ['PUBREL', '62020001', 0x82],
    ['AUTH', 'f000', 0x82],
  ])('%s', async (_, hex, reasonCode) => {
    await using test = new TestBroker()
    const bystander = await test.connect(5, 'bystander')
    await bystander.subscribe('#')
    const client = await test.connect(5, 'client')
    client.write(Buffer.from(hex, 'hex'))
    expect(await client.receiveUntilClosed()).toMatchObject([{ cmd: 'disconnect', reasonCode }])
    expect(await bystander.receiveAll()).toEqual([])
    expect(test.events.at(-1)).toEqual(['disconnected', 'client', 'CLIENT_ERROR'])
    expect(test.errors).toEqual([])
  })

  test.each<Row>([
    ['a property that PUBLISH cannot have', '30' + '09' + '000161' + '05' + '1100000001', 0x81],
    ['an unknown property', '30' + '06' + '000161' + '02' + '7f00', 0x81],
    ['a property twice', '30' + '08' + '000161' + '04' + '01000100', 0x82],
    ['a payload format of 2', '30' + '06' + '000161' + '02' + '0102', 0x82],
    ['properties longer than the packet', '30' + '04' + '000161' + '05', 0x81],
    ['a property longer than the properties', '30' + '08' + '000161' + '02' + '23000a00', 0x81],
    ['retain handling 3', '82' + '07' + '0001' + '00' + '000161' + '30', 0x82],
    ['a reserved subscription option', '82' + '07' + '0001' + '00' + '000161' + '40', 0x81],
    ['bytes behind a PUBACK', '40' + '05' + '0001' + '00' + '00' + '00', 0x81],
  ])('MQTT 5: %s', async (_, hex, reasonCode) => {
    await using test = new TestBroker()
    const client = await test.connect(5, 'client')
    client.write(Buffer.from(hex, 'hex'))
    expect(await client.receiveUntilClosed()).toMatchObject([{ cmd: 'disconnect', reasonCode }])
  })

  test.each([
    ['[MQTT-3.1.2-3] the reserved flag', '100d00044d5154540501003c00' + '0000', 0x81],
    ['[MQTT-3.1.2-11] will flags without a will', '100d00044d5154540508003c00' + '0000', 0x81],
    ['[MQTT-3.1.2-12] a will with QoS 3', '100d00044d515454051c003c00' + '0000', 0x81],
    ['a receive maximum of 0', '101000044d5154540502003c03' + '2100000000', 0x82],
    ['bytes behind the end', '100e00044d5154540502003c00' + '000000', 0x81],
  ])('CONNECT of MQTT 5 with %s: CONNACK says why', async (_, hex, reasonCode) => {
    await using test = new TestBroker()
    const client = test.open(5)
    client.write(Buffer.from(hex, 'hex'))
    expect(await client.receiveUntilClosed()).toMatchObject([{ cmd: 'connack', reasonCode, sessionPresent: false }])
  })

  test.each([
    ['[MQTT-3.1.2-22] of 3.1.1: a password without a user name', '100f00044d5154540442003c0001610001' + '62'],
    ['another protocol', '100d00044d5154580402003c' + '000161'],
  ])('CONNECT of MQTT 3.1.1 with %s: closed without a word', async (_, hex) => {
    await using test = new TestBroker()
    const client = test.open(4)
    client.write(Buffer.from(hex, 'hex'))
    expect(await client.receiveUntilClosed()).toEqual([])
  })
})

describe('rates', () => {
  test.each(BOTH)('version %i: publishes beyond 100 a second are discarded', async (version) => {
    await using test = new TestBroker({ limits: { inboundPublishesPerSecond: 100 } })
    const subscriber = await test.connect(version, 'subscriber')
    await subscriber.subscribe('a')
    const publisher = await test.connect(version, 'publisher')
    for (let messageId = 1; messageId <= 110; messageId++) publisher.publish('a', '1', { qos: 1, messageId })
    const answers = await publisher.receiveAll()
    expect(await subscriber.receiveAll()).toHaveLength(100)
    expect(answers).toHaveLength(version === 5 ? 110 : 100)
    if (version === 5) expect(answers[109]).toMatchObject({ messageId: 110, reasonCode: 0x97 })
    test.clock.advance(1000)
    publisher.publish('a', '2', { qos: 1, messageId: 1 })
    expect(await publisher.receiveAll()).toHaveLength(1)
  })

  test('messages to a client beyond 100 a second: QoS 0 is discarded, QoS 1 waits', async () => {
    await using test = new TestBroker({ limits: { outboundPublishesPerSecond: 100, outboundInFlight: 1000 } })
    const subscriber = await test.connect(5, 'subscriber')
    await subscriber.subscribe('a')
    for (let index = 0; index < 150; index++) {
      await test.broker.publish({ topic: 'a', payload: Buffer.from(String(index)), qos: index < 120 ? 1 : 0 })
    }
    expect(await subscriber.receiveAll()).toHaveLength(100)
    test.clock.advance(1000)
    expect(await subscriber.receiveAll()).toMatchObject(
      Array.from({ length: 20 }, (_, index) => ({ qos: 1, payload: Buffer.from(String(100 + index)) })),
    )
  })

  test('bytes beyond the limit are read later', async () => {
    await using test = new TestBroker({ limits: { inboundBytesPerSecond: 1000 } })
    const client = await test.connect(4, 'client')
    client.publish('a', 'x'.repeat(3000))
    client.publish('a', '2', { qos: 1, messageId: 2 })
    const other = await test.connect(4, 'other')
    expect(await other.receiveAll()).toEqual([])
    const answer = client.receive()
    test.clock.advance(5000)
    expect(await answer).toMatchObject({ cmd: 'puback', messageId: 2 })
  })
})

describe('a slow consumer', () => {
  test('costs no more than its share: QoS 0 is dropped, QoS 1 waits in bounds, and the others get everything', async () => {
    const limits = { outboundBufferBytes: 100_000, queuedBytes: 50_000 }
    await using test = new TestBroker({ limits })
    const [ours, theirs] = duplexPair()
    test.broker.accept(theirs, TRANSPORT)
    // It connects and subscribes, and then never reads.
    ours.write(Buffer.from('100d00044d5154540402003c000173', 'hex'))
    ours.write(Buffer.from('82060001000161' + '01', 'hex'))
    const fast = await test.connect(4, 'fast')
    await fast.subscribe('a')
    const payload = Buffer.alloc(1000)
    let received = 0
    for (let index = 0; index < 500; index++) {
      await test.broker.publish({ topic: 'a', payload, qos: 0 })
      received += (await fast.receiveAll()).length
    }
    for (let index = 0; index < 500; index++) await test.broker.publish({ topic: 'a', payload, qos: 1 })
    for (const packet of await fast.receiveAll()) {
      received++
      if (packet.cmd === 'publish') fast.send({ cmd: 'puback', messageId: packet.messageId })
    }
    expect(received).toBe(500 + 100)
    expect(theirs.writableLength).toBeLessThan(limits.outboundBufferBytes + 2000)
    theirs.destroy()
  })

  // Below and above the stream's high-water mark: the connection learns in two ways that its output went.
  test.each([10_000, 100_000])('gets its QoS 1 messages once it reads (%i bytes of output)', async (bytes) => {
    await using test = new TestBroker({ limits: { outboundBufferBytes: bytes } })
    const client = await test.connect(4, 'client')
    await client.subscribe('a')
    client.stream.pause()
    const payload = Buffer.alloc(bytes / 10)
    for (let index = 0; index < 50; index++) await test.broker.publish({ topic: 'a', payload, qos: 1 })
    const other = await test.connect(4, 'other')
    await other.receiveAll()
    client.stream.resume()
    const received: unknown[] = []
    while (received.length < 50) received.push(await client.receive())
    expect(received).toHaveLength(50)
  })
})

describe('a client that does not read its answers', () => {
  async function flood(test: TestBroker, bytes: number) {
    const [ours, theirs] = duplexPair()
    test.broker.accept(theirs, TRANSPORT)
    ours.write(Buffer.from('100d00044d5154540402003c000173', 'hex'))
    const pings = Buffer.alloc(20_000, Buffer.from('c000', 'hex'))
    for (let index = 0; index < bytes / 20_000; index++) ours.write(pings)
    const other = await test.connect(4, 'other')
    for (let turn = 0; turn < 20; turn++) await other.receiveAll()
    return { ours, theirs, other }
  }

  test.each([10_000, 100_000])('is not read any further (%i bytes of output)', async (outboundBufferBytes) => {
    await using test = new TestBroker({ limits: { outboundBufferBytes } })
    const bytes = outboundBufferBytes * 40
    const { ours, theirs } = await flood(test, bytes)
    expect(theirs.writableLength).toBeLessThan(outboundBufferBytes * 10)
    expect(ours.writableLength).toBeGreaterThan(outboundBufferBytes * 10)
    let answered = 0
    ours.on('data', (chunk: Buffer) => {
      answered += chunk.length
    })
    while (answered < bytes + 4) await new Promise((resolve) => ours.once('data', resolve))
    theirs.destroy()
  })

  test('is gone after its keep-alive', async () => {
    await using test = new TestBroker({ limits: { outboundBufferBytes: 10_000 } })
    const { theirs } = await flood(test, 400_000)
    test.clock.advance(90_000)
    expect(test.events).toContainEqual(['disconnected', 's', 'MQTT_KEEP_ALIVE_TIMEOUT'])
    test.clock.advance(2000)
    expect(theirs.destroyed).toBe(true)
  })
})

test('a client whose messages wait for the hook is not read further, also with QoS 0', async () => {
  const verdicts: ((verdict: 'deliver') => void)[] = []
  const onMessage = () => new Promise<'deliver'>((resolve) => void verdicts.push(resolve))
  await using test = new TestBroker({ hooks: { onMessage }, limits: { pendingMessages: 10 } })
  const client = await test.connect(4, 'client')
  for (let index = 0; index < 30; index++) client.publish('a', '1')
  const other = await test.connect(4, 'other')
  await other.receiveAll()
  expect(verdicts).toHaveLength(10)
  const answer = client.receiveAll()
  while (verdicts.length > 0) {
    verdicts.shift()?.('deliver')
    await other.receiveAll()
  }
  expect(await answer).toEqual([])
})
