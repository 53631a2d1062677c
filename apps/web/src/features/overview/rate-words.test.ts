import { expect, test } from 'vitest'
import { rateWords } from './messages-line.tsx'

test.each([
  ['of the last five minutes that are over', [9, 9, 600, 600, 600, 600, 600, 1, 1], 7, '10/s'],
  ['less than one a second, by the minute', [3, 3, 3, 3, 3], 5, '3/min'],
  ['nothing yet', [], 0, '0/min'],
  ['the minute in which they began is not whole', [null, null, 1, 60, 60, 0], 5, '1/s'],
  ['none of their minutes is settled', [null, null, null, 1, 120, 5], 3, '2/s'],
  ['they began in the minute that runs', [null, null, null, 7], 1, '7/min'],
  ['they ended long ago', [60, 60, 0, 0, 0, 0, 0, 0], 8, '0/min'],
])('%s', (_, values, settled, words) => {
  expect(rateWords(values, settled)).toBe(words)
})
