// @vitest-environment node
import { expect, test } from 'vitest'
import { MessageRing } from '../ring/message-ring.ts'
import { OrderTracker } from './order-tracker.ts'

const ENCODER = new TextEncoder()
const NO_FLAGS = { qos: 0, retain: false, dup: false, receivedAtMs: 0 } as const
const message = (topic: string, payload: string) => ({ ...NO_FLAGS, topic, payload: ENCODER.encode(payload) })
const trackerOf = (path?: string) => new OrderTracker(new MessageRing({ maxBytes: 1e6, maxRows: 10 }), path)

function follow(numbers: readonly number[], path = '$.seq') {
  const tracker = trackerOf(path)
  return { marks: numbers.map((seq) => tracker.observe(message('t', `{"seq":${seq}}`))), ...tracker.counters() }
}

test.each([
  [[1, 2, 3], [undefined, undefined, undefined], 0],
  [[7, 8, 10, 9, 9, 11], [undefined, undefined, 'skipped', 'late', 'repeated', undefined], 0],
  [[1, 5], [undefined, 'skipped'], 3],
  [[5, 5], [undefined, 'repeated'], 0],
  [[5_000, 1, 2], [undefined, 'late', undefined], 0],
  [[5_000, 3_000, 3_001], [undefined, 'late', undefined], 0],
  [[254, 255, 0, 1], [undefined, undefined, undefined, undefined], 0],
  [[65_534, 65_535, 0, 1], [undefined, undefined, undefined, undefined], 0],
  [[4_294_967_295, 0, 1], [undefined, undefined, undefined], 0],
  [[253, 255, 0, 254], [undefined, 'skipped', undefined, 'late'], 0],
  [[254, 0, 1], [undefined, 'skipped', undefined], 1],
  [[255, 0, 0, 255], [undefined, undefined, 'repeated', 'repeated'], 0],
  [[255, 256, 257], [undefined, undefined, undefined], 0],
  [[200, 0, 1], [undefined, 'late', undefined], 0],
  [[255, 0, 100, 0, 1], [undefined, undefined, 'skipped', 'late', undefined], 99],
  [[250, 0, 1], [undefined, 'skipped', undefined], 5],
] as const)('%j is %j, %i missing', (numbers, marks, missing) => {
  const seen = follow(numbers)
  expect(seen.marks).toEqual(marks)
  expect(seen.missing).toBe(missing)
})

test('a counter of eight bits goes on for as long as it likes without a mark', () => {
  const seen = follow(Array.from({ length: 2_000 }, (_, index) => (index + 100) % 256))
  expect(seen.marks.filter((mark) => mark !== undefined)).toEqual([])
})

test('what seemed to be a wrap was none: the count goes on beyond', () => {
  const seen = follow([255, 0, ...Array.from({ length: 300 }, (_, index) => index + 1)])
  expect(seen.marks.filter((mark) => mark !== undefined)).toEqual([])
})

test('each topic counts for itself', () => {
  const tracker = trackerOf('$.a[0].n')
  expect(tracker.observe(message('x', '{"a":[{"n":1}]}'))).toBeUndefined()
  expect(tracker.observe(message('y', '{"a":[{"n":7}]}'))).toBeUndefined()
  expect(tracker.observe(message('x', '{"a":[{"n":3}]}'))).toBe('skipped')
})

test('what has no number says nothing; the DUP flag is counted without a path', () => {
  const tracker = trackerOf()
  expect(tracker.observe({ ...message('t', '{"seq":1}'), dup: true })).toBeUndefined()
  expect(tracker.counters()).toEqual({ dup: 1, skipped: 0, repeated: 0, late: 0, missing: 0 })
  tracker.setPath('$.seq')
  for (const text of ['', 'x', '{"seq":"one"}', '{"seq":1.5}', '{"seq":1e300}', '[]']) {
    expect(tracker.observe(message('t', text))).toBeUndefined()
  }
})

test('a number may be written as a text', () => {
  const tracker = trackerOf('$.seq')
  const marks = ['1', '2', '4'].map((seq) => tracker.observe(message('t', `{"seq":"${seq}"}`)))
  expect(marks).toEqual([undefined, undefined, 'skipped'])
})

test('a thousand holes are remembered, not more', () => {
  const tracker = trackerOf('$.seq')
  tracker.observe(message('t', '{"seq":0}'))
  tracker.observe(message('t', '{"seq":100000000}'))
  expect(tracker.counters().missing).toBe(99_999_999)
  expect(tracker.observe(message('t', '{"seq":99999999}'))).toBe('late')
})

/** `{metrics: [{name: "Count", alias: 1, datatype: UInt32, int_value}], seq}` of Sparkplug B, or with the alias alone. */
const sparkplug = (seq: number, count: number, isBirth = false) =>
  Uint8Array.from([
    ...(isBirth ? [0x12, 13, 0x0a, 5, ...ENCODER.encode('Count'), 0x10, 1, 0x20, 7] : [0x12, 4, 0x10, 1]),
    ...[0x50, count, 0x18, seq],
  ])

/** The marks of Sparkplug messages, each with its kind and place, `NDATA/edge`. */
function followSparkplug(path: string, messages: readonly (readonly [place: string, seq: number, count: number])[]) {
  const ring = new MessageRing({ maxBytes: 1e6, maxRows: 10 })
  const tracker = new OrderTracker(ring, path)
  return messages.map(([place, seq, count]) => {
    const topic = `spBv1.0/hall/${place}`
    const message = { ...NO_FLAGS, topic, payload: sparkplug(seq, count, place.startsWith('NBIRTH')) }
    const mark = tracker.observe(message)
    ring.push(message, mark)
    return mark
  })
}

test('a metric that data names by its alias is the one that the birth says', () => {
  const marks = followSparkplug('$.metrics.Count.value', [
    ['NDATA/edge', 7, 1], // before any birth the alias may be any metric
    ['NBIRTH/edge', 0, 5],
    ['NDATA/edge', 1, 6],
    ['NDATA/edge', 2, 8],
    ['NDATA/other', 3, 20],
    ['NDATA/edge', 3, 8],
  ])
  expect(marks).toEqual([undefined, undefined, undefined, 'skipped', undefined, 'repeated'])
})

test('the seq of Sparkplug is one count of an edge node and its devices, which its birth begins anew', () => {
  const marks = followSparkplug('$.seq', [
    ['NBIRTH/edge', 0, 0],
    ['DBIRTH/edge/pump', 1, 0],
    ['NDATA/edge', 2, 0],
    ['NCMD/edge', 90, 0],
    ['DDATA/edge/pump', 3, 0],
    ['NDATA/other', 9, 0],
    ['DDATA/edge/pump', 5, 0],
    ['NBIRTH/edge', 0, 0],
    ['NDATA/edge', 1, 0],
  ])
  expect(marks.map((mark) => mark ?? '')).toEqual(['', '', '', '', '', '', 'skipped', '', ''])
})

test('a path that is given again goes on where it was', () => {
  const tracker = trackerOf('$.seq')
  const observe = (seq: number) => tracker.observe(message('t', `{"seq":${seq}}`))
  observe(1)
  tracker.setPath('$.seq')
  expect(observe(3)).toBe('skipped')
  tracker.setPath('$.n')
  tracker.setPath('$.seq')
  expect(observe(7)).toBeUndefined()
})
