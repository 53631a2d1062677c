import { toBoolean, toInt, toNumber, toText } from './convert.ts'
import { compareNumbers, type Numbers, toDecimal } from './numbers.ts'
import { isInt, isNumber, type Value } from './value.ts'

export type CastTarget = 'Decimal' | 'Int' | 'Boolean' | 'String'

/** The words for a type in `cast(x AS word)`, in lower case. Source: AWS IoT developer guide, "cast()". */
export const CAST_TYPES: ReadonlyMap<string, CastTarget> = new Map([
  ['string', 'String'],
  ['nvarchar', 'String'],
  ['text', 'String'],
  ['ntext', 'String'],
  ['varchar', 'String'],
  ['int', 'Int'],
  ['integer', 'Int'],
  ['double', 'Decimal'],
  ['decimal', 'Decimal'],
  ['bool', 'Boolean'],
  ['boolean', 'Boolean'],
])

/**
 * `cast(value AS target)`. Null, and what has no value of that type, is Undefined. Source: AWS IoT developer guide,
 * "cast()"; AWS's rule-validation tool for a whole Decimal, which is an Int since 2016-03-23.
 */
export function castValue(value: Value, target: CastTarget, numbers: Numbers): Value {
  switch (target) {
    case 'String':
      return toText(value)
    case 'Boolean':
      return isNumber(value) ? compareNumbers(value, 0) !== 0 : toBoolean(value)
    case 'Int':
      return typeof value === 'boolean' ? Number(value) : toInt(value, numbers)
    case 'Decimal': {
      const number = typeof value === 'boolean' ? Number(value) : toNumber(value, numbers)
      if (number === undefined) return undefined
      // An Int stays one, as the table has it; what was written as a Boolean or a String becomes a Decimal.
      return isInt(value) ? value : numbers.fromDecimal(toDecimal(number))
    }
  }
}
