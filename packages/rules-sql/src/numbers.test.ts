import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Decimal } from './decimal.ts'
import { compareNumbers, formatNumber, intOf, Numbers, toDecimal, toWhole } from './numbers.ts'
import { type NumberValue, typeOf } from './value.ts'

const NEW = Numbers.of('2016-03-23')
const OLD = Numbers.of('2015-10-08')

const operations = ['add', 'subtract', 'multiply', 'divide', 'remainder'] as const

// Source: AWS IoT developer guide, "Data types"; for whole Decimals AWS's rule-validation tool.
test.each([
  ['12', 'Int', '12', 'Int', '12'],
  ['12345678901234567890', 'Int', '12345678901234567890', 'Int', '12345678901234567890'],
  ['5.0', 'Int', '5', 'Decimal', '5.0'],
  ['1E3', 'Int', '1000', 'Decimal', '1000.0'],
  ['0.5', 'Decimal', '0.5', 'Decimal', '0.5'],
  ['0.1234567890123456789', 'Decimal', '0.1234567890123456789', 'Decimal', '0.1234567890123456789'],
  ['2.411E247', 'Decimal', '2.411e247', 'Decimal', '2.411e247'],
  ['9007199254740993.0', 'Int', '9007199254740993', 'Decimal', '9007199254740993.0'],
  [
    '12345678901234567890123456789012345',
    'Decimal',
    '12345678901234567890123456789012340.0',
    'Decimal',
    '12345678901234567890123456789012340.0',
  ],
])('%s is the %s %s, in 2015-10-08 the %s %s', (text, type, written, oldType, oldWritten) => {
  const [value, old] = [NEW.parse(text), OLD.parse(text)]
  expect([typeOf(value), String(value), typeOf(old), String(old)]).toEqual([type, written, oldType, oldWritten])
})

test.each<[string, (typeof operations)[number], string, string | undefined, string | undefined]>([
  ['0.1', 'add', '0.2', '0.3', '0.3'],
  ['0.5', 'add', '0.5', '1', '1.0'],
  ['-908207559.6333904', 'add', '999999999.9999357', '91792440.3665453', '91792440.3665453'],
  ['9007199254740991', 'add', '2', '9007199254740993', '9007199254740993'],
  ['1.1', 'multiply', '1.1', '1.21', '1.21'],
  ['2.5', 'multiply', '2', '5', '5.0'],
  ['9999999999', 'multiply', '9999999999', '99999999980000000001', '99999999980000000001'],
  ['7', 'divide', '2', '3', '3'],
  ['-7', 'divide', '2', '-3', '-3'],
  ['7', 'divide', '2.0', '3', '3.5'],
  ['7', 'divide', '0', undefined, undefined],
  ['7.5', 'divide', '0', undefined, undefined],
  ['-7', 'remainder', '3', '-1', '-1'],
  ['7.5', 'remainder', '2', '1.5', '1.5'],
  ['1', 'divide', '3.5', '0.2857142857142857142857142857142857', '0.2857142857142857142857142857142857'],
])('%s %s %s is %s, in 2015-10-08 %s', (a, operation, b, expected, old) => {
  const result = (numbers: Numbers) => {
    const value = numbers[operation](read(numbers, a), read(numbers, b))
    return value === undefined ? undefined : formatNumber(value)
  }
  expect([result(NEW), result(OLD)]).toEqual([expected, old])
})

function read(numbers: Numbers, text: string): NumberValue {
  const value = numbers.parse(text)
  if (value === undefined) throw new Error(`not a number: ${text}`)
  return value
}

/** As devices send them: short decimals, whole numbers, doubles with all their digits, and what no double holds. */
const texts = fc.oneof(
  fc.integer().map(String),
  fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }).map(String),
  fc.tuple(fc.integer({ min: -1e6, max: 1e6 }), fc.integer({ min: 0, max: 8 })).map(([n, places]) => `${n}e-${places}`),
  fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 }).map(String),
  fc
    .tuple(fc.bigInt({ min: -(10n ** 33n), max: 10n ** 33n }), fc.integer({ min: -40, max: 9 }))
    .map(([n, e]) => `${n}e${e}`),
)

test('computes with numbers of JavaScript as with Decimals', () => {
  fc.assert(
    fc.property(texts, texts, fc.constantFrom(NEW, OLD), (a, b, numbers) => {
      const [x, y] = [read(numbers, a), read(numbers, b)]
      const isInt = (value: NumberValue) => typeOf(value) === 'Int'
      for (const operation of operations) {
        const result = numbers[operation](x, y)
        let exact = toDecimal(x)[operation](toDecimal(y))
        if (isInt(x) && isInt(y)) {
          if (operation === 'divide') exact = exactQuotient(toDecimal(x), toDecimal(y))
          expect(result).toEqual(exact === undefined ? undefined : intOf(exact))
        } else {
          expect(result).toEqual(numbers.fromDecimal(exact))
        }
      }
      expect(compareNumbers(x, y)).toBe(toDecimal(x).compare(toDecimal(y)))
      expect(numbers.parse(formatNumber(x))).toEqual(x)
    }),
  )
})

/** Without the rounding of a division, which could make a quotient whole. */
function exactQuotient(a: Decimal, b: Decimal): Decimal | undefined {
  return b.coefficient === 0n ? undefined : Decimal.of(a.toBigInt() / b.toBigInt())
}

test('rounds numbers of JavaScript as Decimals', () => {
  fc.assert(
    fc.property(texts, fc.constantFrom('floor', 'ceil', 'trunc', 'round'), (text, rounding) => {
      const value = read(NEW, text)
      expect(toDecimal(toWhole(value, rounding))).toEqual(toDecimal(value).toPlaces(0, rounding))
    }),
  )
})

test.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
  '%s is no number of the language',
  (double) => {
    expect(NEW.fromDouble(double)).toBeUndefined()
  },
)

test('a double that is whole has its digits', () => {
  expect([NEW.fromDouble(1e21), NEW.fromDouble(1e300), NEW.fromDouble(-3), OLD.fromDouble(3)].map(String)).toEqual([
    '1000000000000000000000',
    '1e300',
    '-3',
    '3.0',
  ])
})
