import { decimalForm, isJsonArray, JsonNumber, JsonObject, type JsonValue } from './value.ts'

/**
 * Whether two values mean the same: numbers by their mathematical value (1 = 1.0 = 1e0, exact for any digits),
 * objects whatever the order of their keys.
 */
export function jsonEquals(a: JsonValue, b: JsonValue): boolean {
  return equals(a, b, (x, y) => x === y || decimalForm(x) === decimalForm(y))
}

/** As {@link jsonEquals}, but numbers must also be spelled alike: 1 and 1.0 differ. */
export function jsonIdentical(a: JsonValue, b: JsonValue): boolean {
  return equals(a, b, (x, y) => x === y)
}

function equals(a: JsonValue, b: JsonValue, numberEquals: (a: string, b: string) => boolean): boolean {
  if (a === b) return true
  if (a instanceof JsonNumber) return b instanceof JsonNumber && numberEquals(a.text, b.text)
  if (a instanceof JsonObject) {
    if (!(b instanceof JsonObject) || a.size !== b.size) return false
    for (const [key, value] of a) {
      const other = b.get(key)
      if (other === undefined || !equals(value, other, numberEquals)) return false
    }
    return true
  }
  if (!isJsonArray(a) || !isJsonArray(b) || a.length !== b.length) return false
  return a.every((item, index) => equals(item, b[index] ?? null, numberEquals))
}
