import { formatNumber } from './numbers.ts'
import { isArray, isBinary, isNumber, membersOf, type Value } from './value.ts'

/**
 * The compact JSON of a value, digits as they are. Undefined and Binary, which have no JSON, are the empty text, as AWS
 * writes Undefined.
 */
export function stringifyValue(value: Value): string {
  if (value === undefined || isBinary(value)) return ''
  if (isNumber(value)) return formatNumber(value)
  try {
    return JSON.stringify(value)
  } catch {
    // It holds numbers or keys that JSON.stringify would not write as they are.
    return stringifySlowly(value)
  }
}

function stringifySlowly(value: Value): string {
  if (isNumber(value)) return formatNumber(value)
  if (isArray(value)) return `[${value.map(stringifySlowly).join(',')}]`
  if (value === null || typeof value !== 'object' || isBinary(value)) return JSON.stringify(value)
  let members = ''
  for (const [key, member] of membersOf(value)) {
    members += `${members === '' ? '' : ','}${JSON.stringify(key)}:${stringifySlowly(member)}`
  }
  return `{${members}}`
}
