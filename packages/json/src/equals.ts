import { decimalForm, isJsonArray, JsonNumber, JsonObject, type JsonValue } from './value.ts'

/**
 * Whether two values mean the same: numbers by their mathematical value (1 = 1.0 = 1e0, exact for any digits),
 * objects whatever the order of their keys.
 */
export function jsonEquals(a: JsonValue, b: JsonValue): boolean {
  if (a === b) return true
  if (a instanceof JsonNumber) return b instanceof JsonNumber && numberEquals(a, b)
  if (a instanceof JsonObject) return b instanceof JsonObject && objectEquals(a, b)
  if (!isJsonArray(a) || !isJsonArray(b) || a.length !== b.length) return false
  return a.every((item, index) => jsonEquals(item, b[index] ?? null))
}

function numberEquals(a: JsonNumber, b: JsonNumber): boolean {
  return a.text === b.text || decimalForm(a.text) === decimalForm(b.text)
}

function objectEquals(a: JsonObject, b: JsonObject): boolean {
  if (a.size !== b.size) return false
  for (const [key, value] of a) {
    const other = b.get(key)
    if (other === undefined || !jsonEquals(value, other)) return false
  }
  return true
}
