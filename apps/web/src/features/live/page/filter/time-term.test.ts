import { expect, test } from 'vitest'
import { lastOf, withLast } from './time-term.ts'

test.each([
  ['', '5m', 'last:5m'],
  ['pump', '5m', 'pump last:5m'],
  ['last:1h pump', '5m', 'pump last:5m'],
  ['pump last:1h', undefined, 'pump'],
  ['"last:1h"', '5m', '"last:1h" last:5m'],
])('%j with %j → %j', (text, last, expected) => {
  expect(withLast(text, last)).toBe(expected)
  expect(lastOf(expected)).toBe(last)
})
