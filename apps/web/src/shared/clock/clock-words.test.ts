import { expect, test } from 'vitest'
import { clockInWords } from './clock-words.ts'

test.each([
  [0, undefined],
  [-59_000, undefined],
  [7_200_000, 'The clock of this computer is 2 h ahead of the console server’s. Times here go by the server’s.'],
  [-180_000, 'The clock of this computer is 3 min behind the console server’s. Times here go by the server’s.'],
])('%i ms ahead: %s', (aheadMs, words) => {
  expect(clockInWords(aheadMs)).toBe(words)
})
