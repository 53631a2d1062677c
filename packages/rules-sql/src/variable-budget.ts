import { utf8ByteLength } from '@thingdeck/json'
import { SQL_LIMITS } from './limits.ts'
import { measureValue } from './measure.ts'
import { RuleFailure } from './rule-failure.ts'
import { stringifyValue } from './stringify.ts'
import { isBinary, type Value } from './value.ts'

/** Of the longest number, and more than a character of a string can have. */
const MOST_BYTES_OF_ONE = 48

/** What the variables of SET may have in bytes of compact JSON. Source: AWS IoT developer guide, "SET clause". */
export class VariableBudget {
  #bytes = 0

  /** @throws {RuleFailure} for a value that has no place any more, or none at all */
  take(value: Value): Value {
    if (isBinary(value)) {
      throw new RuleFailure('FUNCTION_FAILED', 'A payload that is not JSON cannot be SET: encode or decode it first')
    }
    this.#bytes += bytesOf(value)
    if (this.#bytes <= SQL_LIMITS.variableBytes) return value
    throw new RuleFailure('TOO_LARGE', `The variables of SET have more than ${SQL_LIMITS.variableBytes} bytes`)
  }
}

/**
 * Exact where it matters: not of small values, ten of which have their place, nor of those that are too large by far.
 */
function bytesOf(value: Value): number {
  const least = measureValue(value, SQL_LIMITS.variableBytes)
  if (least > SQL_LIMITS.variableBytes) return least
  const most = least * MOST_BYTES_OF_ONE
  return most > SQL_LIMITS.variableBytes / SQL_LIMITS.variables ? utf8ByteLength(stringifyValue(value)) : most
}
