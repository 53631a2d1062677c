// @vitest-environment node
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MessageRing } from '../ring/message-ring.ts'
import { downsample } from './downsample.ts'
import { numericPathsOf, PinBoard } from './pin-board.ts'
import { SampleStore } from './sample-store.ts'

const payload = (text: string) => new TextEncoder().encode(text)
const HINT = { topic: 'dt/a' }
const NO_FLAGS = { qos: 0, retain: false, dup: false } as const

test('least, mean and greatest of each span are those of its samples', () => {
  const samples = fc.array(fc.tuple(fc.integer({ min: 0, max: 100 }), fc.double({ noNaN: true, min: -1e6, max: 1e6 })))
  fc.assert(
    fc.property(samples, fc.integer({ min: 1, max: 20 }), (given, buckets) => {
      const all = given.toSorted(([a], [b]) => a - b)
      const store = new SampleStore(1_000)
      for (const [atMs, value] of all) store.push(atMs, value)
      const points = downsample(store, 10, 90, buckets)
      const within = all.filter(([atMs]) => atMs >= 10 && atMs <= 90)
      const expected = Map.groupBy(within, ([atMs]) => Math.min(buckets - 1, Math.floor((atMs - 10) / (80 / buckets))))
      expect([...points.count]).toEqual([...expected.values()].map((each) => each.length))
      for (const [index, each] of [...expected.values()].entries()) {
        const values = each.map(([, value]) => value)
        expect(points.min[index]).toBe(Math.min(...values))
        expect(points.max[index]).toBe(Math.max(...values))
        expect(points.mean[index]).toBeCloseTo(values.reduce((sum, value) => sum + value, 0) / values.length, 4)
        expect(points.mean[index]).toBeLessThanOrEqual(points.max[index] ?? 0)
        expect(points.mean[index]).toBeGreaterThanOrEqual(points.min[index] ?? 0)
      }
      expect(points.stats?.count ?? 0).toBe(within.length)
      expect([...downsample(store, 10, 90, 0).mean]).toEqual(within.map(([, value]) => value))
    }),
  )
})

test('a store keeps the newest samples, in order', () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), fc.integer({ min: 1, max: 700 }), (values, maxSamples) => {
      const store = new SampleStore(maxSamples)
      const many = Array.from({ length: 40 }, () => values).flat()
      for (const [index, value] of many.entries()) store.push(index, value)
      const kept = Array.from({ length: store.size }, (_, index) => [store.atMs(index), store.value(index)])
      expect(kept).toEqual(many.map((value, index) => [index, value]).slice(-maxSamples))
      expect(store.agedOut).toBe(Math.max(0, many.length - maxSamples))
    }),
  )
})

test('a time that goes back is moved up, so that times ascend', () => {
  const store = new SampleStore(10)
  store.push(5, 1)
  store.push(3, 2)
  expect([store.atMs(0), store.atMs(1)]).toEqual([5, 5])
})

test('a pin begins with what is kept and goes on', () => {
  const ring = new MessageRing({ maxBytes: 1e6, maxRows: 100 })
  const board = new PinBoard(ring)
  const say = (topic: string, text: string, receivedAtMs: number) => {
    const message = { topic, payload: payload(text), ...NO_FLAGS, receivedAtMs }
    return board.observe(message, ring.push(message))
  }
  expect(say('dt/a', '{"p":{"x":1}}', 1)).toBe(false)
  say('dt/b', '{"p":{"x":9}}', 2)
  const pin = { id: '1', topic: 'dt/a', path: '$.p.x' }
  board.setPins([pin, { id: '2', topic: 'dt/a', path: '$' }])
  expect(say('dt/a', '{"p":{"x":3}}', 3)).toBe(true)
  say('dt/a', '{"p":{"x":"none"}}', 4)
  say('dt/a', '7', 5)
  const view = board.view({ stream: 's', range: { fromMs: 0, toMs: 10 }, buckets: 0 }, 1, 10)
  expect(view.series.map(({ mean, withoutNumber }) => [[...mean], withoutNumber])).toEqual([
    [[1, 3], 2],
    [[7], 3],
  ])
  expect(view.series[0]?.stats).toMatchObject({ count: 2, min: 1, max: 3, mean: 2, last: 3, lastAtMs: 3 })
  expect(board.view({ stream: 's', range: { live: true, spanMs: 5 }, buckets: 2, pins: ['1'] }, 1, 4)).toMatchObject({
    fromMs: -1,
    toMs: 4,
  })
})

/** The samples of one pin after these payloads of its topic. */
function samplesOf(path: string, payloads: readonly (string | Uint8Array)[], topic = 'dt/a') {
  const board = new PinBoard(new MessageRing({ maxBytes: 1e6, maxRows: 100 }))
  board.setPins([{ id: '1', topic, path }])
  for (const [index, each] of payloads.entries()) {
    board.observe(
      { topic, payload: typeof each === 'string' ? payload(each) : each, ...NO_FLAGS, receivedAtMs: 5 },
      index,
    )
  }
  const [series] = board.view({ stream: 's', range: { fromMs: 0, toMs: 10 }, buckets: 0 }, 1, 10).series
  if (!series) throw new Error('the pin has a series')
  return { ...series, values: [...series.mean] }
}

test.each([
  ['$.on', ['{"on":true}', '{"on":false}'], [1, 0], [['true', 'false']]],
  ['$.s', ['{"s":"ON"}', '{"s":"off"}', '{"s":"standby"}'], [1, 0], [['on', 'off']]],
  ['$.n', ['{"n":"21.5"}', '{"n":" -3e2 "}', '{"n":"0x1f"}', '{"n":""}'], [21.5, -300], []],
  [
    '$',
    ['ON', 'off', '"ON"', '21.5\u0000', 'true', '{}'],
    [1, 0, 1, 21.5, 1],
    [
      ['on', 'off'],
      ['true', 'false'],
    ],
  ],
])('%s of %j is drawn as %j', (path, payloads, values, pairs) => {
  const series = samplesOf(path, payloads)
  expect(series.values).toEqual(values)
  expect(series.pairs).toEqual(pairs)
  expect(series.withoutNumber).toBe(payloads.length - values.length)
})

test('of numbers that no double holds every digit is told', () => {
  const series = samplesOf('$.n', [
    '{"n":9007199254740993}',
    '{"n":9007199254740992}',
    '{"n":"9007199254740995"}',
    '{"n":1.5}',
    '{"n":9007199254740994}',
  ])
  expect(series.exact).toEqual(
    new Map([
      [0, '9007199254740993'],
      [2, '9007199254740995'],
    ]),
  )
  expect(series.inexact).toBe(2)
  expect(series.stats).toMatchObject({ minText: '1.5', maxText: '9007199254740995' })
  expect(samplesOf('$.n', ['{"n":9007199254740992}', '{"n":9007199254740993}']).stats).toMatchObject({
    minText: '9007199254740992',
    maxText: '9007199254740993',
    lastText: '9007199254740993',
  })
})

test('of a key that comes twice the last counts, and it is said', () => {
  const series = samplesOf('$.a.t', ['{"a":{"t":1,"t":2}}', '{"a":{"t":3},"b":{"t":4}}', '{"a":{"t":5},"a":{"t":6}}'])
  expect(series.values).toEqual([2, 3, 6])
  expect(series.doubled).toBe(2)
  expect(numericPathsOf(payload('{"t":21.5,"t":99}'), HINT)).toEqual([{ path: '$.t', text: '99' }])
})

test('SenML in CBOR has numbers for keys', () => {
  const senml = Uint8Array.from(Buffer.from('81a3006474656d7002f94d4021fa42280000', 'hex')) // [{0: "temp", 2: 21.0, -2: 42.0}]
  expect(numericPathsOf(senml, HINT).map(({ path }) => path)).toEqual(['$[0][2]', '$[0][-2]'])
  expect(samplesOf('$[0][2]', [senml]).values).toEqual([21])
  expect(samplesOf('$[0][-2]', [senml]).values).toEqual([42])
})

test('what a chart can draw of a message, as it was written', () => {
  const found = numericPathsOf(
    payload('{"a":1.0,"b":[{"c d":12345678901234567890}],"e":"5","f":"ON","g":"-","h":true}'),
    HINT,
  )
  expect(found).toEqual([
    { path: '$.a', text: '1.0' },
    { path: '$.b[0]["c d"]', text: '12345678901234567890' },
    { path: '$.e', text: '"5"' },
    { path: '$.f', text: '"ON"' },
    { path: '$.h', text: 'true' },
  ])
  expect(numericPathsOf(payload('no JSON'), HINT)).toEqual([])
  expect(numericPathsOf(Uint8Array.of(0xff), HINT)).toEqual([])
})

test('CBOR and MessagePack have numbers too', () => {
  const cbor = Uint8Array.of(0xa1, 0x61, 0x61, 0x82, 0x01, 0xf9, 0x3c, 0x00) // {"a": [1, 1.0]}
  const messagePack = Uint8Array.of(0x81, 0xa1, 0x61, 0x92, 0x01, 0x02) // {"a": [1, 2]}
  expect(numericPathsOf(cbor, HINT).map(({ path }) => path)).toEqual(['$.a[0]', '$.a[1]'])
  expect(numericPathsOf(messagePack, HINT).map(({ text }) => text)).toEqual(['1', '2'])
  const ring = new MessageRing({ maxBytes: 1e6, maxRows: 100 })
  const board = new PinBoard(ring)
  board.setPins([{ id: '1', topic: 'dt/a', path: '$.a[1]' }])
  for (const bytes of [cbor, messagePack]) {
    const message = { topic: 'dt/a', payload: bytes, ...NO_FLAGS, receivedAtMs: 5 }
    expect(board.observe(message, ring.push(message))).toBe(true)
  }
  const view = board.view({ stream: 's', range: { fromMs: 0, toMs: 10 }, buckets: 0 }, 1, 10)
  expect([...(view.series[0]?.mean ?? [])]).toEqual([1, 2])
})
