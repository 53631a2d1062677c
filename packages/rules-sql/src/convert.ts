import { Decimal } from './decimal.ts'
import { formatNumber, type Numbers, toWhole } from './numbers.ts'
import { stringifyValue } from './stringify.ts'
import { isBinary, isNumber, type NumberValue, type Value } from './value.ts'

/**
 * The guide's own: no leading `+`, no `.5`, no `5.`, no spaces, no `1E+5`. Source: AWS IoT developer guide,
 * "Conversions".
 */
const NUMERIC = /^-?\d+(?:\.\d+)?(?:[eE]-?\d+)?$/

/** Longer texts are no numbers to AWS either: a Decimal has 34 digits and an exponent of three. */
const MAX_NUMERIC_LENGTH = 1100

/**
 * What operators and functions take for a number: Int and Decimal as they are, a String that is numeric. Undefined for
 * all else, Null and Boolean included.
 */
export function toNumber(value: Value, numbers: Numbers): NumberValue | undefined {
  if (typeof value === 'number') return value
  if (typeof value === 'string') {
    return value.length <= MAX_NUMERIC_LENGTH && NUMERIC.test(value) ? numbers.parse(value) : undefined
  }
  return isNumber(value) ? value : undefined
}

/** {@link toNumber}, rounded to a whole number: towards minus infinity, as the tables of functions have it. */
export function toInt(
  value: Value,
  numbers: Numbers,
  rounding: 'floor' | 'trunc' | 'round' = 'floor',
): NumberValue | undefined {
  const number = toNumber(value, numbers)
  return number === undefined ? undefined : toWhole(number, rounding)
}

/** For an index or a count: {@link toInt} as a `number`, the nearest that is safe where it is larger. */
export function toIndex(value: Value, numbers: Numbers, rounding: 'floor' | 'trunc' = 'floor'): number | undefined {
  const int = toInt(value, numbers, rounding)
  if (int === undefined || typeof int === 'number') return int
  const isNegative = int instanceof Decimal ? int.isNegative : int < 0n
  return isNegative ? Number.MIN_SAFE_INTEGER : Number.MAX_SAFE_INTEGER
}

/** Boolean as it is, "true" and "false" in any case; Undefined for all else. */
export function toBoolean(value: Value): boolean | undefined {
  if (typeof value === 'boolean') return value
  if (typeof value !== 'string' || value.length > 5) return undefined
  const word = value.toLowerCase()
  return word === 'true' ? true : word === 'false' ? false : undefined
}

/**
 * The text of a value: digits of a number, `true`, `false`, compact JSON of an Array or Object. Undefined for Null,
 * Undefined and bytes.
 */
export function toText(value: Value): string | undefined {
  if (typeof value === 'string') return value
  if (value === undefined || value === null || isBinary(value)) return undefined
  return isNumber(value) ? formatNumber(value) : stringifyValue(value)
}
