// @vitest-environment node
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { MessageProperties, MqttMessage } from './message.ts'
import { PublishReader } from './publish-reader.ts'

const ENCODER = new TextEncoder()

function text(value: string): number[] {
  const bytes = ENCODER.encode(value)
  return withLength(bytes)
}

const withLength = (bytes: Uint8Array) => [bytes.length >> 8, bytes.length & 0xff, ...bytes]

function variable(value: number): number[] {
  const low = value & 0x7f
  return value < 0x80 ? [low] : [low | 0x80, ...variable(value >> 7)]
}

interface Sent {
  readonly topic: string
  readonly payload: Uint8Array
  readonly qos: 0 | 1
  readonly retain: boolean
  readonly dup: boolean
  readonly properties?: MessageProperties
}

const SUBSCRIPTION_IDENTIFIER = [0x0b, ...variable(300)]

function propertyBytes(properties: MessageProperties): number[] {
  const { payloadFormatIndicator, messageExpiryIntervalSeconds, contentType, responseTopic } = properties
  const { correlationData, userProperties = [] } = properties
  const expiry = messageExpiryIntervalSeconds ?? 0
  return [
    ...userProperties.flatMap(([name, value]) => [0x26, ...text(name), ...text(value)]),
    ...(payloadFormatIndicator === undefined ? [] : [0x01, payloadFormatIndicator ? 1 : 0]),
    ...(messageExpiryIntervalSeconds === undefined ? [] : [0x02, ...[24, 16, 8, 0].map((by) => (expiry >> by) & 0xff)]),
    ...SUBSCRIPTION_IDENTIFIER,
    ...(contentType === undefined ? [] : [0x03, ...text(contentType)]),
    ...(responseTopic === undefined ? [] : [0x08, ...text(responseTopic)]),
    ...(correlationData === undefined ? [] : [0x09, ...withLength(correlationData)]),
  ]
}

/** MQTT 5.0 §3.3. */
function publish({ topic, payload, qos, retain, dup, properties }: Sent): number[] {
  const bytes = properties ? propertyBytes(properties) : []
  const body = [...text(topic), ...(qos === 1 ? [0, 9] : []), ...variable(bytes.length), ...bytes, ...payload]
  return [0x30 | (dup ? 8 : 0) | (qos << 1) | (retain ? 1 : 0), ...variable(body.length), ...body]
}

const A_MESSAGE: Sent = { topic: 'dt/a', payload: Uint8Array.of(1), qos: 0, retain: false, dup: false }
const PUBACK = [0x40, 2, 0, 9]

/** What is read and what is passed on, in the order in which it was. */
function reading() {
  const heard: (MqttMessage | readonly number[] | 'malformed')[] = []
  const reader = new PublishReader({
    onMessage: (message) => heard.push({ ...message, payload: Uint8Array.from(message.payload) }),
    passOn: (packet) => heard.push([...packet]),
    onMalformed: () => heard.push('malformed'),
    arrivedAtMs: () => 7,
  })
  return { heard, reader }
}

test('messages come out as they were sent, in their order among other packets, however the bytes are cut', () => {
  const word = fc.string({ maxLength: 5, unit: 'grapheme' })
  const properties = fc.record(
    {
      payloadFormatIndicator: fc.boolean(),
      messageExpiryIntervalSeconds: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
      contentType: word,
      responseTopic: word,
      correlationData: fc.uint8Array({ maxLength: 8 }),
      userProperties: fc.array(fc.tuple(word, word), { minLength: 1, maxLength: 4 }),
    },
    { requiredKeys: [] },
  )
  const sent: fc.Arbitrary<Sent> = fc.record(
    {
      topic: fc.oneof(fc.constantFrom('dt/a', 'dt/b'), fc.string({ minLength: 1, maxLength: 300, unit: 'grapheme' })),
      payload: fc.uint8Array({ maxLength: 300 }),
      qos: fc.constantFrom(0 as const, 1 as const),
      retain: fc.boolean(),
      dup: fc.boolean(),
      properties: properties.filter((each) => Object.keys(each).length > 0),
    },
    { requiredKeys: ['topic', 'payload', 'qos', 'retain', 'dup'] },
  )
  fc.assert(
    fc.property(fc.array(sent, { maxLength: 8 }), fc.array(fc.integer({ min: 1, max: 90 })), (messages, cuts) => {
      const bytes = Uint8Array.from(messages.flatMap((each) => [...publish(each), ...PUBACK]))
      const { heard, reader } = reading()
      let at = 0
      for (const cut of [...cuts, bytes.length]) {
        reader.take(bytes.subarray(at, at + cut))
        at += cut
      }
      // The `mqtt` package acknowledges what came at QoS 1.
      const expected = messages.flatMap((each) => [
        { ...each, receivedAtMs: 7 },
        ...(each.qos === 1 ? [publish(each)] : []),
        PUBACK,
      ])
      expect(heard).toEqual(expected)
    }),
  )
})

test('a byte order mark is a character like others [MQTT-1.5.4-3]', () => {
  const userProperties = [['\ufeffname', '\ufeffvalue']] as const
  const sent = { ...A_MESSAGE, topic: '\ufeffdt', properties: { userProperties } }
  const { heard, reader } = reading()
  reader.take(Uint8Array.from(publish(sent)))
  expect(heard).toEqual([{ ...sent, receivedAtMs: 7 }])
})

test('many topics, each of which takes the place of another, are all read right', () => {
  const topics = Array.from({ length: 40_000 }, (_, n) => `dt/${n % 7}/pump-${n}`)
  const { heard, reader } = reading()
  for (const topic of [...topics, ...topics]) reader.take(Uint8Array.from(publish({ ...A_MESSAGE, topic })))
  const read = heard.map((each) => (typeof each === 'object' && 'topic' in each ? each.topic : undefined))
  expect(read).toEqual([...topics, ...topics])
})

test('what came in one piece came at one time', () => {
  const heard: number[] = []
  let nowMs = 0
  const reader = new PublishReader({
    onMessage: ({ receivedAtMs }) => heard.push(receivedAtMs),
    passOn: () => {},
    onMalformed: () => {},
    arrivedAtMs: () => (nowMs += 1),
  })
  const packet = publish(A_MESSAGE)
  reader.take(Uint8Array.from([...packet, ...packet, ...packet.slice(0, 5)]))
  reader.take(Uint8Array.from([...packet.slice(5), ...packet]))
  expect(heard).toEqual([1, 1, 2, 2])
})

const body = (...bytes: readonly number[]) => [bytes.length, ...bytes]

test.each([
  ['QoS 2, which nobody subscribes with', [0x34, ...body(...text('dt/a'), 0, 9, 0)]],
  ['both QoS bits', [0x36, ...body(...text('dt/a'), 0, 9, 0)]],
  ['a Topic Alias, which nobody offered', [0x30, ...body(0, 0, 3, 0x23, 0, 1)]],
  ['no topic', [0x30, ...body(0, 0, 0)]],
  ['a topic longer than the packet', [0x30, ...body(0, 9, 0x61)]],
  ['properties longer than the packet', [0x30, ...body(...text('dt/a'), 9, 0x01, 1)]],
  ['a property longer than all of them', [0x30, ...body(...text('dt/a'), 4, 0x03, 0, 9, 0x61, 0x62)]],
  ['a property that a PUBLISH has not', [0x30, ...body(...text('dt/a'), 2, 0x24, 1)]],
  ['a length of five bytes', [0x30, 0xff, 0xff, 0xff, 0xff, 0x01]],
])('a packet that is not right is the last that is looked at: %s', (_, packet) => {
  const { heard, reader } = reading()
  const [good, next] = [publish(A_MESSAGE), publish({ ...A_MESSAGE, topic: 'dt/b' })]
  reader.take(Uint8Array.from([...good, ...packet, ...next]))
  reader.take(Uint8Array.from(next))
  expect(heard).toEqual([{ ...A_MESSAGE, receivedAtMs: 7 }, 'malformed'])
})
