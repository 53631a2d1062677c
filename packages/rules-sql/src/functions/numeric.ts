import { toIndex, toNumber } from '../convert.ts'
import { compareNumbers, intOf, type Numbers, toDecimal, toWhole } from '../numbers.ts'
import type { PureFunction, RuleFunction } from '../rule-function.ts'
import { isNumber, type NumberValue, type Value } from '../value.ts'
import { define } from './define.ts'
import { findNumberFault } from './number-fault.ts'

/** Decimal places that `trunc` keeps at most. Source: AWS IoT developer guide, "trunc(Decimal, Int)". */
const MAX_PLACES = 34

/**
 * Functions that compute with all 34 digits. Arguments are Int, Decimal or a numeric String; of anything else the
 * result is Undefined. Source: AWS IoT developer guide, "Functions", the table of each.
 */
export const NUMERIC_FUNCTIONS: readonly RuleFunction[] = [
  ofNumber('abs', (number, numbers) => (compareNumbers(number, 0) < 0 ? numbers.negate(number) : number)),
  ofNumber('ceil', (number) => toWhole(number, 'ceil')),
  ofNumber('floor', (number) => toWhole(number, 'floor')),
  // The summary and its examples, of which round(-1.5) is -2; the table's "rounded down" contradicts both.
  ofNumber('round', (number) => toWhole(number, 'round')),
  ofNumber('sign', (number) => compareNumbers(number, 0)),
  define('mod', 2, remainder, { findFault: findNumberFault }),
  define('remainder', 2, remainder, { findFault: findNumberFault }),
  define('trunc', 2, ([value, places], { numbers }) => {
    const number = toNumber(value, numbers)
    // The table takes no String for the places, unlike everywhere else.
    const kept = isNumber(places) ? toIndex(places, numbers) : undefined
    if (number === undefined || kept === undefined) return undefined
    const truncated = toDecimal(number).toPlaces(Math.min(Math.max(kept, 0), MAX_PLACES), 'trunc')
    // Trailing zeros are stripped, so that what is whole has no point in either version.
    return truncated.isWhole ? intOf(truncated) : numbers.fromDecimal(truncated)
  }),
  // There is no NaN here: what would be one is Undefined.
  define('nanvl', 2, ([value, instead]) => (value === undefined || value === null ? instead : value)),
]

function ofNumber(name: string, compute: (number: NumberValue, numbers: Numbers) => NumberValue): RuleFunction {
  const call: PureFunction['call'] = ([value], { numbers }) => {
    const number = toNumber(value, numbers)
    return number === undefined ? undefined : compute(number, numbers)
  }
  return define(name, 1, call, { findFault: findNumberFault })
}

function remainder([dividend, divisor]: readonly Value[], { numbers }: { readonly numbers: Numbers }): Value {
  const [a, b] = [toNumber(dividend, numbers), toNumber(divisor, numbers)]
  return a === undefined || b === undefined ? undefined : numbers.remainder(a, b)
}
