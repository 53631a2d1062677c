import { expect, test } from 'vitest'
import { canBeEdited, withLineEndsOf } from './line-ends.ts'

test.each([
  ['a\nb', true],
  ['a\r\nb\r\n', true],
  ['a\r\nb\n', false],
  ['a\rb', false],
])('%j can be edited: %s', (text, expected) => {
  expect(canBeEdited(text)).toBe(expected)
})

test.each([
  ['a\r\nb', 'a\nbc', 'a\r\nbc'],
  ['a\r\nb', 'a', 'a'],
  ['a\nb', 'a\nbc', 'a\nbc'],
])('%j, edited to %j, is %j', (before, edited, expected) => {
  expect(withLineEndsOf(before, edited)).toBe(expected)
})
