import fc from 'fast-check'
import { generate, type Packet, parser } from 'mqtt-packet'
import { describe, expect, test } from 'vitest'
import { ByteReader } from '../src/codec/byte-reader.ts'
import { decodeDisconnect, decodePuback, decodeSubscribe, decodeUnsubscribe } from '../src/codec/decode.ts'
import { decodeConnect } from '../src/codec/decode-connect.ts'
import { encodeConnack, encodeDisconnect, encodePuback, encodeSuback, encodeUnsuback } from '../src/codec/encode.ts'
import { PacketError } from '../src/codec/packet-error.ts'
import { decodeProperties, encodeProperties, type Properties } from '../src/codec/properties.ts'
import { encodePublish, PublishPacket } from '../src/codec/publish.ts'
import { FrameReader } from '../src/frame-reader.ts'

const version = fc.constantFrom(4 as const, 5 as const)
const text = fc.string({ unit: 'grapheme', maxLength: 20 }).filter((each) => !each.includes('\0'))
const word = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).filter((each) => !/[\0+#]/.test(each))
const bytes = fc.uint8Array({ maxLength: 200 }).map((each) => Buffer.from(each))
const uint16 = fc.integer({ min: 1, max: 0xffff })
const uint32 = fc.integer({ min: 1, max: 0xffff_ffff })
const userProperties = fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 4 })
const messageProperties = fc.record(
  {
    payloadFormatIndicator: fc.constantFrom(0, 1),
    messageExpiryInterval: uint32,
    contentType: text,
    responseTopic: word,
    correlationData: bytes,
    userProperties,
  },
  { requiredKeys: [] },
)

/** One frame through the other implementation. */
function parsed(frame: Buffer, protocolVersion: 4 | 5): Packet {
  const packets: Packet[] = []
  const reader = parser({ protocolVersion })
  reader.on('packet', (packet) => packets.push(packet))
  reader.on('error', (error) => {
    throw error
  })
  expect(reader.parse(frame)).toBe(0)
  expect(packets).toHaveLength(1)
  return packets[0] as Packet
}

/** Where the body of a frame lies. */
function body(frame: Buffer): { firstByte: number; start: number; end: number } {
  const found: { firstByte: number; start: number; end: number }[] = []
  const reader = new FrameReader({
    checkHeader: () => {},
    frame: (firstByte, _, start, end) => found.push({ firstByte, start, end }) > 0,
  })
  reader.push(frame)
  if (!found[0]) throw new Error('No frame')
  return found[0]
}

/** As mqtt-packet has user properties: an object, which keeps the order of the values of one name only. */
function grouped(pairs: readonly (readonly [string, string])[] | undefined): Record<string, string[]> {
  const groups: Record<string, string[]> = Object.create(null)
  for (const [name, value] of pairs ?? []) {
    groups[name] ??= []
    groups[name].push(value)
  }
  return groups
}

function regrouped(properties: Record<string, unknown> | undefined): Record<string, string[]> {
  const groups: Record<string, string[]> = Object.create(null)
  const theirs = (properties?.userProperties ?? {}) as Record<string, string | string[]>
  for (const [name, value] of Object.entries(theirs)) groups[name] = [value].flat()
  return groups
}

/** A name that is a key of every object, and a second value behind an empty one, are beyond what mqtt-packet can say. */
function isSayable({ userProperties: pairs }: Properties): boolean {
  return !pairs?.some(([name, value]) => name in {} || value === '')
}

describe('what we write, mqtt-packet reads', () => {
  test('PUBLISH', () => {
    fc.assert(
      fc.property(
        version,
        word,
        bytes,
        fc.constantFrom(0 as const, 1 as const),
        fc.boolean(),
        messageProperties.filter(isSayable),
        uint16,
        (protocolVersion, topic, payload, qos, retain, properties, packetId) => {
          const block = protocolVersion === 5 ? encodeProperties(properties) : undefined
          const frame = encodePublish(topic, payload, qos, retain, block)
          if (qos === 1) frame.bytes.writeUInt16BE(packetId, frame.packetIdOffset)
          const packet = parsed(frame.bytes, protocolVersion) as Packet & { properties?: Record<string, unknown> }
          expect(packet).toMatchObject({ cmd: 'publish', topic, payload, qos, retain, dup: false })
          if (qos === 1) expect(packet.messageId).toBe(packetId)
          if (protocolVersion === 5) {
            expect(regrouped(packet.properties)).toEqual(grouped(properties.userProperties))
            const { payloadFormatIndicator, userProperties: _, ...rest } = properties
            const format =
              payloadFormatIndicator === undefined ? {} : { payloadFormatIndicator: payloadFormatIndicator === 1 }
            expect(packet.properties ?? {}).toMatchObject({ ...rest, ...format })
          }
        },
      ),
    )
  })

  test.each([
    [encodeConnack(4, true, 0), 4, { cmd: 'connack', sessionPresent: true, returnCode: 0 }],
    [encodeConnack(4, false, 5), 4, { cmd: 'connack', sessionPresent: false, returnCode: 5 }],
    [
      encodeConnack(5, true, 0, { maximumQos: 1, assignedClientIdentifier: 'x', maximumPacketSize: 70_000 }),
      5,
      { properties: { maximumQoS: 1, assignedClientIdentifier: 'x', maximumPacketSize: 70_000 } },
    ],
    [encodePuback(4, 515), 4, { cmd: 'puback', messageId: 515 }],
    [encodePuback(5, 515), 5, { cmd: 'puback', messageId: 515, reasonCode: 0 }],
    [encodePuback(5, 515, 0x87), 5, { cmd: 'puback', messageId: 515, reasonCode: 0x87 }],
    [encodePuback(5, 515, 0x87, { reasonString: 'no' }), 5, { reasonCode: 0x87, properties: { reasonString: 'no' } }],
    [encodeSuback(4, 7, [0, 1, 0x80]), 4, { cmd: 'suback', messageId: 7, granted: [0, 1, 0x80] }],
    [
      encodeSuback(5, 7, [0, 0x87], { reasonString: 'no' }),
      5,
      { granted: [0, 0x87], properties: { reasonString: 'no' } },
    ],
    [encodeUnsuback(4, 7, [0]), 4, { cmd: 'unsuback', messageId: 7 }],
    [encodeUnsuback(5, 7, [0, 0]), 5, { cmd: 'unsuback', messageId: 7, granted: [0, 0] }],
    [encodeDisconnect(0x8e, { reasonString: 'gone' }), 5, { reasonCode: 0x8e, properties: { reasonString: 'gone' } }],
  ] as const)('%o', (frame, protocolVersion, expected) => {
    expect(parsed(frame, protocolVersion)).toMatchObject(expected)
  })
})

describe('what mqtt-packet writes, we read', () => {
  test('PUBLISH', () => {
    fc.assert(
      fc.property(
        version,
        word,
        bytes,
        fc.constantFrom(0 as const, 1 as const, 2 as const),
        fc.boolean(),
        uint16,
        (protocolVersion, topic, payload, qos, retain, messageId) => {
          const dup = qos > 0 && messageId % 2 === 0
          const frame = generate({ cmd: 'publish', topic, payload, qos, retain, dup, messageId }, { protocolVersion })
          const { firstByte, start, end } = body(frame)
          const packet = new PublishPacket()
          packet.decode(firstByte & 15, frame, start, end, protocolVersion)
          expect(packet).toMatchObject({ qos, retain, dup, packetId: qos > 0 ? messageId : 0 })
          expect(packet.topic()).toBe(topic)
          expect(packet.payload()).toEqual(payload)
        },
      ),
    )
  })

  test('CONNECT', () => {
    const will = fc.option(
      fc.record({ topic: word, payload: bytes, qos: fc.constantFrom(0 as const, 1 as const), retain: fc.boolean() }),
      { nil: undefined },
    )
    fc.assert(
      fc.property(
        version,
        word,
        fc.boolean(),
        fc.nat(0xffff),
        will,
        fc.option(fc.tuple(word, bytes), { nil: undefined }),
        (protocolVersion, clientId, clean, keepalive, theirWill, credentials) => {
          const [username, password] = credentials ?? []
          const frame = generate(
            {
              cmd: 'connect',
              protocolId: 'MQTT',
              protocolVersion,
              clientId,
              clean,
              keepalive,
              ...(theirWill ? { will: theirWill } : {}),
              ...(username === undefined ? {} : { username, password: password ?? Buffer.alloc(0) }),
              ...(protocolVersion === 5 ? { properties: { sessionExpiryInterval: 5, receiveMaximum: 7 } } : {}),
            },
            { protocolVersion },
          )
          const { start, end } = body(frame)
          const packet = decodeConnect(frame, start, end)
          expect(packet).toMatchObject({ protocolVersion, clientId, cleanStart: clean, keepAliveSeconds: keepalive })
          expect(packet.username).toBe(username)
          if (username !== undefined) expect(packet.password).toEqual(password)
          if (theirWill) expect(packet.will).toMatchObject(theirWill)
          else expect(packet.will).toBeUndefined()
          if (protocolVersion === 5) {
            expect(packet.properties).toEqual({ sessionExpiryInterval: 5, receiveMaximum: 7 })
          }
        },
      ),
    )
  })

  test.each([4, 5] as const)('SUBSCRIBE, UNSUBSCRIBE, PUBACK and DISCONNECT of version %i', (protocolVersion) => {
    const encode = (packet: Packet) => {
      const frame = generate(packet, { protocolVersion })
      return { frame, ...body(frame) }
    }
    const subscriptions = [
      { topic: 'a/+', qos: 1, nl: true, rap: true, rh: 2 },
      { topic: 'b', qos: 0 },
    ] as const
    const subscribe = encode({ cmd: 'subscribe', messageId: 300, subscriptions: [...subscriptions] })
    const isV5 = protocolVersion === 5
    expect(decodeSubscribe(subscribe.frame, subscribe.start, subscribe.end, protocolVersion)).toEqual({
      packetId: 300,
      properties: {},
      subscriptions: [
        { filter: 'a/+', qos: 1, noLocal: isV5, retainAsPublished: isV5, retainHandling: isV5 ? 2 : 0 },
        { filter: 'b', qos: 0, noLocal: false, retainAsPublished: false, retainHandling: 0 },
      ],
    })
    const unsubscribe = encode({ cmd: 'unsubscribe', messageId: 301, unsubscriptions: ['a', 'b'] })
    expect(decodeUnsubscribe(unsubscribe.frame, unsubscribe.start, unsubscribe.end, protocolVersion)).toEqual({
      packetId: 301,
      filters: ['a', 'b'],
    })
    const puback = encode({ cmd: 'puback', messageId: 302, reasonCode: 0x10 })
    expect(decodePuback(puback.frame, puback.start, puback.end, protocolVersion)).toBe(302)
    const disconnect = encode({ cmd: 'disconnect', reasonCode: 4, properties: { sessionExpiryInterval: 9 } })
    expect(decodeDisconnect(disconnect.frame, disconnect.start, disconnect.end, protocolVersion)).toEqual(
      isV5 ? { reasonCode: 4, properties: { sessionExpiryInterval: 9 } } : { reasonCode: 0, properties: {} },
    )
  })
})

test('properties: decode is the inverse of encode, user properties in order', () => {
  fc.assert(
    fc.property(messageProperties, (properties) => {
      const block = encodeProperties(properties)
      const { userPropertiesBytes: _, ...decoded } = decodeProperties(new ByteReader(block, 0, block.length), 'publish')
      expect(decoded).toEqual(properties)
    }),
  )
})

test('random bytes as any packet: decoded, or refused with a reason', () => {
  const decoders: ((frame: Buffer, protocolVersion: 4 | 5) => unknown)[] = [
    (frame) => decodeConnect(frame, 0, frame.length),
    (frame, v) => decodeSubscribe(frame, 0, frame.length, v),
    (frame, v) => decodeUnsubscribe(frame, 0, frame.length, v),
    (frame, v) => decodePuback(frame, 0, frame.length, v),
    (frame, v) => decodeDisconnect(frame, 0, frame.length, v),
    (frame, v) => {
      const packet = new PublishPacket()
      packet.decode((frame[0] ?? 0) & 15, frame, 0, frame.length, v)
      return [packet.topic(), packet.payload()]
    },
  ]
  const connectStart = Buffer.from('00044d51545405', 'hex')
  const input = fc.oneof(
    bytes,
    bytes.map((rest) => Buffer.concat([connectStart, rest])),
  )
  fc.assert(
    fc.property(input, version, fc.constantFrom(...decoders), (frame, protocolVersion, decode) => {
      try {
        decode(frame, protocolVersion)
      } catch (error) {
        expect(error).toBeInstanceOf(PacketError)
        expect((error as PacketError).reasonCode).toBeGreaterThanOrEqual(0x80)
      }
    }),
    { numRuns: 2000 },
  )
})

describe('frames', () => {
  test('are the same, however the stream is cut into chunks', () => {
    const frames = fc.array(fc.tuple(fc.integer({ min: 16, max: 255 }), fc.uint8Array({ maxLength: 300 })), {
      maxLength: 8,
    })
    fc.assert(
      fc.property(frames, fc.array(fc.integer({ min: 1, max: 200 })), fc.boolean(), (expected, sizes, stops) => {
        const stream = Buffer.concat(
          expected.map(([firstByte, content]) => {
            const lengthBytes =
              content.length < 128 ? [content.length] : [(content.length & 127) | 128, content.length >> 7]
            return Buffer.from([firstByte, ...lengthBytes, ...content])
          }),
        )
        const found: [number, Uint8Array][] = []
        const reader = new FrameReader({
          checkHeader: () => {},
          frame: (firstByte, buffer, start, end) => {
            found.push([firstByte, Uint8Array.from(buffer.subarray(start, end))])
            return !stops
          },
        })
        let at = 0
        for (let turn = 0; at < stream.length; turn++) {
          const size = sizes.length > 0 ? (sizes[turn % sizes.length] ?? 1) : stream.length
          reader.push(stream.subarray(at, at + size))
          at += size
          if (stops && turn % 3 === 0) reader.resume()
        }
        for (let index = 0; index <= expected.length; index++) reader.resume()
        expect(found).toEqual(expected)
      }),
    )
  })

  test('are judged by their header before their body came', () => {
    const seen: number[] = []
    const reader = new FrameReader({
      checkHeader: (_, sizeBytes) => void seen.push(sizeBytes),
      frame: () => true,
    })
    reader.push(Buffer.of(0x30, 0x80))
    expect(seen).toEqual([])
    reader.push(Buffer.of(0x80, 0x01))
    expect(seen).toEqual([0x4000 + 4])
  })
})
