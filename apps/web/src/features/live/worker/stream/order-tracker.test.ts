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
] as const)('%j is %j, %i missing', (numbers, marks, missing) => {
  const seen = follow(numbers)
  expect(seen.marks).toEqual(marks)
  expect(seen.missing).toBe(missing)
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
  for (const text of ['', 'x', '{"seq":"1"}', '{"seq":1.5}', '{"seq":1e300}', '[]']) {
    expect(tracker.observe('t', payload(text), false)).toBeUndefined()
  }
})

test('a thousand holes are remembered, not more', () => {
  const tracker = new OrderTracker('$.seq')
  tracker.observe('t', payload('{"seq":0}'), false)
  tracker.observe('t', payload('{"seq":100000000}'), false)
  expect(tracker.counters().missing).toBe(99_999_999)
  expect(tracker.observe('t', payload('{"seq":99999999}'), false)).toBe('late')
})
