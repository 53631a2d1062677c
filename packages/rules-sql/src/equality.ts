import { compareNumbers } from './numbers.ts'
import { charge, type Steps } from './steps.ts'
import { getMember, isArray, isBinary, isNumber, isObject, memberCount, membersOf, type Value } from './value.ts'

/**
 * `a = b`: by value and type, an Int with a Decimal by what they are worth, arrays in their order, objects whatever
 * their order. Values of different types differ. Undefined where a side is Undefined or bytes; two Nulls are equal,
 * which the guide does not say.
 */
export function valuesEqual(a: Value, b: Value, steps: Steps): boolean | undefined {
  if (a === undefined || b === undefined) return undefined
  if (typeof a !== 'object' && typeof b !== 'object' && typeof a === typeof b) return a === b
  if (isBinary(a) || isBinary(b)) return undefined
  return areEqual(a, b, steps)
}

function areEqual(a: Value, b: Value, steps: Steps): boolean {
  if (a === b) return true
  if (isNumber(a)) return isNumber(b) && compareNumbers(a, b) === 0
  if (isArray(a)) {
    if (!isArray(b) || a.length !== b.length) return false
    charge(steps, a.length)
    return a.every((item, index) => areEqual(item, b[index], steps))
  }
  if (!isObject(a) || !isObject(b)) return false
  const size = memberCount(a)
  charge(steps, size)
  if (size !== memberCount(b)) return false
  for (const [key, member] of membersOf(a)) {
    const other = getMember(b, key)
    if (other === undefined || !areEqual(member, other, steps)) return false
  }
  return true
}
