import { toInt } from '../convert.ts'
import { Decimal } from '../decimal.ts'
import { intOfBigInt, type Numbers } from '../numbers.ts'
import type { PureFunction, RuleFunction } from '../rule-function.ts'
import type { Value } from '../value.ts'
import { define } from './define.ts'
import { findNumberFault } from './number-fault.ts'

/**
 * Functions of the bits of Ints, negative ones in two's complement without end. Numbers and numeric Strings are rounded
 * down to Ints; of anything else the result is Undefined. Source: AWS IoT developer guide, "Functions".
 */
export const BITWISE_FUNCTIONS: readonly RuleFunction[] = [
  ofInts('bitand', 2, (one, other) => one & other),
  ofInts('bitor', 2, (one, other) => one | other),
  ofInts('bitxor', 2, (one, other) => one ^ other),
  // The guide's example has bitnot(13) as 2, which is so for four bits only, and nothing says how many an Int has.
  ofInts('bitnot', 1, (one) => ~one),
]

function ofInts(name: string, count: 1 | 2, compute: (one: bigint, other: bigint) => bigint): RuleFunction {
  const call: PureFunction['call'] = ([first, second], { numbers }) => {
    const one = bits(first, numbers)
    const other = count === 2 ? bits(second, numbers) : 0n
    if (one === undefined || other === undefined) return undefined
    return intOfBigInt(compute(one, other))
  }
  return define(name, count, call, { findFault: findNumberFault })
}

/** Undefined for more than the 34 digits of an Int, too. */
function bits(value: Value, numbers: Numbers): bigint | undefined {
  const int = toInt(value, numbers)
  return int === undefined || int instanceof Decimal ? undefined : BigInt(int)
}
