import { Decimal } from './decimal.ts'

/**
 * A value of the rules language. Source: AWS IoT developer guide, "Data types".
 *
 * | type      | here                                                                                          |
 * | --------- | --------------------------------------------------------------------------------------------- |
 * | Undefined | `undefined`; neither it nor Binary is ever within an object or an array                        |
 * | Int       | a `number` where it is a safe integer, else a `bigint` of at most 34 digits                     |
 * | Decimal   | a `number` that is not whole and means what it prints as (0.1 is a tenth), else a {@link Decimal} |
 * | Binary    | `Uint8Array`: a payload that is not JSON, the guide's "raw"                                    |
 *
 * Each number has one representation only ({@link Numbers} makes them), so that equal ones are found by `===` where
 * both are `number`. Values are immutable and shared. NaN and infinities are no values.
 */
export type Value = undefined | null | boolean | string | NumberValue | Uint8Array | ArrayValue | ObjectValue

/** An Int or a Decimal. */
export type NumberValue = number | bigint | Decimal
export type ArrayValue = readonly Value[]

/**
 * An Object: read by {@link getMember} and {@link membersOf}, made by {@link createObject}. It is one of JavaScript's
 * own, as `JSON.parse` makes it, or an {@link OrderedObject} where that would not keep the order of its keys.
 */
export type ObjectValue = { readonly [key: string]: Value } | OrderedObject

/** Keys that look like indexes of an array come first in JavaScript's objects, wherever they were written. */
export class OrderedObject {
  readonly members: ReadonlyMap<string, Value>

  constructor(members: ReadonlyMap<string, Value>) {
    this.members = members
  }

  /** See {@link Decimal.toJSON}. */
  toJSON(): never {
    throw new TypeError('An OrderedObject is written by stringifyValue')
  }
}

export type TypeName = 'Undefined' | 'Null' | 'Boolean' | 'String' | 'Int' | 'Decimal' | 'Array' | 'Object' | 'Binary'

export function typeOf(value: Value): TypeName {
  switch (typeof value) {
    case 'undefined':
      return 'Undefined'
    case 'boolean':
      return 'Boolean'
    case 'string':
      return 'String'
    case 'bigint':
      return 'Int'
    case 'number':
      return Number.isInteger(value) ? 'Int' : 'Decimal'
    default:
      if (value === null) return 'Null'
      if (Array.isArray(value)) return 'Array'
      if (value instanceof Decimal) return 'Decimal'
      return value instanceof Uint8Array ? 'Binary' : 'Object'
  }
}

export function isNumber(value: Value): value is NumberValue {
  return typeof value === 'number' || typeof value === 'bigint' || value instanceof Decimal
}

export function isInt(value: Value): value is number | bigint {
  return typeof value === 'bigint' || Number.isInteger(value)
}

export function isArray(value: Value): value is ArrayValue {
  return Array.isArray(value)
}

export function isBinary(value: Value): value is Uint8Array {
  return value instanceof Uint8Array
}

export function isObject(value: Value): value is ObjectValue {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Decimal) &&
    !(value instanceof Uint8Array)
  )
}

/** The member of an object; Undefined where it has none, and of what is no Object. */
export function getMember(value: Value, key: string): Value {
  if (!isObject(value)) return undefined
  if (value instanceof OrderedObject) return value.members.get(key)
  return Object.hasOwn(value, key) ? value[key] : undefined
}

/** In their order. */
export function membersOf(object: ObjectValue): Iterable<readonly [string, Value]> {
  return object instanceof OrderedObject ? object.members : Object.entries(object)
}

export function memberCount(object: ObjectValue): number {
  return object instanceof OrderedObject ? object.members.size : Object.keys(object).length
}

/** An index of an array as a key: JavaScript would move it before all other keys. */
const INDEX = /^(?:0|[1-9]\d{0,9})$/

/**
 * Of two members with one key the later counts, at the place of the first. Members that are Undefined are left out, and
 * so are bytes, which have no JSON.
 */
export function createObject(members: readonly (readonly [string, Value])[]): ObjectValue {
  const object: { [key: string]: Value } = {}
  let last = -1
  let named = false
  let ordered = true
  for (const [key, value] of members) {
    if (value === undefined || isBinary(value)) continue
    if (INDEX.test(key)) {
      const index = Number(key)
      if (named || index < last) ordered = false
      last = index
    } else {
      named = true
    }
    if (key === '__proto__') {
      Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true })
    } else {
      object[key] = value
    }
  }
  if (ordered) return object
  const map = new Map<string, Value>()
  for (const [key, value] of members) if (value !== undefined && !isBinary(value)) map.set(key, value)
  return new OrderedObject(map)
}

/** Without the items that are Undefined or bytes. */
export function createArray(items: readonly Value[]): ArrayValue {
  return items.some(isNoMember) ? items.filter((item) => !isNoMember(item)) : items
}

function isNoMember(value: Value): boolean {
  return value === undefined || isBinary(value)
}
