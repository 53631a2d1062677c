// @vitest-environment node
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { MqttMessage } from '../../../../shared/mqtt/message.ts'
import { MessageRing } from './message-ring.ts'

const message = (topic: string, payload: Uint8Array, more: Partial<MqttMessage> = {}): MqttMessage => ({
  topic,
  payload,
  qos: 0,
  retain: false,
  dup: false,
  receivedAtMs: 1,
  ...more,
})

const step = fc.oneof(
  { weight: 8, arbitrary: fc.record({ topic: fc.constantFrom('a', 'b/c', 'd'), payload: fc.uint8Array() }) },
  { weight: 1, arbitrary: fc.constant('gap' as const) },
)

test('keeps a tail of what came, byte for byte, and its counters always add up', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), fc.integer({ min: 1, max: 40 }), (steps, maxRows) => {
      const ring = new MessageRing({ maxBytes: 600, maxRows })
      const all: (MqttMessage | 'gap')[] = []
      for (const each of steps) {
        const row = each === 'gap' ? each : message(each.topic, each.payload, { receivedAtMs: all.length })
        all.push(row)
        if (row === 'gap') ring.pushGap({ fromMs: 0, toMs: 1, reason: 'gone' })
        else ring.push(row)

        const { received, kept, agedOut, gaps } = ring.counters()
        expect(received).toBe(kept + agedOut)
        expect(kept + gaps).toBe(ring.next - ring.first)
        expect(ring.next).toBe(all.length)
      }
      for (let sequence = 0; sequence < all.length; sequence++) {
        const stored = ring.get(sequence)
        const given = all[sequence]
        if (sequence < ring.first) expect(stored).toBeUndefined()
        else if (given === 'gap') expect(stored?.kind).toBe('gap')
        else expect(stored).toMatchObject({ kind: 'message', ...given })
      }
      const { keptBytes } = ring.counters()
      expect(keptBytes <= 600 || ring.next - ring.first === 1).toBe(true)
    }),
  )
})

test('goes on over the ends of segments', () => {
  const ring = new MessageRing({ maxBytes: Number.POSITIVE_INFINITY, maxRows: 5_000 })
  for (let n = 0; n < 20_000; n++) ring.push(message(`t/${n % 7}`, Uint8Array.of(n & 0xff, n >> 8)))
  expect(ring.counters()).toMatchObject({ received: 20_000, kept: 5_000, agedOut: 15_000 })
  for (const sequence of [15_000, 16_383, 16_384, 19_999]) {
    expect(ring.get(sequence)).toMatchObject({
      topic: `t/${sequence % 7}`,
      payload: Uint8Array.of(sequence & 0xff, sequence >> 8),
    })
  }
})

test('keeps flags and properties', () => {
  const ring = new MessageRing({ maxBytes: 1_000, maxRows: 10 })
  const properties = { contentType: 'application/json', userProperties: [['a', '1']] as const }
  ring.push(message('a', new Uint8Array(), { qos: 1, retain: true, dup: true, properties }))
  expect(ring.get(0)).toMatchObject({ qos: 1, retain: true, dup: true, properties })
})

test('a message larger than the whole budget is still shown', () => {
  const ring = new MessageRing({ maxBytes: 100, maxRows: 10 })
  ring.push(message('a', new Uint8Array(50)))
  ring.push(message('b', new Uint8Array(200_000).fill(7)))
  expect(ring.counters()).toMatchObject({ received: 2, kept: 1, agedOut: 1 })
  expect(ring.get(1)).toMatchObject({ topic: 'b' })
})

test('a ring that takes the place of another gives none of its sequence numbers', () => {
  const before = new MessageRing({ maxBytes: 1_000, maxRows: 10 })
  before.push(message('a', new Uint8Array(1)))
  before.pushGap({ fromMs: 0, toMs: 1, reason: 'gone' })
  const ring = new MessageRing({ maxBytes: 1_000, maxRows: 10 }, undefined, before)
  expect(ring.counters()).toEqual({ received: 0, kept: 0, agedOut: 0, gaps: 0, keptBytes: 0 })
  expect([ring.first, ring.get(1)]).toEqual([2, undefined])
  expect(ring.push(message('b', Uint8Array.of(9)))).toBe(2)
  expect(ring.get(2)).toMatchObject({ topic: 'b', payload: Uint8Array.of(9) })
})

test('a full ring allocates nothing more, with small payloads and with large ones', () => {
  for (const bytes of [200, 3_000, 131_072]) {
    const ring = new MessageRing({ maxBytes: 8 * 1024 * 1024, maxRows: 1_000_000 })
    const payload = new Uint8Array(bytes).fill(7)
    const fill = () => {
      for (let held = 0; held < 20 * 1024 * 1024; held += bytes) ring.push(message(`t/${held % 13}`, payload))
      return ring.allocatedBytes
    }
    const full = fill()
    expect(fill()).toBeLessThanOrEqual(full * 1.05)
    expect(full).toBeLessThan(16 * 1024 * 1024)
  }
})

test('each message leads back to the one before it on its topic', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('a', 'b', 'c', undefined), { maxLength: 60 }), (topics) => {
      const ring = new MessageRing({ maxBytes: 1_000_000, maxRows: 20 })
      const first = Math.max(0, topics.length - 20)
      for (const topic of topics) {
        if (topic === undefined) ring.pushGap({ fromMs: 0, toMs: 1, reason: 'gone' })
        else ring.push(message(topic, new Uint8Array(3)))
      }
      for (const [sequence, topic] of topics.entries()) {
        if (topic === undefined || sequence < first) continue
        const before = topics.lastIndexOf(topic, sequence - 1)
        expect(ring.previousOnTopic(sequence)).toBe(sequence > 0 && before >= first ? before : undefined)
      }
      for (const topic of ['a', 'b', 'c'] as const) {
        const newest = topics.lastIndexOf(topic)
        expect(ring.newestOnTopic(topic)).toBe(newest >= first ? newest : undefined)
      }
    }),
  )
})

test('a smaller budget takes effect at once', () => {
  const ring = new MessageRing({ maxBytes: 1_000_000, maxRows: 100 })
  for (let n = 0; n < 100; n++) ring.push(message('a', Uint8Array.of(n)))
  ring.setBudget({ maxBytes: 1_000_000, maxRows: 10 })
  expect(ring.counters()).toMatchObject({ received: 100, kept: 10, agedOut: 90 })
  expect(ring.agedOut).toEqual({ messages: 90, fromMs: 1, toMs: 1 })
})
