// @vitest-environment node
import { expect, test } from 'vitest'
import { OrderTracker } from './order-tracker.ts'

const payload = (text: string) => new TextEncoder().encode(text)

function follow(numbers: readonly number[], path = '$.seq') {
  const tracker = new OrderTracker(path)
  return { marks: numbers.map((seq) => tracker.observe('t', payload(`{"seq":${seq}}`), false)), ...tracker.counters() }
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
  const tracker = new OrderTracker('$.a[0].n')
  expect(tracker.observe('x', payload('{"a":[{"n":1}]}'), false)).toBeUndefined()
  expect(tracker.observe('y', payload('{"a":[{"n":7}]}'), false)).toBeUndefined()
  expect(tracker.observe('x', payload('{"a":[{"n":3}]}'), false)).toBe('skipped')
})

test('what has no number says nothing; the DUP flag is counted without a path', () => {
  const tracker = new OrderTracker()
  expect(tracker.observe('t', payload('{"seq":1}'), true)).toBeUndefined()
  expect(tracker.counters()).toEqual({ dup: 1, skipped: 0, repeated: 0, late: 0, missing: 0 })
  tracker.setPath('$.seq')
  for (const text of ['', 'x', '{"seq":"one"}', '{"seq":1.5}', '{"seq":1e300}', '[]']) {
    expect(tracker.observe('t', payload(text), false)).toBeUndefined()
  }
})

test('a number may be written as a text', () => {
  const tracker = new OrderTracker('$.seq')
  const marks = ['1', '2', '4'].map((seq) => tracker.observe('t', payload(`{"seq":"${seq}"}`), false))
  expect(marks).toEqual([undefined, undefined, 'skipped'])
})

test('a thousand holes are remembered, not more', () => {
  const tracker = new OrderTracker('$.seq')
  tracker.observe('t', payload('{"seq":0}'), false)
  tracker.observe('t', payload('{"seq":100000000}'), false)
  expect(tracker.counters().missing).toBe(99_999_999)
  expect(tracker.observe('t', payload('{"seq":99999999}'), false)).toBe('late')
})
