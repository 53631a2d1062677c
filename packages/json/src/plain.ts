import { MAX_DEPTH } from './parse.ts'
import { isJsonArray, JsonNumber, JsonObject, type JsonValue } from './value.ts'

/** What `JSON.parse` gives. */
export type PlainJson = null | boolean | number | string | PlainJson[] | { [key: string]: PlainJson }

/** As `JSON.parse` would have read it: numbers become doubles, and integer-like keys come first. */
export function toPlain(value: JsonValue): PlainJson {
  if (value instanceof JsonNumber) return value.toNumber()
  if (value instanceof JsonObject) {
    const plain: { [key: string]: PlainJson } = {}
    for (const [key, member] of value) {
      const plainMember = toPlain(member)
      if (key === '__proto__') Object.defineProperty(plain, key, { ...OWN, value: plainMember })
      else plain[key] = plainMember
    }
    return plain
  }
  return isJsonArray(value) ? value.map(toPlain) : value
}

const OWN = { enumerable: true, configurable: true, writable: true }

/**
 * An ordinary value as JSON. Takes null, booleans, strings, finite numbers, bigints, arrays and plain objects, and
 * any {@link JsonValue} within them; members that are undefined are left out, as `JSON.stringify` does.
 * @throws {TypeError} for anything else, where `JSON.stringify` would write null or an empty object
 */
export function fromPlain(value: unknown): JsonValue {
  return convert(value, 0)
}

function convert(value: unknown, depth: number): JsonValue {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'bigint') return JsonNumber.of(value)
  if (value instanceof JsonNumber || value instanceof JsonObject) return value
  if (depth >= MAX_DEPTH) throw new TypeError(`More than ${MAX_DEPTH} levels of nesting, or a cycle`)
  if (Array.isArray(value)) return value.map((item: unknown) => convert(item, depth + 1))
  if (typeof value === 'object' && isPlainObject(value)) {
    const members = new Map<string, JsonValue>()
    for (const [key, member] of Object.entries(value)) {
      if (member !== undefined) members.set(key, convert(member, depth + 1))
    }
    return new JsonObject(members)
  }
  throw new TypeError(`Not a JSON value: ${Object.prototype.toString.call(value)}`)
}

function isPlainObject(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}
