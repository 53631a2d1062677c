import { expect, test } from 'vitest'
import { fitText, lengthToFit } from './fit-text.ts'

test.each([
  ['as long as it may be', 'abcd', 4, 'abcd'],
  ['longer: the rest is left out', 'abcde', 4, 'abcd…'],
  ['no character is cut in half', 'abc😀e', 4, 'abc…'],
  ['a character of two units that has room stays whole', 'ab😀ef', 4, 'ab😀…'],
])('%s', (_, text, length, expected) => {
  expect(fitText(text, length)).toBe(expected)
})

test('more than fills the cell, by steps', () => {
  expect(lengthToFit(600)).toBe(112)
  expect(lengthToFit(610)).toBe(112)
  expect(lengthToFit(0)).toBe(16)
})
