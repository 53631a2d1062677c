import { expect, test } from 'vitest'
import { durationInWords } from './duration-words.ts'

test.each([
  [900, '15 minutes'],
  [3_600, '1 hour'],
  [5_400, '90 minutes'],
  [43_200, '12 hours'],
  [901, '901 seconds'],
])('%i s is %s', (seconds, words) => {
  expect(durationInWords(seconds)).toBe(words)
})
