import type { Duplex } from 'node:stream'
import type { IPublishPacket, Packet } from 'mqtt-packet'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { connectPacket, encodePacket, PacketClient, type Sent } from './packet-client.ts'

/** A server under test, by one of its doors: its clients may do anything with topics under `suite/`. */
export interface MqttDoor {
  /** A stream of MQTT to the server, on which nothing was said yet. */
  open(): Duplex | Promise<Duplex>
  /** Moves the server's clock, and lets happen what is due until then. */
  advance(ms: number): void
  close?(): unknown
}

type ConnectOptions = Parameters<PacketClient['sendConnect']>[0]

/** Client ids and topics differ from test to test, since all tests of a door share its server. */
let count = 0

/**
 * What MQTT is over any transport: packets whole, in order and on time, however the bytes are cut, and both ways of
 * leaving. Call it in a Vitest file:
 * `mqttSuite('MQTT over TLS', () => ({ open: () => connect(port), advance: (ms) => clock.advance(ms) }))`. It stays
 * within the limits of AWS IoT Core.
 */
export function mqttSuite(name: string, setUp: () => MqttDoor | Promise<MqttDoor>): void {
  describe.each([4, 5] as const)(`${name}, protocol level %i`, (version) => {
    let door: MqttDoor
    const clients: PacketClient[] = []

    beforeAll(async () => {
      door = await setUp()
    })
    afterEach(() => {
      for (const client of clients.splice(0)) client.stream.destroy()
    })
    afterAll(() => door.close?.())

    async function open(): Promise<PacketClient> {
      const client = new PacketClient(await door.open(), version)
      clients.push(client)
      return client
    }

    async function connect(clientId: string, options: ConnectOptions = {}): Promise<PacketClient> {
      const client = await open()
      expect(await client.connect({ clientId, ...options })).toMatchObject(accepted(false))
      return client
    }

    /** What CONNACK says. */
    function accepted(sessionPresent: boolean) {
      return { cmd: 'connack', sessionPresent, ...(version === 5 ? { reasonCode: 0 } : { returnCode: 0 }) }
    }

    /** Options of a session that outlives its connection. */
    const persistent = { clean: false, ...(version === 5 && { properties: { sessionExpiryInterval: 3600 } }) }

    /** A name of this test's own. */
    function unique(what: string): string {
      count += 1
      return `${what}-${version}-${count}`
    }

    test('CONNECT is answered, and so is PINGREQ', async () => {
      const client = await connect(unique('client'))
      client.send({ cmd: 'pingreq' })
      expect(await client.receive()).toMatchObject({ cmd: 'pingresp' })
    })

    test('[MQTT-3.1.0-1] whoever begins with anything else is sent away', async () => {
      const client = await open()
      client.send({ cmd: 'pingreq' })
      expect(await client.receiveUntilClosed()).toEqual([])
    })

    test('[MQTT-3.1.0-2] a second CONNECT ends the connection', async () => {
      const client = await connect(unique('client'))
      client.sendConnect({ clientId: 'again' })
      expect(await client.receiveUntilClosed()).toMatchObject(farewell(0x82))
    })

    test('a malformed packet ends the connection, and the reason gets through before the end', async () => {
      const client = await connect(unique('client'))
      client.write(Buffer.from('3605000161' + '0001', 'hex')) // a PUBLISH with QoS 3
      expect(await client.receiveUntilClosed()).toMatchObject(farewell(0x81))
    })

    /** What a client hears before the server closes: in MQTT 5 a DISCONNECT. */
    function farewell(reasonCode: number): object[] {
      return version === 5 ? [{ cmd: 'disconnect', reasonCode }] : []
    }

    test('messages of either QoS reach their subscribers; QoS 1 is acknowledged', async () => {
      const topic = `suite/${unique('t')}`
      const subscriber = await connect(unique('subscriber'))
      expect(await subscriber.subscribe(topic)).toMatchObject({ cmd: 'suback', messageId: 1, granted: [1] })
      const publisher = await connect(unique('publisher'))
      publisher.publish(topic, 'zero')
      publisher.publish(topic, 'one', { qos: 1, messageId: 7 })
      expect(await publisher.receive()).toMatchObject({ cmd: 'puback', messageId: 7 })
      expect(await receivePublish(subscriber)).toMatchObject({ topic, qos: 0, payload: Buffer.from('zero') })
      const second = await receivePublish(subscriber)
      expect(second).toMatchObject({ topic, qos: 1, payload: Buffer.from('one') })
      subscriber.send({ cmd: 'puback', messageId: second.messageId })
      subscriber.send({ cmd: 'unsubscribe', messageId: 2, unsubscriptions: [topic] })
      expect(await subscriber.receive()).toMatchObject({ cmd: 'unsuback', messageId: 2 })
      publisher.publish(topic, 'nobody hears it', { qos: 1, messageId: 8 })
      await publisher.receive()
      expect(await subscriber.receiveAll()).toEqual([])
    })

    test('messages arrive in the order in which they were sent, whatever their QoS', async () => {
      const topic = `suite/${unique('t')}`
      const subscriber = await connect(unique('subscriber'))
      await subscriber.subscribe(`${topic}/#`)
      const publisher = await connect(unique('publisher'))
      const expected = Array.from({ length: 60 }, (_, index) => String(index))
      for (const [index, payload] of expected.entries()) {
        publisher.publish(`${topic}/${index % 7}`, payload, index % 3 === 0 ? { qos: 1, messageId: index + 1 } : {})
      }
      const received: string[] = []
      while (received.length < expected.length) received.push(String((await receivePublish(subscriber)).payload))
      expect(received).toEqual(expected)
    })

    test('a payload of 128 KiB arrives as it was', async () => {
      const topic = `suite/${unique('t')}`
      const client = await connect(unique('client'))
      await client.subscribe(topic)
      const payload = Buffer.from(Array.from({ length: 131_072 }, (_, index) => (index * 31 + (index >> 8)) & 0xff))
      client.send({ cmd: 'publish', topic, payload, qos: 1, messageId: 2, retain: false, dup: false })
      const packets = [await client.receive(), await client.receive()]
      expect(packets.find(({ cmd }) => cmd === 'puback')).toMatchObject({ messageId: 2 })
      const message = packets.find((packet) => packet.cmd === 'publish')
      expect(message && Buffer.from(message.payload).equals(payload)).toBe(true)
    })

    describe('packets are what counts, not how their bytes are cut', () => {
      /** A whole conversation: what it is answered does not depend on how it is sent. */
      function conversation(topic: string): Buffer {
        const message = { cmd: 'publish', topic, retain: false, dup: false } as const
        const packets: Sent[] = [
          connectPacket(version, { clientId: unique('client') }),
          { cmd: 'subscribe', messageId: 1, subscriptions: [{ topic, qos: 1 }] },
          { ...message, payload: 'first', qos: 0 },
          { ...message, payload: 'second', qos: 1, messageId: 2 },
          { cmd: 'pingreq' },
        ]
        return Buffer.concat(packets.map((packet) => encodePacket(version, packet)))
      }

      async function expectAnswers(client: PacketClient): Promise<void> {
        expect(await client.receive()).toMatchObject(accepted(false))
        expect(await client.receive()).toMatchObject({ cmd: 'suback', messageId: 1 })
        expect(await client.receive()).toMatchObject({ cmd: 'publish', payload: Buffer.from('first') })
        expect(await client.receive()).toMatchObject({ cmd: 'publish', payload: Buffer.from('second') })
        expect(await client.receive()).toMatchObject({ cmd: 'puback', messageId: 2 })
        expect(await client.receive()).toMatchObject({ cmd: 'pingresp' })
      }

      test('all in one piece', async () => {
        const client = await open()
        client.write(conversation(`suite/${unique('t')}`))
        await expectAnswers(client)
      })

      test.each([1, 2, 3, 7])('in pieces of %i', async (size) => {
        const client = await open()
        const bytes = conversation(`suite/${unique('t')}`)
        for (let at = 0; at < bytes.length; at += size) client.write(bytes.subarray(at, at + size))
        await expectAnswers(client)
      })
    })

    test('a retained message waits for who subscribes, until an empty one removes it', async () => {
      const topic = `suite/${unique('t')}`
      const publisher = await connect(unique('publisher'))
      publisher.publish(topic, 'kept', { qos: 1, messageId: 1, retain: true })
      await publisher.receive()
      const subscriber = await connect(unique('subscriber'))
      await subscriber.subscribe(topic)
      expect(await subscriber.receiveAll()).toMatchObject([{ topic, retain: true, payload: Buffer.from('kept') }])
      publisher.publish(topic, '', { qos: 1, messageId: 2, retain: true })
      await publisher.receive()
      expect(await subscriber.receiveAll()).toMatchObject([{ topic, retain: false, payload: Buffer.alloc(0) }])
      await subscriber.subscribe(topic)
      expect(await subscriber.receiveAll()).toEqual([])
    })

    describe('the will of a client', () => {
      async function watched() {
        const topic = `suite/${unique('will')}`
        const watcher = await connect(unique('watcher'))
        await watcher.subscribe(topic)
        const will = { topic, payload: Buffer.from('gone'), qos: 1, retain: false } as const
        return { topic, watcher, client: await connect(unique('client'), { will }) }
      }

      test('that ends abruptly is published', async () => {
        const { topic, watcher, client } = await watched()
        await client.drop()
        expect(await receivePublish(watcher)).toMatchObject({ topic, payload: Buffer.from('gone') })
      })

      test('that ends in the middle of a packet is published, and the part of a packet is not', async () => {
        const { topic, watcher, client } = await watched()
        await watcher.subscribe(`${topic}/part`)
        client.write(Buffer.from([0x30, 0x7f, 0x00]))
        await client.drop()
        expect(await receivePublish(watcher)).toMatchObject({ topic })
        expect(await watcher.receiveAll()).toEqual([])
      })

      test('that says DISCONNECT is not [MQTT-3.14.4-3]', async () => {
        const { watcher, client } = await watched()
        client.send({ cmd: 'disconnect' })
        expect(await client.receiveUntilClosed()).toEqual([])
        expect(await watcher.receiveAll()).toEqual([])
      })
    })

    test('[MQTT-3.1.4-3] who connects with the id of another takes its place', async () => {
      const clientId = unique('client')
      const first = await connect(clientId)
      const second = await connect(clientId)
      expect(await first.receiveUntilClosed()).toMatchObject(farewell(0x8e))
      expect(await second.receiveAll()).toEqual([])
    })

    test('[MQTT-3.1.2-4], [MQTT-4.4.0-1] a persistent session keeps subscriptions and what is not acknowledged', async () => {
      const topic = `suite/${unique('t')}`
      const clientId = unique('sleeper')
      const first = await connect(clientId, persistent)
      await first.subscribe(topic)
      const publisher = await connect(unique('publisher'))
      const publish = async (payload: string, messageId: number) => {
        publisher.publish(topic, payload, { qos: 1, messageId })
        await publisher.receive()
      }
      await publish('unacknowledged', 1)
      const { messageId } = await receivePublish(first)
      first.send({ cmd: 'disconnect', ...(version === 5 && { reasonCode: 0 }) })
      await first.receiveUntilClosed()
      await publish('while it was away', 2)
      const second = await open()
      expect(await second.connect({ clientId, ...persistent })).toMatchObject(accepted(true))
      expect(await receivePublish(second)).toMatchObject({
        dup: true,
        messageId,
        payload: Buffer.from('unacknowledged'),
      })
      expect(await receivePublish(second)).toMatchObject({ dup: false, payload: Buffer.from('while it was away') })
      await second.drop()
      await connect(clientId) // clean: ends the session
    })

    test('[MQTT-3.1.2-22] a client that is silent for one and a half keep-alives is gone', async () => {
      const silent = await connect(unique('silent'), { keepalive: 30 })
      door.advance(44_000)
      expect(await silent.receiveAll()).toEqual([])
      door.advance(46_000)
      expect(await silent.receiveUntilClosed()).toMatchObject(farewell(0x8d))
    })
  })
}

async function receivePublish(client: PacketClient): Promise<IPublishPacket> {
  const packet: Packet = await client.receive()
  if (packet.cmd !== 'publish') throw new Error(`${packet.cmd} instead of publish`)
  return packet
}
