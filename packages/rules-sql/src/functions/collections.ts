import { utf8ByteLength } from '@thingdeck/json'
import { toIndex } from '../convert.ts'
import { Numbers } from '../numbers.ts'
import { RuleFailure } from '../rule-failure.ts'
import type { ArgumentFault, FunctionContext, KnownArguments, RuleFunction } from '../rule-function.ts'
import type { SqlVersion } from '../sql-version.ts'
import { stringifyValue } from '../stringify.ts'
import { createObject, getMember, isArray, isObject, membersOf, typeOf, type Value } from '../value.ts'
import { define } from './define.ts'

/**
 * Bytes of the JSON that `transform` makes at most.
 * Source: AWS IoT developer guide, "transform(String, Object, Array)".
 */
const MAX_TRANSFORM_BYTES = 128 * 1024

/** Functions of Arrays and Objects. Source: AWS IoT developer guide, "Functions". */
export const COLLECTION_FUNCTIONS: readonly RuleFunction[] = [
  define('get', 2, get, { findFault: findGetFault }),
  define('transform', 3, transform, { since: '2016-03-23', constantArgs: [0], findFault: findTransformFault }),
]

/** Only an index is converted: the key of an Object must be a String already. */
function get([collection, key]: readonly Value[], { numbers }: { readonly numbers: Numbers }): Value {
  if (isObject(collection)) return typeof key === 'string' ? getMember(collection, key) : undefined
  if (!isArray(collection) && typeof collection !== 'string') return undefined
  const index = toIndex(key, numbers)
  return index === undefined ? undefined : collection[index]
}

function findGetFault(known: KnownArguments, sqlVersion: SqlVersion): ArgumentFault | undefined {
  const [collection, key] = known
  const numbers = Numbers.of(sqlVersion)
  if (!collection || !key || get([collection.value, key.value], { numbers }) !== undefined) return undefined
  const { value } = collection
  const fault = (argument: number, message: string): ArgumentFault => ({ argument, message, severity: 'undefined' })
  if (isObject(value)) {
    if (typeof key.value !== 'string')
      return fault(1, `The key of an Object is a String, not of type ${typeOf(key.value)}`)
    return fault(1, `The Object has no member ${key.value}`)
  }
  if (!isArray(value) && typeof value !== 'string')
    return fault(0, `get() reads an Array, an Object or a String, nothing of type ${typeOf(value)}`)
  const index = toIndex(key.value, numbers)
  if (index === undefined)
    return fault(1, `The index of an Array or a String is a number, not of type ${typeOf(key.value)}`)
  return fault(1, `There is no index ${index}: the ${typeOf(value)} has ${value.length}, counted from 0`)
}

/**
 * `enrichArray`: each Object of the Array, with the members of the Object put after its own. Where both have a member
 * the Object's counts; the guide does not say.
 */
function transform([mode, object, array]: readonly Value[], context: FunctionContext): Value {
  if (mode !== 'enrichArray' || !isObject(object) || !isArray(array)) return undefined
  const added = Array.from(membersOf(object))
  context.spend(Math.ceil((array.length * (added.length + 1)) / 100))
  const enriched: Value[] = []
  let bytes = 2
  for (const item of array) {
    if (!isObject(item)) return undefined
    const members = createObject([...membersOf(item), ...added])
    bytes += utf8ByteLength(stringifyValue(members)) + (enriched.length > 0 ? 1 : 0)
    if (bytes > MAX_TRANSFORM_BYTES) {
      const message = `transform would make an array of more than ${MAX_TRANSFORM_BYTES} bytes`
      throw new RuleFailure('TOO_LARGE', message, { function: 'transform' })
    }
    enriched.push(members)
  }
  return enriched
}

function findTransformFault([mode]: KnownArguments): ArgumentFault | undefined {
  if (mode === undefined || mode.value === 'enrichArray') return undefined
  return { argument: 0, message: "The mode of transform is 'enrichArray', there is no other", severity: 'undefined' }
}
