import { expect, test } from 'vitest'
import { readRepeat } from './repeat.ts'

test.each([
  ['1', '', { ok: true, perSecond: 1 }],
  ['0.5', '10', { ok: true, perSecond: 0.5, count: 10 }],
  ['0', '', { ok: false, rate: expect.stringContaining('From 0.1 to 100') }],
  ['101', '', { ok: false, rate: expect.any(String) }],
  ['', '0', { ok: false, rate: expect.any(String), count: expect.any(String) }],
  ['1', '1.5', { ok: false, count: 'A whole number from 1.' }],
  ['1', 'x', { ok: false, count: expect.any(String) }],
])('%j times a second, %j of them', (rate, count, expected) => {
  expect(readRepeat(rate, count)).toEqual(expected)
})
