import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Decimal } from './decimal.ts'

function decimal(text: string): Decimal {
  const value = Decimal.parse(text)
  if (value === undefined) throw new Error(`not a number: ${text}`)
  return value
}

test.each([
  ['0', '0.0'],
  ['-0', '0.0'],
  ['5.00', '5.0'],
  ['100', '100.0'],
  ['-12.50', '-12.5'],
  ['0.001', '0.001'],
  ['1e-6', '0.000001'],
  ['1e-7', '1e-7'],
  ['-1.5e-300', '-1.5e-300'],
  ['2.411E247', '2.411e247'],
  ['12345678901234567890123456789012345', '12345678901234567890123456789012340.0'],
  ['0.12345678901234567890123456789012345', '0.1234567890123456789012345678901234'],
  ['0.12345678901234567890123456789012355', '0.1234567890123456789012345678901236'],
  ['0.123456789012345678901234567890123450000001', '0.1234567890123456789012345678901235'],
  ['9.99e999', '9.99e999'],
  ['1e-999', '1e-999'],
  ['1e-1000', '0.0'],
  [`1e-${'9'.repeat(400)}`, '0.0'],
  [`0.${'0'.repeat(5000)}1`, '0.0'],
])('%s is written as %s: 34 digits, halves to even, up to an exponent of 999', (text, expected) => {
  expect(String(Decimal.parse(text))).toBe(expected)
})

test.each([
  '1e1000',
  '9.9999999999999999999999999999999999e999',
  `1e${'9'.repeat(400)}`,
  '',
  '.5',
  '5.',
  '+1',
  ' 1',
  '0x1',
])('%s is no Decimal', (text) => {
  expect(Decimal.parse(text)).toBeUndefined()
})

test.each([
  ['0.1', '+', '0.2', '0.3'],
  ['1e30', '+', '1e-30', '1000000000000000000000000000000.0'],
  ['1e300', '+', '1', '1e300'],
  ['1', '-', '1e-300', '1.0'],
  ['0', '+', '1e-300', '1e-300'],
  ['1', '/', '3', '0.3333333333333333333333333333333333'],
  ['2', '/', '3', '0.6666666666666666666666666666666667'],
  ['-2', '/', '3', '-0.6666666666666666666666666666666667'],
  ['1', '/', '8', '0.125'],
  ['1e-500', '/', '1e400', '1e-900'],
  ['5.5', '%', '2', '1.5'],
  ['-5.5', '%', '2', '-1.5'],
  ['5.5', '%', '-2', '1.5'],
  ['1e500', '*', '1e499', '1e999'],
])('%s %s %s is %s', (a, operator, b, expected) => {
  expect(String(compute(decimal(a), operator, decimal(b)))).toBe(expected)
})

test.each([
  ['1e500', '*', '1e500'],
  ['1', '/', '0'],
  ['1', '%', '0'],
])('%s %s %s is no number', (a, operator, b) => {
  expect(compute(decimal(a), operator, decimal(b))).toBeUndefined()
})

function compute(a: Decimal, operator: string, b: Decimal): Decimal | undefined {
  switch (operator) {
    case '+':
      return a.add(b)
    case '-':
      return a.subtract(b)
    case '*':
      return a.multiply(b)
    case '/':
      return a.divide(b)
    default:
      return a.remainder(b)
  }
}

test.each([
  ['2.5', 0, ['2.0', '3.0', '2.0', '3.0']],
  ['-2.5', 0, ['-3.0', '-2.0', '-2.0', '-3.0']],
  ['-1.1', 0, ['-2.0', '-1.0', '-1.0', '-1.0']],
  ['2.888', 2, ['2.88', '2.89', '2.88', '2.89']],
  ['1e-300', 0, ['0.0', '1.0', '0.0', '0.0']],
  ['12', 3, ['12.0', '12.0', '12.0', '12.0']],
])('%s to %i places: floor, ceil, trunc, round', (text, places, expected) => {
  const roundings = ['floor', 'ceil', 'trunc', 'round'] as const
  expect(roundings.map((rounding) => String(decimal(text).toPlaces(places, rounding)))).toEqual(expected)
})

/** `coefficient × 10^exponent`, exactly. */
const parts = fc.tuple(fc.bigInt({ min: -(10n ** 34n) + 1n, max: 10n ** 34n - 1n }), fc.integer({ min: -80, max: 80 }))

test('computes as exact fractions do, rounded once', () => {
  fc.assert(
    fc.property(parts, parts, ([c1, e1], [c2, e2]) => {
      const [a, b] = [decimal(`${c1}e${e1}`), decimal(`${c2}e${e2}`)]
      // Over one denominator, 10^160, all of them are whole.
      const [x, y] = [c1 * 10n ** BigInt(e1 + 80), c2 * 10n ** BigInt(e2 + 80)]
      expect(a.add(b)).toEqual(Decimal.of(x + y, -80))
      expect(a.subtract(b)).toEqual(Decimal.of(x - y, -80))
      expect(a.multiply(b)).toEqual(Decimal.of(x * y, -160))
      expect(a.compare(b)).toBe(x < y ? -1 : x > y ? 1 : 0)
      if (y !== 0n) {
        expect(a.remainder(b)).toEqual(Decimal.of(x % y, -80))
        expect(a.divide(b)).toEqual(Decimal.of((x * 10n ** 400n) / y, -400))
      }
    }),
  )
})

test('what it prints it reads back', () => {
  fc.assert(
    fc.property(parts, ([coefficient, exponent]) => {
      const value = decimal(`${coefficient}e${exponent}`)
      expect(decimal(String(value))).toEqual(value)
    }),
  )
})
