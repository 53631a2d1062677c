import { toBoolean, toNumber, toText } from './convert.ts'
import { valuesEqual } from './equality.ts'
import { SQL_LIMITS } from './limits.ts'
import { compareNumbers, type Numbers } from './numbers.ts'
import { RuleFailure } from './rule-failure.ts'
import { charge, type Steps } from './steps.ts'
import type { BinaryOperator } from './syntax.ts'
import { isArray, isNumber, isObject, type NumberValue, type Value } from './value.ts'

/** What an operator makes of two values. Source: AWS IoT developer guide, "Operators". */
export type ApplyBinary = (left: Value, right: Value, steps: Steps) => Value

/**
 * Operators, as a version has them. What messages have most, numbers of JavaScript and Booleans, is decided at once;
 * the tables of the guide come behind that.
 */
export function binaryOperator(operator: BinaryOperator, numbers: Numbers): ApplyBinary {
  switch (operator) {
    case 'AND':
      return (a, b) => (typeof a === 'boolean' && typeof b === 'boolean' ? a && b : logical(a, b, (x, y) => x && y))
    case 'OR':
      return (a, b) => (typeof a === 'boolean' && typeof b === 'boolean' ? a || b : logical(a, b, (x, y) => x || y))
    case '=':
      return valuesEqual
    case '<>':
      return (a, b, steps) => negated(valuesEqual(a, b, steps))
    case '<':
      return (a, b) => (typeof a === 'number' && typeof b === 'number' ? a < b : ordered(a, b, numbers, isBefore))
    case '<=':
      return (a, b) => (typeof a === 'number' && typeof b === 'number' ? a <= b : ordered(a, b, numbers, isNotAfter))
    case '>':
      return (a, b) => (typeof a === 'number' && typeof b === 'number' ? a > b : ordered(b, a, numbers, isBefore))
    case '>=':
      return (a, b) => (typeof a === 'number' && typeof b === 'number' ? a >= b : ordered(b, a, numbers, isNotAfter))
    case 'IN':
      return isIn
    case '+':
      return (a, b) => add(a, b, numbers)
    case '-':
      return arithmetic(numbers, (a, b) => numbers.subtract(a, b))
    case '*':
      return arithmetic(numbers, (a, b) => numbers.multiply(a, b))
    case '/':
      return arithmetic(numbers, (a, b) => numbers.divide(a, b))
    case '%':
      return arithmetic(numbers, (a, b) => numbers.remainder(a, b))
  }
}

/** `-value` */
export function negateValue(value: Value, numbers: Numbers): Value {
  const number = toNumber(value, numbers)
  return number === undefined ? undefined : numbers.negate(number)
}

/** `NOT value` */
export function notValue(value: Value): Value {
  return negated(toBoolean(value))
}

function negated(value: boolean | undefined): boolean | undefined {
  return value === undefined ? undefined : !value
}

/** A side that is no Boolean makes it Undefined, whatever the other says: the guide's table has it so. */
function logical(left: Value, right: Value, decide: (a: boolean, b: boolean) => boolean): Value {
  const a = toBoolean(left)
  const b = toBoolean(right)
  return a === undefined || b === undefined ? undefined : decide(a, b)
}

const isBefore = (order: number) => order < 0
const isNotAfter = (order: number) => order <= 0

/** Strings are compared as numbers, or not at all. */
function ordered(left: Value, right: Value, numbers: Numbers, decide: (order: number) => boolean): Value {
  const a = toNumber(left, numbers)
  const b = toNumber(right, numbers)
  return a === undefined || b === undefined ? undefined : decide(compareNumbers(a, b))
}

function arithmetic(
  numbers: Numbers,
  compute: (a: NumberValue, b: NumberValue) => NumberValue | undefined,
): ApplyBinary {
  return (left, right) => {
    const a = toNumber(left, numbers)
    const b = toNumber(right, numbers)
    return a === undefined || b === undefined ? undefined : compute(a, b)
  }
}

/** Where a side is a String, the other becomes one; Null and Undefined do not, and make it Undefined. */
function add(left: Value, right: Value, numbers: Numbers): Value {
  if (typeof left !== 'string' && typeof right !== 'string') {
    return isNumber(left) && isNumber(right) ? numbers.add(left, right) : undefined
  }
  const a = toText(left)
  const b = toText(right)
  if (a === undefined || b === undefined) return undefined
  if (a.length + b.length > SQL_LIMITS.valueLength) {
    throw new RuleFailure('TOO_LARGE', `A text grows beyond ${SQL_LIMITS.valueLength} characters`)
  }
  return a + b
}

/** Source: AWS IoT developer guide, "IN operator", which takes numbers, strings, arrays and objects. */
function isIn(left: Value, right: Value, steps: Steps): Value {
  const isTaken = typeof left === 'string' || isNumber(left) || isArray(left) || isObject(left)
  if (!isTaken || !isArray(right)) return undefined
  charge(steps, right.length)
  return right.some((item) => valuesEqual(left, item, steps) === true)
}
