import fc from 'fast-check'
import { expect, test } from 'vitest'
import { integerParam, listParam, parseSearch, stringifySearch, textParam } from './search-params.ts'

test.each([
  ['', {}],
  ['?q=pump', { q: 'pump' }],
  ['?s=1:dt/%23&s=0:a', { s: ['1:dt/#', '0:a'] }],
  ['?q=a%20b+c', { q: 'a b c' }],
])('%s → %j', (text, expected) => {
  expect(parseSearch(text)).toEqual(expected)
})

test.each([
  [{}, ''],
  [{ q: undefined, s: '' }, ''],
  [{ s: ['1:dt/#', '0:a/b'], page: 2 }, '?s=1:dt/%23&s=0:a/b&page=2'],
])('%j → %s', (search, expected) => {
  expect(stringifySearch(search)).toBe(expected)
})

const text = fc.string({ minLength: 1, unit: 'grapheme' })
const value = fc.oneof(text, fc.array(text, { minLength: 2, maxLength: 4 }))

test('what is written is read again', () => {
  fc.assert(
    fc.property(fc.dictionary(text, value, { maxKeys: 4, noNullPrototype: true }), (search) => {
      expect(parseSearch(stringifySearch(search))).toEqual(search)
    }),
  )
})

test.each([
  ['7', 7],
  [['7', '8'], 7],
  [7, 7],
  ['1', undefined],
  ['x', undefined],
  ['1.5', undefined],
  [undefined, undefined],
])('%j as a whole number of at least 2 is %j', (raw, expected) => {
  expect(integerParam(raw, 2)).toBe(expected)
})

test('an empty value is no value', () => {
  expect([textParam(''), textParam([]), listParam(''), listParam([''])]).toEqual(Array(4).fill(undefined))
})
