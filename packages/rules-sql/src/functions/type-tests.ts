import type { RuleFunction } from '../rule-function.ts'
import { isBinary, type Value } from '../value.ts'
import { define } from './define.ts'

/**
 * Functions that ask what a value is. Source: AWS IoT developer guide and, for `get_or_default`, its later editions.
 */
export const TYPE_TEST_FUNCTIONS: readonly RuleFunction[] = [
  define('isnull', 1, ([value]) => value === null),
  define('isundefined', 1, ([value]) => value === undefined, { since: '2016-03-23' }),
  define('get_or_default', [1, 2], ([value, instead]) => (hasValue(value) ? value : instead), {
    since: '2016-03-23',
    failureIsUndefined: [0],
    withoutServices: [1],
  }),
]

/** A payload that is not JSON is no value here: it has to be encoded before. Source: as above, "get_or_default". */
function hasValue(value: Value): boolean {
  return value !== undefined && value !== null && !isBinary(value)
}
