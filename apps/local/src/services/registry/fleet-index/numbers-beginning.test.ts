import fc from 'fast-check'
import { expect, test } from 'vitest'
import { numbersBeginningWith } from './numbers-beginning.ts'

/** Numbers of any size, those where JavaScript begins to write an exponent, and what is near powers of ten. */
const number = fc.oneof(
  fc.double({ noNaN: true }),
  fc.integer(),
  fc.double({ min: -1e-5, max: 1e-5, noNaN: true }),
  fc.double({ min: 1e20, max: 1e22, noNaN: true }),
  fc
    .tuple(fc.integer({ min: -400, max: 400 }), fc.constantFrom(1, -1, 9.99999999999999, 1.00000000000001))
    .map(([exponent, factor]) => factor * 10 ** exponent),
)

test('a number is in one of the ranges of each text that it begins with', () => {
  fc.assert(
    fc.property(number, fc.nat(), (value, seed) => {
      const text = String(value).toLowerCase()
      const beginning = text.slice(0, 1 + (seed % text.length))
      const ranges = numbersBeginningWith(beginning)
      const isWithin = ranges.some(([low, high]) => low <= value && value <= high)
      expect({ beginning, value, isWithin }).toEqual({ beginning, value, isWithin: true })
    }),
    { numRuns: 2000 },
  )
})

test.each([
  ['pump', []],
  ['1.2.', []],
  ['007', []],
  ['inf', [[Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]]],
  ['-', [[Number.NEGATIVE_INFINITY, -0]]],
])('%s: %j', (beginning, expected) => {
  expect(numbersBeginningWith(beginning)).toEqual(expected)
})

test('what begins with several digits is no other number', () => {
  const isIn = (beginning: string, value: number) =>
    numbersBeginningWith(beginning).some(([low, high]) => low <= value && value <= high)
  expect([12, 12.9, 129, 1205].every((value) => isIn('12', value))).toBe(true)
  expect([11.99, 130.01, 2, 0.12].some((value) => isIn('12', value))).toBe(false)
})
