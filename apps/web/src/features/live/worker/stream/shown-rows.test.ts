// @vitest-environment node
import { expect, test } from 'vitest'
import { MessageRing } from '../ring/message-ring.ts'
import { ShownRows } from './shown-rows.ts'

const GAP = { fromMs: 0, toMs: 1, reason: 'gone' }

test('gaps are stepped through from row to row, and round and round; those that aged out are none', () => {
  const ring = new MessageRing({ maxBytes: 100_000_000, maxRows: 12_000 })
  const shown = new ShownRows({ ring, search: { view: undefined }, nowMs: () => 0 })
  expect(shown.locateGap(Number.POSITIVE_INFINITY, 'previous')).toBeUndefined()
  const payload = new Uint8Array()
  for (let row = 0; row < 20_000; row++) {
    if ([10, 9_000, 9_001, 15_000].includes(row)) ring.pushGap(GAP)
    else ring.push({ topic: 'dt/a', payload, qos: 0, retain: false, dup: false, receivedAtMs: row })
  }
  const step = (sequence: number, direction: 'next' | 'previous') => shown.locateGap(sequence, direction)?.sequence
  expect(step(Number.POSITIVE_INFINITY, 'previous')).toBe(15_000)
  expect(step(15_000, 'previous')).toBe(9_001)
  expect(step(9_001, 'previous')).toBe(9_000)
  expect(step(9_000, 'previous')).toBe(15_000)
  expect(step(9_000, 'next')).toBe(9_001)
  expect(step(12_345, 'next')).toBe(15_000)
  expect(step(15_000, 'next')).toBe(9_000)
})
