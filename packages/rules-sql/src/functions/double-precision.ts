import { toNumber } from '../convert.ts'
import { toDouble } from '../numbers.ts'
import type { PureFunction, RuleFunction } from '../rule-function.ts'
import { define } from './define.ts'
import { findNumberFault } from './number-fault.ts'

/**
 * Functions for which the guide rounds arguments to double precision before they are computed. Arguments are Int,
 * Decimal or a numeric String; of anything else, and where the result is imaginary or infinite, the result is
 * Undefined. Source: AWS IoT developer guide, "Functions".
 */
export const DOUBLE_PRECISION_FUNCTIONS: readonly RuleFunction[] = [
  ofDoubles('acos', 1, Math.acos),
  ofDoubles('asin', 1, Math.asin),
  ofDoubles('atan', 1, Math.atan),
  // The first argument is y, as the guide's example has it and against its wording: atan2(1, 0) is half of pi.
  ofDoubles('atan2', 2, Math.atan2),
  ofDoubles('cos', 1, Math.cos),
  ofDoubles('cosh', 1, Math.cosh),
  ofDoubles('exp', 1, Math.exp),
  ofDoubles('ln', 1, Math.log),
  ofDoubles('log', 1, Math.log10),
  ofDoubles('power', 2, (base, exponent) => base ** exponent),
  ofDoubles('sin', 1, Math.sin),
  ofDoubles('sinh', 1, Math.sinh),
  ofDoubles('sqrt', 1, Math.sqrt),
  ofDoubles('tan', 1, Math.tan),
  ofDoubles('tanh', 1, Math.tanh),
]

function ofDoubles(name: string, count: 1 | 2, compute: (first: number, second: number) => number): RuleFunction {
  const call: PureFunction['call'] = (values, { numbers }) => {
    const doubles: number[] = []
    for (const value of values) {
      const number = toNumber(value, numbers)
      if (number === undefined) return undefined
      doubles.push(toDouble(number))
    }
    const [first = 0, second = 0] = doubles
    return numbers.fromDouble(compute(first, second))
  }
  return define(name, count, call, { findFault: findNumberFault })
}
