import { expect, test } from 'vitest'
import { rateWords } from './messages-line.tsx'

test.each([
  ['of the last five minutes that are over', [9, 9, 600, 600, 600, 600, 600, 1, 1], 7, '10/s'],
  ['less than one a second, by the minute', [3, 3, 3, 3, 3], 5, '3/min'],
  ['nothing yet', [], 0, '0/min'],
  ['fewer minutes than five', [120, 60], 2, '1.5/s'],
])('%s', (_, values, settled, words) => {
  expect(rateWords(values, settled)).toBe(words)
})
